//! What the pool must know about the work it runs.

use std::time::Duration;

use futures::future::BoxFuture;

use super::JobContext;
use crate::task::TaskKind;

/// Says what each job does and how its unplanned ends are reported.
pub trait Worker: Send + Sync + 'static {
    /// A piece of work, as data.
    type Job: Send + 'static;
    /// What a job says while it works and when it ends.
    type Report: Send + 'static;

    /// The rules a job runs under.
    fn rules(&self, job: &Self::Job) -> Rules;

    /// Does the job; the value of the future is its last report. Reports before the last go through the context.
    fn run(
        &self,
        job: Self::Job,
        context: JobContext<Self::Report>,
    ) -> BoxFuture<'static, Self::Report>;

    /// The last report of a job that was cancelled before it began, or aborted.
    fn cancelled(&self) -> Self::Report;

    /// The last report of a job that was aborted after `limit`.
    fn timed_out(&self, limit: Duration) -> Self::Report;

    /// The last report of a job that panicked with this message.
    fn panicked(&self, message: &str) -> Self::Report;
}

/// The rules one job runs under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Which queue it waits in.
    pub kind: TaskKind,
    /// How long it may run, counted from its start and not from its arrival in the queue.
    pub time_limit: Option<Duration>,
    /// What happens to it when it is cancelled, and when the program ends.
    pub ending: JobEnding,
}

impl Rules {
    /// Of these.
    #[must_use]
    pub const fn of(kind: TaskKind, time_limit: Option<Duration>, ending: JobEnding) -> Self {
        Self {
            kind,
            time_limit,
            ending,
        }
    }
}

/// What happens to a job that is cancelled, and to one that is there when the program ends. Waiting in the queue, a
/// cancelled job is dropped whatever its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobEnding {
    /// Aborted on the spot: nothing it does needs undoing.
    Abort,
    /// Its token is cancelled (also when its time is up), then it is left to tidy up and to return. The program waits
    /// for it. If it still waits in the queue when the program ends, it is dropped.
    CleanUp,
    /// A short piece of work that is never broken off once it runs, but by its time limit. The program waits for it
    /// even when it still waits in the queue.
    Complete,
}
