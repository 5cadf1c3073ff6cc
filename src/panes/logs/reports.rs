//! What the pane does with the reports of its jobs.

use super::pending::LogsPendingJob;
use super::{LogsPane, LogsScreen};
use crate::effect::{JobReport, Outbox, Severity};
use crate::task::TaskId;

impl LogsPane {
    /// Whether the pane waits for reports of this job.
    #[must_use]
    pub(super) fn awaits_report(&self, id: TaskId) -> bool {
        self.picker.load.task() == Some(id)
            || self.pending.has(id)
            || matches!(&self.screen, LogsScreen::Statistics(statistics) if statistics.awaits(id))
            || self
                .tail()
                .is_some_and(|tail| tail.job().is_task(id) || tail.awaits_scan(id))
    }

    /// Takes the report of a job.
    pub(super) fn take_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if let LogsScreen::Statistics(statistics) = &mut self.screen
            && statistics.awaits(id)
        {
            return statistics.report(id, report, out);
        }
        match &mut self.tail {
            Some(tail) if tail.job().is_task(id) => return tail.take_report(report, out),
            Some(tail) if tail.awaits_scan(id) => return tail.take_scan_report(id, report, out),
            _ => {}
        }
        if !self.picker.report(id, &report, out) {
            self.pending_report(id, report, out);
        }
    }

    fn pending_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Sets(sets) => self.picker.load_sets(sets),
            JobReport::Exported(path) => {
                self.pending.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            JobReport::Done | JobReport::Cancelled => {
                if let Some(LogsPendingJob::SaveSet(name, _)) = self.pending.end(id) {
                    out.notice(Severity::Success, format!("Saved the set {name}."));
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(pending_job) = self.pending.end(id) {
                    self.take_back(pending_job);
                }
            }
            _ => {}
        }
    }
}
