//! What the pane does with the reports of its jobs.

use super::Logs;
use super::errand::Errand;
use crate::app::{Outbox, Report, Severity, TaskId};

impl Logs {
    /// Whether the pane waits for reports of this job.
    #[must_use]
    pub fn awaits(&self, id: TaskId) -> bool {
        self.picker.load.task() == Some(id) || self.errands.has(id)
    }

    /// Takes the report of a job.
    pub fn report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) {
        if !self.picker.report(id, &report, out) {
            self.errand_report(id, report, out);
        }
    }

    fn errand_report(&mut self, id: TaskId, report: Report, out: &mut Outbox<'_>) {
        match report {
            Report::Sets(sets) => self.picker.load_sets(sets),
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
