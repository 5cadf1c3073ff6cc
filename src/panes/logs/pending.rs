//! Store jobs of the pane under way, with what to do when they end.

use crate::app::TaskId;
use crate::logs::GroupSet;

/// A job for the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LogsPendingJob {
    /// The sets are being loaded.
    LoadSets,
    /// A set is being saved; the one it replaced comes back if that fails.
    SaveSet(String, Option<GroupSet>),
    /// Rows are being written to a file.
    Export,
    /// A set is being deleted; it comes back if that fails.
    DeleteSet(GroupSet),
}

/// The pending jobs under way.
#[derive(Debug, Default)]
pub(super) struct LogsPendingJobs(Vec<(TaskId, LogsPendingJob)>);

impl LogsPendingJobs {
    pub(super) fn add(&mut self, id: TaskId, pending_job: LogsPendingJob) {
        self.0.push((id, pending_job));
    }

    pub(super) fn has(&self, id: TaskId) -> bool {
        self.0.iter().any(|(task, _)| *task == id)
    }

    /// Takes an ended pending job off the list.
    pub(super) fn end(&mut self, id: TaskId) -> Option<LogsPendingJob> {
        let at = self.0.iter().position(|(task, _)| *task == id)?;
        Some(self.0.remove(at).1)
    }
}
