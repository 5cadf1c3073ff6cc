//! The pane as the frame around it sees it.

use std::time::Duration;

use crate::panes::Rect;

use super::{Functions, Library, TuningPane, TuningScreen, ViewOptions, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Scope};
use crate::panes::{Availability, Pane, Pending};
use crate::task::TaskId;

/// The elapsed time of a live run is shown in seconds.
const ELAPSED: Duration = Duration::from_secs(1);

impl Pane for TuningPane {
    fn new(context: &AppContext) -> Self {
        Self {
            screen: TuningScreen::Runs,
            library: Library::default(),
            functions: Functions::default(),
            look: ViewOptions::new(&context.tuning),
            shown: None,
            draft: None,
            live: None,
            asked: None,
            pending: Pending::default(),
            stale: true,
        }
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
        self.mark_stale();
        self.screen.table().act(self, action, out);
    }

    fn step(&mut self, rows: isize) {
        self.step_selection(rows);
    }

    fn beat(&self, _context: &AppContext, _is_in_front: bool) -> Option<Duration> {
        self.live().map(|_| ELAPSED)
    }

    fn settle(&mut self, _body: Rect, _out: &mut Outbox<'_>) {
        self.settle();
    }

    fn awaits(&self, id: TaskId) -> bool {
        self.awaits_report(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        self.take_report(id, report, out);
    }

    fn prompt_edited(&mut self, text: &str, _out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => self.text_edited(&question, text),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => self.text_submitted(&question, text, out),
            None => Ok(()),
        }
    }

    fn prompt_closed(&mut self, _out: &mut Outbox<'_>) {
        if let Some(question) = self.asked.take() {
            self.text_closed(&question);
        }
    }
}
