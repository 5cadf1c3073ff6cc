//! The pane as the frame around it sees it.

use std::time::Duration;

use crate::panes::Rect;

use super::{LogsPane, LogsScreen, Picker, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Scope};
use crate::panes::{Availability, Pane, Pending};
use crate::task::TaskId;

/// The ages of rows are shown in seconds.
const AGES: Duration = Duration::from_secs(1);

impl Pane for LogsPane {
    fn new(_context: &AppContext) -> Self {
        Self {
            screen: LogsScreen::Groups,
            picker: Picker::default(),
            tail: None,
            asked: None,
            pending: Pending::default(),
        }
    }

    fn actions() -> Vec<Action> {
        screens::ALL
            .iter()
            .flat_map(|screen| screen.actions())
            .collect()
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

    fn step(&mut self, rows: isize) {
        self.picker.step(rows);
    }

    fn enter(&mut self, out: &mut Outbox<'_>) {
        self.enter(out);
    }

    fn beat(&self, _context: &AppContext, is_in_front: bool) -> Option<Duration> {
        (is_in_front && self.shows_ages()).then_some(AGES)
    }

    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>) {
        self.settle(out.now, body);
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.awaits_report(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.take_report(id, report, out);
    }

    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked {
            Some(question) => self.text_edited(&question, text, out),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked {
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
