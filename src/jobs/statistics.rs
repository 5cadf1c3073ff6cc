//! Invocation statistics of a log group, by one of two engines: this program reads the events, or Logs Insights does.

mod insights;
mod scan;

use std::time::Duration;

use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsError, LogsClient};
use crate::logs::Home;
use crate::logs::statistics::{InvocationSummary, RunVersion, RunVersions};
use crate::task::{Backoff, retry};

/// Quotas are shared with everybody in the account: a long work waits rather than fails.
const PATIENT: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(10), 12);

/// The stretch of time to look at, in Unix milliseconds, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRange {
    /// The first millisecond.
    pub from_ms: i64,
    /// The last millisecond.
    pub to_ms: i64,
}

/// What statistics under way tell.
#[derive(Debug)]
pub enum StatisticsEvent {
    /// How far they are.
    Progress {
        /// Events read so far.
        events: u64,
        /// Up to when the range was read, in Unix milliseconds, when that is known.
        reached_ms: Option<i64>,
    },
    /// They are done. Told once, as the last.
    Ended(Result<Box<InvocationSummary>, StatisticsError>),
}

/// Why there are no statistics.
#[derive(Debug, thiserror::Error)]
pub enum StatisticsError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
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

/// Which engine counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsEngine {
    /// This program reads the events.
    Scan,
    /// Logs Insights reads them; AWS bills the bytes.
    Insights,
}

/// Statistics of one group by an engine, without the lines of `runs`: progress, then the end. Once the token is
/// cancelled, a query that runs is stopped, so that it costs no more.
#[must_use]
pub fn gather(
    engine: StatisticsEngine,
    logs: &LogsClient,
    group: &str,
    range: TimeRange,
    runs: RunVersions,
    token: &CancellationToken,
) -> BoxStream<'static, StatisticsEvent> {
    match engine {
        StatisticsEngine::Scan => scan::scan(logs, group, range, runs, token).boxed(),
        StatisticsEngine::Insights => insights::query(logs, group, range, &runs, token).boxed(),
    }
}

/// The versions of tuning runs whose lines are in a group, out of all that runs published, when those could be read. Asks
/// for the group's ARN only when there are any; they are not known when it cannot be told, and once the token is cancelled.
pub async fn of_group(
    logs: &LogsClient,
    group: &str,
    versions: Option<&[RunVersion]>,
    token: &CancellationToken,
) -> RunVersions {
    let Some(versions) = versions else {
        return RunVersions::unknown();
    };
    let meant = versions.iter().filter(|version| version.may_be_in(group));
    let meant: Vec<RunVersion> = meant.cloned().collect();
    if meant.is_empty() {
        return RunVersions::default();
    }
    let asking = retry(PATIENT, AwsError::is_transient, || logs.group_arn(group));
    let home = match token.run_until_cancelled(asking).await {
        Some(Ok(place)) => Home::of_arn(&place.arn),
        Some(Err(error)) => {
            tracing::warn!(error = ?error, group, "the account of a group is not known");
            None
        }
        None => None,
    };
    home.map_or_else(RunVersions::unknown, |home| {
        RunVersions::of_group(group, &home, meant)
    })
}

/// A work that goes on step by step: each step tells something, the last one that it ended.
fn steps<W, F>(work: W, step: impl Fn(W) -> F + Clone) -> impl Stream<Item = StatisticsEvent>
where
    F: Future<Output = Result<NextStep<W>, StatisticsError>>,
{
    futures::stream::unfold(Some(work), move |work| {
        let step = step.clone();
        async move {
            Some(match step(work?).await {
                Ok(NextStep::More(told, work)) => (told, Some(work)),
                Ok(NextStep::Over(summary)) => (StatisticsEvent::Ended(Ok(summary)), None),
                Err(error) => (StatisticsEvent::Ended(Err(error)), None),
            })
        }
    })
}

/// What a step of a work leads to.
enum NextStep<W> {
    /// Something to tell, and there is more to do.
    More(StatisticsEvent, W),
    /// The result.
    Over(Box<InvocationSummary>),
}
