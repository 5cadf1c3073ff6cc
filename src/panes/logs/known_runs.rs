//! The versions that tuning runs published, as the store knows them: their rows are marked.

use crate::effect::{Job, JobReport, Outbox};
use crate::logs::statistics::RunVersion;
use crate::task::TaskId;

/// The versions of tuning runs.
#[derive(Debug, Default)]
pub(super) struct KnownRuns {
    pub(super) versions: Vec<RunVersion>,
    loading: Option<TaskId>,
}

impl KnownRuns {
    /// Loads them again, unless that is under way.
    pub(super) fn load(&mut self, out: &mut Outbox<'_>) {
        if self.loading.is_none() {
            self.loading = Some(out.spawn(Job::LoadRunVersions));
        }
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.loading == Some(id)
    }

    /// Takes a report of the load; without it rows stay unmarked, which nobody needs to be told.
    pub(super) fn report(&mut self, report: JobReport) {
        match report {
            JobReport::RunVersions(versions) => self.versions = versions,
            JobReport::Done | JobReport::Cancelled | JobReport::Failed(_) => self.loading = None,
            _ => {}
        }
    }
}
