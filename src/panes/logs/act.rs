//! What each action does on each screen of the pane.

mod event;
mod filters;
mod statistics;
mod tail;

use super::{LogsPane, LogsPrompt, LogsScreen};
use crate::app::{Outbox, Prompt, PromptPurpose};
use crate::keys::Action;
use crate::panes::moving::rows;

impl LogsPane {
    /// Does what the user asked for.
    pub fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        match self.screen {
            LogsScreen::Groups => self.act_on_groups(action, out),
            LogsScreen::Tail => self.act_on_tail(action, out),
            LogsScreen::Event(_) => self.act_on_event(action, out),
            LogsScreen::Filters => self.act_on_filters(action, out),
            LogsScreen::Statistics(_) => self.act_on_statistics(action, out),
        }
    }

    /// Moves the selection of the list beside an open prompt.
    pub fn step(&mut self, rows: isize) {
        self.picker.step(rows);
    }

    fn act_on_groups(&mut self, action: Action, out: &mut Outbox<'_>) {
        if let Some(rows) = rows(action, out.page) {
            return self.picker.step(rows);
        }
        match action {
            Action::Open => self.follow(self.picker.wanted(), out),
            Action::ChooseGroup => self.picker.choose(),
            Action::ChooseShown => self.picker.choose_shown(),
            Action::SaveSet => self.ask_set(out),
            Action::DeleteSet => self.delete_set(out),
            Action::Refresh => self.picker.reload(out),
            Action::Filter => {
                self.picker.narrow("");
                out.prompt(Prompt::line(
                    PromptPurpose::Logs(LogsPrompt::FilterGroups),
                    "Filter",
                    "letters in order, or a wildcard such as /ecs/*/beat; enter keeps, esc clears",
                    "",
                ));
            }
            Action::Back => self.leave_groups(),
            _ => {}
        }
    }

    /// Undoes the last thing that narrows the list or chooses from it, then goes back to the tail.
    fn leave_groups(&mut self) {
        if !self.picker.filter.is_empty() {
            self.picker.narrow("");
        } else if let Some(tail) = &self.tail {
            self.picker.mark_followed(&tail.wanted.groups);
            self.screen = LogsScreen::Tail;
        } else {
            self.picker.unchoose();
        }
    }
}
