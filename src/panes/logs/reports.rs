//! What the pane does with the reports of its jobs.

use super::{LogVisit, LogsPane, LogsScreen};
use crate::effect::{JobReport, Outbox, Severity};
use crate::task::TaskId;

impl LogsPane {
    /// Takes a report about queries; the event that was looked for is shown in its stream.
    pub(super) fn query_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let is_seen = matches!(self.screen, LogsScreen::Query);
        let place = self.query.report(id, report, is_seen, out);
        if let Some(place) = place.filter(|_| is_seen) {
            self.visit_stream(&place, out);
        }
    }

    /// Takes a report about the versions of tuning runs: the rows of all tails are marked by them.
    pub(super) fn run_versions_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        self.known_runs.report(report, out);
        let meanwhile = self.visit.as_mut().and_then(LogVisit::followed_mut);
        for tail in self.tail.as_deref_mut().into_iter().chain(meanwhile) {
            tail.mark_runs(&self.known_runs.versions, out.home.as_ref());
        }
    }

    /// Takes a report about rows that are written to a file.
    pub(super) fn export_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Exported(path) => out.notice(Severity::Success, format!("Wrote {path}.")),
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            JobReport::Done | JobReport::Cancelled => {}
            _ => return,
        }
        self.exports.end(id);
    }
}
