//! Invocation statistics of a log group, by one of two engines: this program reads the events, or Logs Insights does.

mod insights;
mod scan;
mod step;

use futures::StreamExt;
use futures::stream::BoxStream;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsError, LogsClient};
use crate::logs::Home;
use crate::logs::statistics::{RunVersion, RunVersions};
use crate::task::retry;
use step::PATIENT;
pub use step::{StatisticsError, StatisticsEvent, TimeRange};

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
    let logs = logs.at(group);
    match engine {
        StatisticsEngine::Scan => scan::scan(&logs, group, range, runs, token).boxed(),
        StatisticsEngine::Insights => insights::query(&logs, group, range, &runs, token).boxed(),
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
    let home = match Home::of_arn(group) {
        None => home_of(logs, group, token).await,
        home => home,
    };
    home.map_or_else(RunVersions::unknown, |home| {
        RunVersions::of_group(group, &home, meant)
    })
}

/// Where a group of the session's own is, if that can be told.
async fn home_of(logs: &LogsClient, group: &str, token: &CancellationToken) -> Option<Home> {
    let asking = retry(PATIENT, AwsError::is_transient, || logs.group_arn(group));
    match token.run_until_cancelled(asking).await? {
        Ok(place) => Home::of_arn(&place.arn),
        Err(error) => {
            tracing::warn!(error = ?error, group, "the account of a group is not known");
            None
        }
    }
}
