//! What the pane does with the reports of its jobs.

use super::LogsPane;
use crate::effect::{JobReport, Outbox, Severity};
use crate::task::TaskId;

impl LogsPane {
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
