//! The life of one job: in line, at work, last report.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::{JobContext, JobEnding, Pause, Rules, Worker};
use crate::task::TaskId;

/// A place in the queue of a kind.
pub(super) type Place = Pin<Box<dyn Future<Output = Option<OwnedSemaphorePermit>> + Send>>;

/// Queues up at once: the order of the calls is the order of the starts, whichever task is polled first.
pub(super) fn place_in_line(lane: Arc<Semaphore>) -> Place {
    let mut place = Box::pin(lane.acquire_owned().map(Result::ok));
    match tokio::task::unconstrained(&mut place).now_or_never() {
        Some(permit) => Box::pin(std::future::ready(permit)),
        None => place,
    }
}

/// One job and what its life needs.
pub(super) struct SupervisedJob<W: Worker> {
    pub(super) id: TaskId,
    pub(super) rules: Rules,
    pub(super) worker: Arc<W>,
    pub(super) inbox: mpsc::Sender<(TaskId, W::Report)>,
    pub(super) token: CancellationToken,
    pub(super) pause: Pause,
}

impl<W: Worker> SupervisedJob<W> {
    /// Waits in line, works, and reports for the last time. The place at work is kept until that report is taken.
    pub(super) async fn run(self, job: W::Job, place: Place) {
        let permit = tokio::select! {
            biased;
            () = self.token.cancelled() => None,
            permit = place => permit,
        };
        let last = if permit.is_some() {
            AssertUnwindSafe(self.work(job))
                .catch_unwind()
                .await
                .unwrap_or_else(|panic| self.worker.panicked(message(panic.as_ref())))
        } else {
            self.worker.cancelled()
        };
        if self.inbox.send((self.id, last)).await.is_err() {
            tracing::debug!(task = self.id.0, "a job ended after the inbox was closed");
        }
    }

    /// The reasons to stop are asked before the work: a job that is always ready must not drown them out.
    async fn work(&self, job: W::Job) -> W::Report {
        let context = JobContext::new(
            self.id,
            self.inbox.clone(),
            self.token.clone(),
            self.pause.clone(),
        );
        let mut work = self.worker.run(job, context);
        let limit = self.rules.time_limit;
        match self.rules.ending {
            JobEnding::Abort => tokio::select! {
                biased;
                () = self.token.cancelled() => self.worker.cancelled(),
                limit = time_is_up(limit) => self.worker.timed_out(limit),
                last = &mut work => last,
            },
            JobEnding::Complete => tokio::select! {
                biased;
                limit = time_is_up(limit) => self.worker.timed_out(limit),
                last = &mut work => last,
            },
            JobEnding::CleanUp => {
                tokio::select! {
                    biased;
                    _ = time_is_up(limit) => self.token.cancel(),
                    last = &mut work => return last,
                }
                work.await
            }
        }
    }
}

async fn time_is_up(limit: Option<Duration>) -> Duration {
    match limit {
        Some(limit) => {
            tokio::time::sleep(limit).await;
            limit
        }
        None => std::future::pending().await,
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}
