//! The pane as the frame around it sees it.

use std::time::Duration;

use super::{LogsPane, LogsScreen, Picker, SavedLists, TimeMode, screens};
use crate::effect::{AppContext, JobReport, Outbox};
use crate::keys::{Action, Scope};
use crate::panes::{Availability, Pane, Pending, Rect, StatisticsAreas};
use crate::task::TaskId;

/// The ages of rows are shown in seconds.
const AGES: Duration = Duration::from_secs(1);

impl Pane for LogsPane {
    fn new(_context: &AppContext) -> Self {
        Self {
            screen: LogsScreen::Groups,
            picker: Picker::default(),
            tail: None,
            saved: SavedLists::default(),
            asked: None,
            exports: Pending::default(),
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
        if matches!(self.screen, LogsScreen::Groups) {
            self.picker.load_once(out);
        }
    }

    fn beat(&self, _context: &AppContext, is_in_front: bool) -> Option<Duration> {
        let rows = matches!(self.screen, LogsScreen::Tail);
        let tail = self.tail().filter(|_| is_in_front && rows);
        tail.filter(|tail| tail.look.time == TimeMode::Age)
            .map(|_| AGES)
    }

    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>) {
        self.picker.settle();
        if let Some(tail) = &mut self.tail {
            tail.settle(out.now, body, &self.saved);
        }
        match &mut self.screen {
            LogsScreen::Event(opened) => opened.settle(body.width),
            LogsScreen::Statistics(statistics) => {
                let figures = StatisticsAreas::of(body).figures;
                statistics.settle(figures.width.into(), figures.height.into());
            }
            _ => {}
        }
    }

    fn awaits(&self, id: TaskId) -> bool {
        matches!(&self.screen, LogsScreen::Statistics(statistics) if statistics.awaits(id))
            || self.picker.awaits(id)
            || self.exports.has(id)
            || self.saved.awaits(id)
            || self
                .tail()
                .is_some_and(|tail| tail.job().is_task(id) || tail.awaits_scan(id))
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match (&mut self.screen, &mut self.tail) {
            (LogsScreen::Statistics(statistics), _) if statistics.awaits(id) => {
                statistics.report(id, report, out);
            }
            (_, Some(tail)) if tail.job().is_task(id) => tail.take_report(report, out),
            (_, Some(tail)) if tail.awaits_scan(id) => tail.take_scan_report(id, report, out),
            _ if self.saved.awaits(id) => self.saved.report(id, report, out),
            _ if self.picker.awaits(id) => self.picker.report(id, report, out),
            _ => self.export_report(id, report, out),
        }
    }

    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked {
            Some(question) => question.edited(self, text, out),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked {
            Some(question) => question.submitted(self, text, out),
            None => Ok(()),
        }
    }

    fn prompt_closed(&mut self, out: &mut Outbox<'_>) {
        if let Some(question) = self.asked.take() {
            question.closed(self, out);
        }
    }
}
