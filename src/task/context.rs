//! What a running job has of the pool: a way to report, and the word that it should stop.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Pause;
use crate::task::TaskId;

/// Given to each job. Not `Clone`: it lives inside the job, so nothing reports after the job's last word.
#[derive(Debug)]
pub struct JobContext<R> {
    id: TaskId,
    inbox: mpsc::Sender<(TaskId, R)>,
    token: CancellationToken,
    pause: Pause,
}

impl<R> JobContext<R> {
    pub(super) const fn new(
        id: TaskId,
        inbox: mpsc::Sender<(TaskId, R)>,
        token: CancellationToken,
        pause: Pause,
    ) -> Self {
        Self {
            id,
            inbox,
            token,
            pause,
        }
    }

    /// The id of the job.
    #[must_use]
    pub const fn id(&self) -> TaskId {
        self.id
    }

    /// Reports, and waits while the inbox is full. When nobody reads any more the report is dropped: a job goes on.
    pub async fn report(&self, report: R) {
        if self.inbox.send((self.id, report)).await.is_err() {
            tracing::debug!(task = self.id.0, "a report came after the inbox was closed");
        }
    }

    /// The token that is cancelled when the job should stop.
    #[must_use]
    pub const fn cancellation(&self) -> &CancellationToken {
        &self.token
    }

    /// Whether the job should hold, as it is heard of.
    #[must_use]
    pub const fn pause(&self) -> &Pause {
        &self.pause
    }

    /// Waits until the job should stop.
    pub async fn cancelled(&self) {
        self.token.cancelled().await;
    }

    /// Whether the job should stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.token.is_cancelled()
    }
}
