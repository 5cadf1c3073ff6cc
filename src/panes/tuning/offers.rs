//! Which actions make sense now: the footer shows them with their keys.

use super::{RunSection, TuningPane, TuningScreen};
use crate::keys::Action;
use crate::panes::Offer;

impl TuningPane {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match &self.screen {
            TuningScreen::Runs => self.runs_offers(),
            TuningScreen::Functions => vec![
                (Action::Open, "plan"),
                (Action::Filter, "filter"),
                (Action::FunctionLogs, "logs"),
                (Action::Refresh, "list again"),
                (Action::Back, "back"),
            ],
            TuningScreen::Plan(_) => vec![
                (Action::Start, "start"),
                (Action::Open, "edit"),
                (Action::Right, "change"),
                (Action::Back, "back"),
            ],
        }
    }

    fn runs_offers(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.live().is_some_and(|live| !live.cancelling) {
            offers.push((Action::CancelRun, "cancel run"));
        }
        if self.cut_off().is_some() {
            offers.push((Action::Recover, "restore"));
        }
        offers.push((Action::NewRun, "new run"));
        offers.extend(self.chart_offers());
        if self
            .selected()
            .is_some_and(|entry| entry.group == RunSection::Saved)
        {
            offers.push((Action::RenameRun, "rename"));
            offers.push((Action::DeleteRun, "delete"));
        }
        offers.extend([
            (Action::RunLogs, "logs"),
            (Action::CopyLink, "copy link"),
            (Action::ExportRun, "export"),
            (Action::ImportRun, "import"),
        ]);
        offers
    }

    /// What changes how the selected run is shown.
    fn chart_offers(&self) -> Vec<Offer> {
        let word = |on, [off_word, on_word]: [&'static str; 2]| if on { on_word } else { off_word };
        let open = word(self.look.expanded, ["details", "list"]);
        let selected = self.selected().map(|entry| &entry.run.id);
        let compare = match &self.look.compared {
            None => "compare",
            marked if marked.as_ref() == selected => "unmark",
            Some(_) => "mark this one",
        };
        let mut offers = vec![(Action::Open, open), (Action::Compare, compare)];
        if self.library.can_undelete() {
            offers.push((Action::Undo, "undo"));
        }
        offers.extend([
            (Action::ChartForm, word(self.look.table, ["table", "chart"])),
            (Action::BillingStep, "billing"),
            (Action::Baseline, "baseline"),
        ]);
        offers
    }
}
