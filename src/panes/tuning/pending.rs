//! Store jobs under way, with what to say when they end.

use crate::app::TaskId;
use crate::power::{Run, RunId};

/// A job for the store.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TuningPendingJob {
    /// The run is being deleted; it comes back if that fails.
    Delete(Box<Run>),
    /// The run is being put back; it goes again if that fails.
    Undelete(RunId),
    /// The run is being renamed; the old name comes back if that fails.
    Rename(RunId, String),
    /// A run is being read.
    Import,
    /// A run is being written.
    Export,
    /// A function is being read, to plan a run of it.
    Plan,
    /// A cut-off run is being undone.
    Recover(RunId),
}

/// The pending jobs under way.
#[derive(Debug, Default)]
pub(super) struct TuningPendingJobs(Vec<(TaskId, TuningPendingJob)>);

impl TuningPendingJobs {
    pub(super) fn add(&mut self, id: TaskId, pending_job: TuningPendingJob) {
        self.0.push((id, pending_job));
    }

    pub(super) fn find(&self, id: TaskId) -> Option<&TuningPendingJob> {
        self.0
            .iter()
            .find(|(task, _)| *task == id)
            .map(|(_, pending_job)| pending_job)
    }

    /// Takes an ended pending job off the list.
    pub(super) fn end(&mut self, id: TaskId) -> Option<TuningPendingJob> {
        let at = self.0.iter().position(|(task, _)| *task == id)?;
        Some(self.0.remove(at).1)
    }

    /// Whether this run is being recovered.
    pub(super) fn recovers(&self, run: &RunId) -> bool {
        self.0.iter().any(
            |(_, pending_job)| matches!(pending_job, TuningPendingJob::Recover(id) if id == run),
        )
    }
}
