//! The tasks the program asked for, as the pool would have them.

use std::collections::BTreeMap;

use iacstone::effect::{Job, QueryJob, ReaderJob};
use iacstone::task::TaskId;

/// A task.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) job: Job,
    /// How many reports it made.
    pub(super) told: u64,
    /// Whether the pool was told to cancel it.
    pub(super) is_cancelled: bool,
    /// Whether it was the program that did not want it any more.
    pub(super) is_dropped: bool,
    pub(super) has_ended: bool,
}

impl Task {
    pub(super) const fn new(job: Job) -> Self {
        Self {
            job,
            told: 0,
            is_cancelled: false,
            is_dropped: false,
            has_ended: false,
        }
    }

    /// Whether it does its work to the end although the program is about to leave.
    pub(super) const fn must_finish(&self) -> bool {
        outlives(&self.job)
    }

    /// Whether nobody waits for what it says: a tuning run that was cancelled still tells how it cleans up.
    pub(super) const fn is_stale(&self) -> bool {
        // A query that is stopped still says what it had found.
        let goes_on = self.must_finish() || matches!(self.job, Job::Query(QueryJob::Ask(_)));
        self.has_ended || (self.is_dropped && !goes_on)
    }
}

/// Whether a job is one that the program waits for before it ends: it changes the account or the user's data.
pub(super) const fn outlives(job: &Job) -> bool {
    matches!(
        job,
        Job::Tune(..)
            | Job::Resume(_)
            | Job::Recover(_)
            | Job::SaveRun(_)
            | Job::SaveSet(_)
            | Job::SaveList(_)
            | Job::Query(QueryJob::Export(_) | QueryJob::Keep(_) | QueryJob::Forget(_))
            | Job::ExportRows(_)
            | Job::DeleteSet(_)
            | Job::RenameRun(..)
            | Job::NoteRun(..)
            | Job::DeleteRun(_)
            | Job::ImportRun(_)
            | Job::ExportRun(..)
            | Job::Reader(
                ReaderJob::Furnish
                    | ReaderJob::Mark(..)
                    | ReaderJob::KeepPlace(..)
                    | ReaderJob::SaveSearch(_)
                    | ReaderJob::RemoveSearch(_)
                    | ReaderJob::Unfollow(_)
                    | ReaderJob::Save(..)
            )
    )
}

/// Whether a job asks the account something, or changes it.
pub(super) const fn asks_the_account(job: &Job) -> bool {
    matches!(
        job,
        Job::Identify
            | Job::ListFunctions
            | Job::DescribeFunction(_)
            | Job::ListGroups
            | Job::Follow(_)
            | Job::CountInvocations(_)
            | Job::ReadRunLog(..)
            | Job::Tune(..)
            | Job::Resume(_)
            | Job::Recover(_)
    )
}

/// All tasks so far.
pub(super) type Tasks = BTreeMap<TaskId, Task>;

/// Those that match, by id.
pub(super) fn ids(tasks: &Tasks, which: impl Fn(&Task) -> bool) -> Vec<TaskId> {
    let chosen = tasks.iter().filter(|(_, task)| which(task));
    chosen.map(|(&id, _)| id).collect()
}
