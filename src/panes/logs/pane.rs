//! The pane as the frame around it sees it.

use std::time::Duration;

use super::known_runs::KnownRuns;
use super::{LogQuery, LogsPane, LogsScreen, Picker, SavedLists, TimeMode, screens};
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
            known_runs: KnownRuns::default(),
            exports: Pending::default(),
            query: LogQuery::default(),
            visit: None,
            left_patterns: None,
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
        match (&self.screen, self.query.answer_mut()) {
            (LogsScreen::Query, Some(page)) => page.step(rows),
            _ => self.picker.step(rows),
        }
    }

    fn enter(&mut self, out: &mut Outbox<'_>) {
        if self.tail.is_some() {
            self.known_runs.load(out);
        }
        if matches!(self.screen, LogsScreen::Groups) {
            self.picker.open_list(out);
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
            LogsScreen::Query => {
                if let Some(page) = self.query.answer_mut() {
                    page.settle(body.width.into());
                }
            }
            LogsScreen::Statistics(statistics) => {
                let has_claim = statistics.split.claim().is_some();
                let figures = StatisticsAreas::of(body, has_claim).figures;
                statistics.settle(figures.width.into(), figures.height.into());
            }
            _ => {}
        }
    }

    fn awaits(&self, id: TaskId) -> bool {
        matches!(&self.screen, LogsScreen::Statistics(statistics) if statistics.awaits(id))
            || matches!(&self.screen, LogsScreen::Patterns(list) if list.awaits(id))
            || self.picker.awaits(id)
            || self.exports.has(id)
            || self.known_runs.awaits(id)
            || self.saved.awaits(id)
            || self.query.awaits(id)
            || self.tails().any(|tail| tail.awaits(id))
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if self.is_followed_meanwhile(id) {
            return self.take_meanwhile(id, report, out);
        }
        match (&mut self.screen, &mut self.tail) {
            (LogsScreen::Statistics(statistics), _) if statistics.awaits(id) => {
                statistics.report(id, report, out);
            }
            (LogsScreen::Patterns(list), _) if list.awaits(id) => list.report(report),
            (_, Some(tail)) if tail.job().is_task(id) => self.take_tail_report(report, out),
            (_, Some(tail)) if tail.awaits(id) => tail.take_scan_report(id, report, out),
            _ if self.known_runs.awaits(id) => self.run_versions_report(report, out),
            _ if self.query.awaits(id) => self.query_report(id, report, out),
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
