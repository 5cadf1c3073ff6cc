//! The pane as the frame around it sees it.

use std::time::Duration;

use super::{StacksPane, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Scope};
use crate::panes::{Availability, Pane, Rect};
use crate::task::TaskId;

/// Ages are told in hours and days.
const AGE: Duration = Duration::from_mins(10);

impl Pane for StacksPane {
    fn new(_context: &AppContext) -> Self {
        Self::default()
    }

    fn actions() -> Vec<Action> {
        let screens = screens::ALL.iter();
        screens.flat_map(|screen| screen.actions()).collect()
    }

    fn scope(&self) -> &'static Scope {
        self.screen.table().scope
    }

    fn available(&self) -> Vec<(Action, Availability)> {
        self.screen.table().available(self)
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.screen.table().act(self, action, out);
    }

    fn needs_account(&self) -> bool {
        false
    }

    fn step(&mut self, rows: isize) {
        self.step_by(rows);
    }

    fn enter(&mut self, out: &mut Outbox<'_>) {
        self.known.load_once(out);
    }

    fn beat(&self, _context: &AppContext, is_in_front: bool) -> Option<Duration> {
        let has_ages = self.known.rows().any(|row| row.stack.is_some());
        (is_in_front && has_ages).then_some(AGE)
    }

    fn settle(&mut self, _body: Rect, out: &mut Outbox<'_>) {
        self.around.keep_fresh(out);
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.known.awaits(id) || self.reads.has(id) || self.around.awaits(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.around.awaits(id) {
            return self.around.report(report, out);
        }
        if self.reads.has(id) {
            return self.read_report(id, report, out);
        }
        self.known.report(report, out);
        self.renew();
    }

    fn prompt_edited(&mut self, _text: &str, _out: &mut Outbox<'_>) -> Result<(), String> {
        Ok(())
    }

    fn prompt_submitted(&mut self, _text: &str, _out: &mut Outbox<'_>) -> Result<(), String> {
        Ok(())
    }

    fn prompt_closed(&mut self, _out: &mut Outbox<'_>) {}
}
