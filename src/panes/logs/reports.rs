//! What the pane does with the reports of its jobs.

use super::Logs;
use super::errand::Errand;
use super::tail::{Phase, Tail};
use crate::app::{Outbox, Report, Severity, TaskId};

impl Logs {
    /// Whether the pane waits for reports of this job.
    #[must_use]
    pub fn awaits(&self, id: TaskId) -> bool {
        self.picker.load.task() == Some(id)
            || self.errands.has(id)
            || self
                .tail()
                .is_some_and(|tail| follows(tail, id) || tail.scans(id))
    }

    /// Takes the report of a job.
    pub fn report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) {
        match &mut self.tail {
            Some(tail) if follows(tail, id) => return tail.told(report, out),
            Some(tail) if tail.scans(id) => {
                return match report {
                    Report::Found(found) => tail.found(id, &found, out),
                    Report::Failed(why) => {
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

    fn errand_report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) {
        match report {
            Report::Sets(sets) => self.picker.load_sets(sets),
            Report::Exported(path) => {
                self.errands.end(id);
                out.notice(Severity::Success, format!("Wrote {path}."));
            }
            Report::Done | Report::Cancelled => {
                if let Some(Errand::SaveSet(name, _)) = self.errands.end(id) {
                    out.notice(Severity::Success, format!("Saved the set {name}."));
                }
            }
            Report::Failed(why) => {
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
