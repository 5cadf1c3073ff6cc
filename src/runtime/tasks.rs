//! The tasks that the loop starts and stops.

use std::future::Future;

use crate::effect::Job;
use crate::task::TaskId;

/// The background jobs as the loop sees them. Their reports come through the loop's inbox.
pub trait Tasks {
    /// Starts a job.
    fn spawn(&mut self, id: TaskId, job: Job);

    /// Cancels a job. One that must finish before exit still cleans up.
    fn cancel(&mut self, id: TaskId);

    /// Tells a job to hold, or that it may go on.
    fn pause(&mut self, id: TaskId, is_on: bool);

    /// Cancels every job because the process is about to end. Jobs that are started afterwards (to save what a
    /// cancelled one reported) run as usual.
    fn cancel_all(&mut self);

    /// Resolves once no job that must finish before exit is left, at once if there is none.
    fn finished(&self) -> impl Future<Output = ()> + Send + 'static;
}
