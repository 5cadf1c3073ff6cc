//! Statistics of a log group, by one of two engines: this program reads the events, or Logs Insights does. A group without
//! invocations has figures about its events.

mod insights;
mod scan;
mod step;

use futures::StreamExt;
use futures::stream::BoxStream;
use tokio_util::sync::CancellationToken;

use crate::aws::{AwsError, LogsClient, Session};
use crate::lambda::FunctionRef;
use crate::logs::statistics::{
    CostBasis, GroupFigures, InvocationCost, InvocationSubset, RunVersion, RunVersions,
};
use crate::logs::{Home, function_of, is_edge_group};
use crate::power::Prices;
use crate::task::retry;
use step::PATIENT;
pub use step::{StatisticsError, StatisticsEvent, StatisticsPart, TimeRange};

/// Which engine counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsEngine {
    /// This program reads the events.
    Scan,
    /// Logs Insights reads them; AWS bills the bytes.
    Insights,
}

/// What is read of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsKind {
    /// Its invocations; its events when it has none and is not the group of a function.
    Either,
    /// Its events; those at or after this time in Unix milliseconds are counted apart too.
    Events(Option<i64>),
}

/// Statistics of a part of a group by an engine, without the lines of `runs`, priced by `basis`: progress, then the end.
/// Once the token is cancelled, a query that runs is stopped, so that it costs no more.
#[must_use]
pub fn gather(
    engine: StatisticsEngine,
    logs: &LogsClient,
    part: StatisticsPart,
    runs: RunVersions,
    basis: Option<CostBasis>,
    token: &CancellationToken,
) -> BoxStream<'static, StatisticsEvent> {
    let logs = &logs.at(&part.group);
    let range_ms = part.range.length_ms();
    let is_of_size = part
        .only
        .as_ref()
        .and_then(InvocationSubset::memory)
        .is_some();
    let told = match engine {
        StatisticsEngine::Scan => {
            scan::scan(logs, part, StatisticsKind::Either, runs, token).boxed()
        }
        StatisticsEngine::Insights => insights::query(logs, part, &runs, token).boxed(),
    };
    let priced = move |told| match (told, basis) {
        (StatisticsEvent::Ended(Ok(GroupFigures::Invocations(mut summary))), Some(basis)) => {
            let cost = basis.cost(summary.memory_time, summary.invocations, range_ms);
            summary.cost = cost.map(|cost| InvocationCost {
                per_month: cost.per_month.filter(|_| !is_of_size),
                ..cost
            });
            StatisticsEvent::Ended(Ok(GroupFigures::Invocations(summary)))
        }
        (told, _) => told,
    };
    told.map(priced).boxed()
}

/// The figures of all events of a part of a group, compared at `split_ms`: progress, then the end.
#[must_use]
pub fn gather_events(
    logs: &LogsClient,
    part: StatisticsPart,
    split_ms: Option<i64>,
    token: &CancellationToken,
) -> BoxStream<'static, StatisticsEvent> {
    let kind = StatisticsKind::Events(split_ms);
    let logs = &logs.at(&part.group);
    scan::scan(logs, part, kind, RunVersions::default(), token).boxed()
}

/// What the invocations of a group cost: by the prices of its region and the architecture of its function, or the default
/// one when that cannot be asked or the group is not of the session's own account and region. `None` for groups of no function, and where no price is known.
pub async fn cost_basis(
    session: &Session,
    group: &str,
    token: &CancellationToken,
) -> Option<CostBasis> {
    // Lambda@Edge has prices of its own.
    let function = function_of(group).filter(|_| !is_edge_group(group))?;
    let function = FunctionRef::parse(function).ok()?;
    let home = Home::of_arn(group);
    let lambda = session.lambda();
    let asked = match &home {
        None => {
            let asked = token.run_until_cancelled(lambda.configuration(&function));
            asked.await
        }
        Some(_) => None,
    };
    let known = match asked {
        Some(Ok(function)) => Some(function.code.architecture),
        Some(Err(error)) => {
            tracing::info!(error = ?error, group, "the architecture of a function is not known");
            None
        }
        None => None,
    };
    let architecture = known.unwrap_or_default();
    let region = home.as_ref().map_or(session.region(), |home| &home.region);
    let rate = Prices::bundled().rate(region, architecture)?;
    Some(CostBasis {
        rate,
        architecture,
        is_assumed: known.is_none(),
    })
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
