//! The pane as the frame around it sees it.

use std::time::Duration;

use crate::panes::Rect;

use super::{ArticlesPane, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Chord, Scope};
use crate::panes::{Availability, Pane};
use crate::task::TaskId;

impl Pane for ArticlesPane {
    fn new(_context: &AppContext) -> Self {
        Self::default()
    }

    fn actions() -> Vec<Action> {
        let screens = screens::ALL.iter();
        screens.flat_map(|screen| screen.actions()).collect()
    }

    fn scope(&self) -> &'static Scope {
        self.table().scope
    }

    fn available(&self) -> Vec<(Action, Availability)> {
        self.table().available(self)
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.table().act(self, action, out);
    }

    fn key(&mut self, chord: Chord, out: &mut Outbox<'_>) -> bool {
        let is_taken = self.takes_letters();
        if is_taken {
            self.letter(chord, out);
        }
        is_taken
    }

    fn step(&mut self, rows: isize) {
        self.step_beside_prompt(rows);
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

    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>) {
        self.settle(body, out.context.ascii, out);
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.awaits_report(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.take_report(id, report, out);
    }

    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => self.text_edited(&question, text, out),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => self.text_submitted(&question, text, out),
            None => Ok(()),
        }
    }

    fn prompt_closed(&mut self, out: &mut Outbox<'_>) {
        if let Some(question) = self.asked.take() {
            self.text_closed(&question, out);
        }
    }
}
