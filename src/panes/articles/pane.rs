//! The pane as the frame around it sees it.

use std::time::Duration;

use super::ArticlesPane;
use crate::app::{AppContext, JobReport, Outbox, PromptPurpose};
use crate::keys::{Action, Chord, Scope};
use crate::panes::{Offer, Pane};
use crate::task::TaskId;

impl Pane for ArticlesPane {
    fn scopes(&self) -> Vec<Scope> {
        self.scopes()
    }

    fn offers(&self) -> Vec<Offer> {
        self.offers()
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.act(action, out);
    }

    fn key(&mut self, chord: Chord, out: &mut Outbox<'_>) -> bool {
        let is_taken = self.takes_letters();
        if is_taken {
            self.letter(chord, out);
        }
        is_taken
    }

    fn step(&mut self, rows: isize) {
        self.step(rows);
    }

    fn enter(&mut self, out: &mut Outbox<'_>) {
        self.enter(out);
    }

    fn pass(&mut self, out: &mut Outbox<'_>) {
        self.pass(out);
    }

    fn beat(&self, context: &AppContext, is_in_front: bool) -> Option<Duration> {
        let fetches = is_in_front && super::fetches_unasked(context);
        fetches.then(|| super::LOOK_EVERY.unsigned_abs())
    }

    fn settle(&mut self, body: (u16, u16), out: &mut Outbox<'_>) {
        self.settle(body, out.context.ascii, out);
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
            PromptPurpose::Articles(question) => self.text_edited(question, text, out),
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
            PromptPurpose::Articles(question) => self.text_submitted(question, text, out),
            _ => Ok(()),
        }
    }

    fn prompt_closed(&mut self, purpose: &PromptPurpose, out: &mut Outbox<'_>) {
        if let PromptPurpose::Articles(question) = purpose {
            self.text_closed(question, out);
        }
    }
}
