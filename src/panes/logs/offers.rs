//! Which actions make sense now: the footer shows them with their keys.

use super::tail::Phase;
use super::{Logs, PickerRow, Screen, Tail};
use crate::keys::Action;
use crate::panes::tuning::Offer;

impl Logs {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match &self.screen {
            Screen::Groups => self.picker_offers(),
            Screen::Tail => self.tail().map(tail_offers).unwrap_or_default(),
            Screen::Event(_) => vec![
                (Action::FoldValue, "fold"),
                (Action::CopyValue, "copy value"),
                (Action::CopyPath, "copy path"),
                (Action::ValueIn, "only this"),
                (Action::ValueOut, "not this"),
                (Action::WrapEvent, "wrap"),
                (Action::NextEvent, "next"),
                (Action::Back, "back"),
            ],
            Screen::Statistics(_) => vec![
                (Action::StatisticsSpan, "span"),
                (Action::Right, "more groups"),
                (Action::Refresh, "count again"),
                (Action::Back, "back"),
            ],
            Screen::Filters => vec![
                (Action::SwitchFilter, "on/off"),
                (Action::TurnFilter, "show/hide"),
                (Action::Open, "edit"),
                (Action::RemoveFilter, "remove"),
                (Action::Back, "back"),
            ],
        }
    }
}

impl Logs {
    /// Opening follows the chosen groups wherever the cursor is.
    fn picker_offers(&self) -> Vec<Offer> {
        let follow = if self.picker.chosen().is_empty() {
            "follow"
        } else {
            "follow chosen"
        };
        let mut offers = vec![
            (Action::Open, follow),
            (Action::ChooseGroup, "choose"),
            (Action::Filter, "filter"),
            (Action::ChooseShown, "all shown"),
            (Action::SaveSet, "save set"),
        ];
        if matches!(self.picker.selected(), Some(PickerRow::Set(_))) {
            offers.push((Action::DeleteSet, "delete set"));
        }
        offers.extend([(Action::Refresh, "list again"), (Action::Back, "back")]);
        offers
    }
}

fn tail_offers(tail: &Tail) -> Vec<Offer> {
    let mut offers = Vec::new();
    if !matches!(tail.phase, Phase::Following(_)) {
        offers.push((Action::Refresh, "follow again"));
    }
    if tail.is_selecting() {
        offers.push((Action::CopyRows, "copy"));
    }
    if tail.matches().is_some() {
        offers.push((Action::NextMatch, "next"));
        offers.push((Action::PreviousMatch, "previous"));
    }
    let pause = if tail.is_following() {
        "pause"
    } else {
        "follow"
    };
    offers.push((Action::FollowPause, pause));
    offers.push((Action::Open, "open"));
    offers.push((Action::Filter, "search"));
    offers.push((Action::FilterIn, "filter"));
    if !tail.filters().0.is_empty() {
        offers.push((Action::FilterList, "filters"));
    }
    offers.push((Action::NextError, "error"));
    offers.push((Action::StreamContext, "context"));
    offers.push((Action::ShowGroups, "groups"));
    offers.push((Action::ShowStatistics, "statistics"));
    offers.push((Action::TimeMode, "time"));
    offers.push((Action::WrapLines, "wrap"));
    offers.push((Action::FoldInvocations, "fold"));
    offers.push((Action::CopyRows, "copy"));
    offers.push((Action::ExportRows, "export"));
    offers
}
