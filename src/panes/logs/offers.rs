//! Which actions make sense now: the footer shows them with their keys.

use super::{Logs, Screen};
use crate::keys::Action;
use crate::panes::tuning::Offer;

impl Logs {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match self.screen {
            Screen::Groups => vec![
                (Action::Open, "follow"),
                (Action::ChooseGroup, "choose"),
                (Action::Filter, "filter"),
                (Action::ChooseShown, "all shown"),
                (Action::SaveSet, "save set"),
                (Action::Refresh, "list again"),
                (Action::Back, "back"),
            ],
        }
    }
}
