//! What each action does in the list of filters.

use crate::app::{Outbox, Prompt, PromptPurpose};
use crate::keys::Action;
use crate::panes::logs::tail::filter_words;
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen};
use crate::panes::moving::rows;

impl LogsPane {
    pub(super) fn act_on_filters(&mut self, action: Action, out: &mut Outbox<'_>) {
        let Some(tail) = &mut self.tail else { return };
        if let Some(rows) = rows(action, out.page) {
            return tail.step_filters(rows);
        }
        match action {
            Action::SwitchFilter => tail.change_filter(|filter| filter.is_on = !filter.is_on, out),
            Action::TurnFilter => {
                tail.change_filter(|filter| filter.leaves_out = !filter.leaves_out, out);
            }
            Action::RemoveFilter => tail.remove_filter(out),
            Action::Open => {
                let place = tail.filter_cursor();
                if let Some(filter) = tail.filters().0.get(place) {
                    let question = LogsPrompt::Filter {
                        place: Some(place),
                        hides: filter.leaves_out,
                    };
                    let text = filter_words(&filter.condition);
                    let hint = "a regular expression, or level>=warn, stream=NAME, $.field=value";
                    out.prompt(Prompt::line(
                        PromptPurpose::Logs(question),
                        "Filter",
                        hint,
                        &text,
                    ));
                }
            }
            Action::Back => self.screen = LogsScreen::Tail,
            _ => {}
        }
    }
}
