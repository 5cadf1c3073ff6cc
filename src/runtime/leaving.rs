//! The way out: jobs that must finish before exit are waited for, but not for ever.

use std::future::{Future, pending};
use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;

use super::{Exit, Reason};

/// A loop that is about to end.
pub(super) struct Leaving {
    reason: Reason,
    finished: Pin<Box<dyn Future<Output = ()> + Send>>,
    deadline: Instant,
    exit: Option<Exit>,
}

/// What the way out waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExitProgress {
    /// No job is left that must finish.
    Finished,
    /// They took too long.
    OutOfTime,
}

impl Leaving {
    pub(super) fn new(
        reason: Reason,
        within: Duration,
        finished: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self {
            reason,
            finished: Box::pin(finished),
            deadline: Instant::now() + within,
            exit: None,
        }
    }

    /// The end, once it is reached.
    pub(super) fn exit(&self) -> Option<Exit> {
        self.exit
    }

    /// Nothing more to wait for.
    pub(super) fn end(&mut self, progress: ExitProgress) {
        self.exit = Some(Exit {
            reason: self.reason,
            unfinished: progress == ExitProgress::OutOfTime,
        });
    }

    /// Waits for jobs that were started since.
    pub(super) fn wait_again(&mut self, finished: impl Future<Output = ()> + Send + 'static) {
        self.finished = Box::pin(finished);
    }

    /// Waits for the jobs or the deadline; for ever when not leaving. Cancel-safe. To be called again only
    /// after [`Leaving::wait_again`] or [`Leaving::end`].
    pub(super) async fn progress(leaving: Option<&mut Self>) -> ExitProgress {
        let Some(leaving) = leaving else {
            return pending().await;
        };
        tokio::select! {
            biased;
            () = leaving.finished.as_mut() => ExitProgress::Finished,
            () = tokio::time::sleep_until(leaving.deadline) => ExitProgress::OutOfTime,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::time::Duration;

    use super::{ExitProgress, Leaving};
    use crate::runtime::Reason;

    const MINUTE: Duration = Duration::from_mins(1);

    #[tokio::test(start_paused = true)]
    async fn jobs_that_hang_are_given_up_at_the_deadline() {
        let mut leaving = Leaving::new(Reason::Quit, MINUTE, pending());
        let started = tokio::time::Instant::now();
        let progress = Leaving::progress(Some(&mut leaving)).await;
        assert_eq!(progress, ExitProgress::OutOfTime);
        assert_eq!(started.elapsed(), MINUTE);
        leaving.end(progress);
        assert!(leaving.exit().unwrap().unfinished);
    }

    #[tokio::test(start_paused = true)]
    async fn finished_jobs_end_the_wait_at_once() {
        let mut leaving = Leaving::new(Reason::HungUp, MINUTE, ready(()));
        let progress = Leaving::progress(Some(&mut leaving)).await;
        assert_eq!((progress, leaving.exit()), (ExitProgress::Finished, None));
        leaving.end(progress);
        assert!(!leaving.exit().unwrap().unfinished);
    }
}
