//! The screens of the pane: what their actions do.

mod commands;
mod list;
mod outputs;
mod resources;

use super::{StacksPane, StacksScreen};
use crate::effect::Outbox;
use crate::panes::Screen;
use crate::panes::screen::{Availability, Move};
pub use commands::COPY_COMMAND;
pub use list::{COMMANDS, MARK, OUTPUTS, READ};

/// Every screen, in the order of the help.
pub(super) const ALL: [&Screen<StacksPane>; 4] = [
    &list::SCREEN,
    &resources::SCREEN,
    &outputs::SCREEN,
    &commands::SCREEN,
];

impl StacksScreen {
    /// What the actions do on this screen.
    pub(super) const fn table(self) -> &'static Screen<StacksPane> {
        match self {
            Self::List => &list::SCREEN,
            Self::Resources => &resources::SCREEN,
            Self::Outputs => &outputs::SCREEN,
            Self::Commands => &commands::SCREEN,
        }
    }
}

fn step(pane: &mut StacksPane, step: Move, out: &mut Outbox<'_>) {
    pane.step_by(step.rows(out.page));
}

/// Offered as long as a command may be run here; else it says why not.
fn when_read(pane: &StacksPane, rank: u8) -> Availability {
    Availability::offered_when(pane.read().is_some(), rank, "run")
}

fn back(pane: &mut StacksPane, _out: &mut Outbox<'_>) {
    pane.show(StacksScreen::List);
}
