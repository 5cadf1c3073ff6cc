//! The versions that tuning runs published, as the store knows them: their rows are marked.

use crate::effect::{Job, JobReport, Outbox, Severity};
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

    /// Takes a report of the load.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::RunVersions(versions) => self.versions = versions,
            JobReport::Done | JobReport::Cancelled => self.loading = None,
            JobReport::Failed(why) => {
                self.loading = None;
                let text = format!("Rows of tuning runs are not marked: {}", why.sentence);
                out.notice(Severity::Warning, text);
            }
            _ => {}
        }
    }
}
