//! What the pane does with the reports of its jobs.

use super::LogsPane;
use super::tail::{Phase, Tail};
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

/// Whether this task follows the groups of the tail.
pub(super) fn follows(tail: &Tail, id: TaskId) -> bool {
    tail.phase == Phase::Following(id)
}

/// Takes the report of a scan of the tail.
pub(super) fn scan_report(tail: &mut Tail, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
    match report {
        JobReport::Found(found) => tail.found(id, &found, out),
        JobReport::Failed(why) => {
            tail.scan_ended(id);
            out.notice(Severity::Error, why);
        }
        _ => tail.scan_ended(id),
    }
}
