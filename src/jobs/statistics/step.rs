//! Statistics as a work of steps: the stretch of time they are about, what each step tells, and how they end.

use std::time::Duration;

use futures::Stream;

use crate::aws::AwsError;
use crate::logs::statistics::{GroupFigures, InvocationSubset};
use crate::task::Backoff;

/// Quotas are shared with everybody in the account: a long work waits rather than fails.
pub(super) const PATIENT: Backoff =
    Backoff::new(Duration::from_millis(250), Duration::from_secs(10), 12);

/// The stretch of time to look at, in Unix milliseconds, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    /// The first millisecond.
    pub from_ms: i64,
    /// The last millisecond.
    pub to_ms: i64,
}

impl TimeRange {
    /// How many milliseconds it has.
    #[must_use]
    pub const fn length_ms(self) -> i64 {
        self.to_ms.saturating_sub(self.from_ms).saturating_add(1)
    }
}

/// What figures are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsPart {
    /// The log group.
    pub group: String,
    /// The stretch of time.
    pub range: TimeRange,
    /// The invocations that alone count; nothing for all.
    pub only: Option<InvocationSubset>,
}

/// What statistics under way tell.
#[derive(Debug)]
pub enum StatisticsEvent {
    /// Logs Insights is asked this query. Told once, as the first.
    Asked(String),
    /// How far they are.
    Progress {
        /// Events read so far.
        events: u64,
        /// Up to when the range was read, in Unix milliseconds, when that is known.
        reached_ms: Option<i64>,
    },
    /// They are done. Told once, as the last.
    Ended(Result<GroupFigures, StatisticsError>),
}

/// Why there are no statistics.
#[derive(Debug, thiserror::Error)]
pub enum StatisticsError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The group is of a class whose events this engine cannot read.
    #[error(
        "only Logs Insights reads '{group}' (its class): count with --engine insights, or ask with Q in the log pane"
    )]
    Class {
        /// The group.
        group: String,
        /// What AWS said.
        #[source]
        refused: Box<AwsError>,
    },
    /// The pages of events go round in a circle.
    #[error(
        "the events of '{group}' cannot be read: the same page came again and again; try again later, or use --engine insights"
    )]
    Circle {
        /// The group.
        group: String,
    },
    /// The user broke it off.
    #[error("the statistics of '{group}' were broken off")]
    Interrupted {
        /// The group.
        group: String,
    },
    /// The query ended without a whole result.
    #[error(
        "the query over '{group}' ended with '{status}'; take a shorter range, or use --engine scan"
    )]
    Broken {
        /// The group.
        group: String,
        /// AWS's word for it.
        status: String,
    },
}

/// A work that goes on step by step: each step tells something, the last one that it ended.
pub(super) fn steps<W, F>(
    work: W,
    step: impl Fn(W) -> F + Clone,
) -> impl Stream<Item = StatisticsEvent>
where
    F: Future<Output = Result<NextStep<W>, StatisticsError>>,
{
    futures::stream::unfold(Some(work), move |work| {
        let step = step.clone();
        async move {
            Some(match step(work?).await {
                Ok(NextStep::More(told, work)) => (told, Some(work)),
                Ok(NextStep::Over(figures)) => (StatisticsEvent::Ended(Ok(figures)), None),
                Err(error) => (StatisticsEvent::Ended(Err(error)), None),
            })
        }
    })
}

/// What a step of a work leads to.
pub(super) enum NextStep<W> {
    /// Something to tell, and there is more to do.
    More(StatisticsEvent, W),
    /// The result.
    Over(GroupFigures),
}
