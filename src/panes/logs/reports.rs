//! What the pane does with the reports of its jobs.

use super::errand::LogsPendingJob;
use super::tail::{Phase, Tail};
use super::{LogsPane, LogsScreen};
use crate::app::{JobReport, Outbox, Severity, TaskId};

impl LogsPane {
    /// Whether the pane waits for reports of this job.
    #[must_use]
    pub fn awaits(&self, id: TaskId) -> bool {
        self.picker.load.task() == Some(id)
            || self.errands.has(id)
            || matches!(&self.screen, LogsScreen::Statistics(sheet) if sheet.awaits(id))
            || self
                .tail()
                .is_some_and(|tail| follows(tail, id) || tail.scans(id))
    }

    /// Takes the report of a job.
    pub fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        if let LogsScreen::Statistics(sheet) = &mut self.screen
            && sheet.awaits(id)
        {
            return sheet.report(id, report, out);
        }
        match &mut self.tail {
            Some(tail) if follows(tail, id) => return tail.told(report, out),
            Some(tail) if tail.scans(id) => {
                return match report {
                    JobReport::Found(found) => tail.found(id, &found, out),
                    JobReport::Failed(why) => {
                        tail.scan_ended(id);
                        out.notice(Severity::Error, why);
                    }
                    _ => tail.scan_ended(id),
                };
            }
            _ => {}
        }
        if !self.picker.report(id, &report, out) {
            self.errand_report(id, report, out);
        }
    }

    fn errand_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Sets(sets) => self.picker.load_sets(sets),
            JobReport::Exported(path) => {
                self.errands.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            JobReport::Done | JobReport::Cancelled => {
                if let Some(LogsPendingJob::SaveSet(name, _)) = self.errands.end(id) {
                    out.notice(Severity::Success, format!("Saved the set {name}."));
                }
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                if let Some(errand) = self.errands.end(id) {
                    self.take_back(errand);
                }
            }
            _ => {}
        }
    }
}

fn follows(tail: &Tail, id: TaskId) -> bool {
    tail.phase == Phase::Following(id)
}
