//! The pane as the frame around it sees it.

use std::time::Duration;

use super::fetching::{LOOK_EVERY, fetches_unasked};
use super::{ArticlesPane, Over, ReadingView, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Chord, Scope};
use crate::panes::{Availability, Pane, Rect};
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
        screens::in_front(self).scope
    }

    fn available(&self) -> Vec<(Action, Availability)> {
        screens::in_front(self).available(self)
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        screens::in_front(self).act(self, action, out);
    }

    fn takes_keys(&self) -> bool {
        let over = self.reading().map(ReadingView::over);
        matches!(over, Some(Some(Over::Hints(_))))
    }

    fn key(&mut self, chord: Chord, out: &mut Outbox<'_>) -> bool {
        screens::take_label(self, chord, out)
    }

    fn needs_account(&self) -> bool {
        false
    }

    fn step(&mut self, rows: isize) {
        let Some(reading) = self.reader.view_mut() else {
            return self.browsing.step(rows);
        };
        if let Some(choice) = reading.choice_mut() {
            choice.step(rows);
        } else if reading.find().has_words() {
            reading.next_hit(rows > 0);
        } else {
            self.browsing.step(rows);
        }
    }

    /// What is stored is loaded, and what is due is fetched behind it. In the demo nothing is fetched unasked.
    fn enter(&mut self, out: &mut Outbox<'_>) {
        self.browsing.enter(out);
        self.fetches.fetch_due(out);
    }

    fn pass(&mut self, out: &mut Outbox<'_>) {
        self.fetches.pass(out);
    }

    fn beat(&self, context: &AppContext, is_in_front: bool) -> Option<Duration> {
        let fetches = is_in_front && fetches_unasked(context);
        fetches.then(|| LOOK_EVERY.unsigned_abs())
    }

    /// The article is laid out again if the room for it changed.
    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>) {
        if let Some(reading) = self.reader.view_mut() {
            reading.settle((body.width, body.height), out.context.ascii, out);
        }
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.browsing.awaits(id)
            || self.reader.is_opening(id)
            || self.reader.is_laying_out(id)
            || self.reader.is_keeping(id)
            || self.fetches.awaits(id)
            || self.marks.awaits(id)
            || self.pending.has(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.browsing.awaits(id) {
            self.browsing.report(id, report, out);
        } else if self.reader.is_opening(id) {
            self.opening_report(report, out);
        } else if self.reader.is_laying_out(id) {
            if let Some(reading) = self.reader.view_mut() {
                reading.report(report, out);
            }
        } else if self.reader.is_keeping(id) {
            self.reader.kept(id, report, out);
        } else if self.fetches.awaits(id) {
            self.fetch_report(report, out);
        } else if self.marks.awaits(id) {
            self.mark_report(id, report, out);
        } else {
            self.pending_report(id, report, out);
        }
    }

    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => question.edited(self, text, out),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => question.submitted(self, text.trim(), out),
            None => Ok(()),
        }
    }

    fn prompt_closed(&mut self, out: &mut Outbox<'_>) {
        if let Some(question) = self.asked.take() {
            question.closed(self, out);
        }
    }
}
