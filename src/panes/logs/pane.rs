//! The pane as the frame around it sees it.

use std::time::Duration;

use super::LogsPane;
use crate::app::{AppContext, JobReport, Outbox, PromptPurpose};
use crate::keys::{Action, Scope};
use crate::panes::{Offer, Pane};
use crate::task::TaskId;

/// The ages of rows are shown in seconds.
const AGES: Duration = Duration::from_secs(1);

impl Pane for LogsPane {
    fn scopes(&self) -> Vec<Scope> {
        vec![self.scope()]
    }

    fn offers(&self) -> Vec<Offer> {
        self.offers()
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.act(action, out);
    }

    fn step(&mut self, rows: isize) {
        self.step(rows);
    }

    fn enter(&mut self, out: &mut Outbox<'_>) {
        self.enter(out);
    }

    fn beat(&self, _context: &AppContext, is_in_front: bool) -> Option<Duration> {
        (is_in_front && self.shows_ages()).then_some(AGES)
    }

    fn settle(&mut self, body: (u16, u16), out: &mut Outbox<'_>) {
        self.settle(out.now, body);
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.awaits_report(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.take_report(id, report, out);
    }

    fn prompt_edited(
        &mut self,
        purpose: &PromptPurpose,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match purpose {
            PromptPurpose::Logs(question) => self.text_edited(question, text, out),
            _ => Ok(()),
        }
    }

    fn prompt_submitted(
        &mut self,
        purpose: &PromptPurpose,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match purpose {
            PromptPurpose::Logs(question) => self.text_submitted(question, text, out),
            _ => Ok(()),
        }
    }

    fn prompt_closed(&mut self, purpose: &PromptPurpose, out: &mut Outbox<'_>) {
        if let PromptPurpose::Logs(question) = purpose {
            self.text_closed(question, out);
        }
    }
}
