//! Which actions make sense now: the footer shows them with their keys.

use super::tail::Phase;
use super::{LogsPane, LogsScreen, PickerRow, StatisticsTable, Tail};
use crate::keys::Action;
use crate::panes::Offer;

impl LogsPane {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match &self.screen {
            LogsScreen::Groups => self.picker_offers(),
            LogsScreen::Tail => self.tail().map(tail_offers).unwrap_or_default(),
            LogsScreen::Event(_) => vec![
                (Action::FoldValue, "fold"),
                (Action::CopyValue, "copy value"),
                (Action::CopyPath, "copy path"),
                (Action::ValueIn, "only this"),
                (Action::ValueOut, "not this"),
                (Action::WrapEvent, "wrap"),
                (Action::NextEvent, "next"),
                (Action::Back, "back"),
            ],
            LogsScreen::Statistics(statistics) => sheet_offers(statistics),
            LogsScreen::Filters => vec![
                (Action::SwitchFilter, "on/off"),
                (Action::TurnFilter, "show/hide"),
                (Action::Open, "edit"),
                (Action::RemoveFilter, "remove"),
                (Action::Back, "back"),
            ],
        }
    }
}

impl LogsPane {
    /// Opening follows what was chosen wherever the cursor is, else what is under it.
    fn picker_offers(&self) -> Vec<Offer> {
        let follow = if self.picker.has_choice() {
            "follow chosen"
        } else {
            "follow"
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

/// The other groups are offered when there are some out of sight.
fn sheet_offers(statistics: &StatisticsTable) -> Vec<Offer> {
    let mut offers = vec![(Action::StatisticsSpan, "span")];
    if statistics.has_more() {
        offers.push((Action::Right, "more groups"));
    } else if statistics.first > 0 {
        offers.push((Action::Left, "groups before"));
    }
    offers.extend([(Action::Refresh, "count again"), (Action::Back, "back")]);
    offers
}

/// What is done with the selected rows, or with the row under the cursor and with all.
const LEAVING: [Offer; 2] = [(Action::CopyRows, "copy"), (Action::ExportRows, "export")];

fn tail_offers(tail: &Tail) -> Vec<Offer> {
    let mut offers = Vec::new();
    if !matches!(tail.phase, Phase::Following(_)) {
        offers.push((Action::Refresh, "follow again"));
    }
    if tail.is_selecting() {
        offers.extend(LEAVING);
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
    if !tail.is_selecting() {
        offers.extend(LEAVING);
    }
    offers
}
