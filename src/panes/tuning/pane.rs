//! The pane as the frame around it sees it.

use std::time::Duration;

use super::TuningPane;
use crate::app::{AppContext, JobReport, Outbox, PromptPurpose};
use crate::keys::{Action, Scope};
use crate::panes::{Offer, Pane};
use crate::task::TaskId;

/// The elapsed time of a live run is shown in seconds.
const ELAPSED: Duration = Duration::from_secs(1);

impl Pane for TuningPane {
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

    fn beat(&self, _context: &AppContext, _is_in_front: bool) -> Option<Duration> {
        self.live().map(|_| ELAPSED)
    }

    fn settle(&mut self, _body: (u16, u16), _out: &mut Outbox<'_>) {
        self.settle();
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
        _out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match purpose {
            PromptPurpose::Tuning(question) => self.text_edited(question, text),
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
            PromptPurpose::Tuning(question) => self.text_submitted(question, text, out),
            _ => Ok(()),
        }
    }

    fn prompt_closed(&mut self, purpose: &PromptPurpose, _out: &mut Outbox<'_>) {
        if let PromptPurpose::Tuning(question) = purpose {
            self.text_closed(question);
        }
    }
}
