//! Logs Insights queries: started, asked after, stopped.

use std::collections::HashMap;

use aws_sdk_cloudwatchlogs::types::{QueryStatus, ResultField};
use futures::FutureExt;

use super::LogsClient;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled};
use crate::logs::is_arn;

/// A query to start. AWS bills the bytes it scans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// The keys of 1 to 50 groups, all of one region: that of the client.
    pub groups: Vec<String>,
    /// The query, at most 10,000 characters.
    pub query: String,
    /// The first second of the range, in Unix seconds.
    pub from_s: i64,
    /// The last second of the range, itself included, in Unix seconds.
    pub to_s: i64,
}

/// How far a query is, and what it has found.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryAnswer {
    /// Whether it is still under way; the rows are partial then.
    pub progress: QueryProgress,
    /// The rows: the values by the names of their columns. A value that is missing is left out.
    pub rows: Vec<HashMap<String, String>>,
    /// Events read so far.
    pub scanned: u64,
}

/// How far a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryProgress {
    /// It waits or runs.
    UnderWay,
    /// It is complete.
    Complete,
    /// It ended without a whole result; AWS's word for how, such as `Timeout`.
    Broken(String),
}

/// The calls of Logs Insights.
#[derive(Debug, Clone)]
pub struct InsightsClient {
    logs: LogsClient,
}

impl InsightsClient {
    /// The same account, credentials and region as these log calls.
    #[must_use]
    pub const fn new(logs: LogsClient) -> Self {
        Self { logs }
    }

    /// Starts a query; gives its id.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group, [`AwsError::Refused`] for a malformed query,
    /// [`AwsError::LimitExceeded`] when too many queries run.
    pub async fn start(&self, request: &QueryRequest) -> Result<String, AwsError> {
        let call = || self.logs.call("StartQuery", &request.groups.join(", "));
        let groups = Some(request.groups.clone());
        let (names, identifiers) = if request.groups.iter().any(|key| is_arn(key)) {
            (None, groups)
        } else {
            (groups, None)
        };
        let started = self
            .logs
            .client
            .start_query()
            .set_log_group_names(names)
            .set_log_group_identifiers(identifiers)
            .query_string(&request.query)
            .start_time(request.from_s)
            .end_time(request.to_s)
            .send()
            .boxed()
            .await
            .map_err(|error| explain(call(), error))?;
        started
            .query_id
            .ok_or_else(|| garbled(call(), "the query that was started has no id"))
    }

    /// What a query has found so far.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such query.
    pub async fn results(&self, id: &str) -> Result<QueryAnswer, AwsError> {
        let call = self.logs.call("GetQueryResults", &id);
        let asked = self
            .logs
            .client
            .get_query_results()
            .query_id(id)
            .send()
            .boxed();
        let found = asked.await.map_err(|error| explain(call, error))?;
        let statistics = found.statistics.as_ref();
        Ok(QueryAnswer {
            progress: progress(found.status.as_ref()),
            scanned: statistics.map_or(0, |it| count(it.records_scanned)),
            rows: found
                .results
                .unwrap_or_default()
                .into_iter()
                .map(row)
                .collect(),
        })
    }

    /// Stops a query, so that it scans and costs no more.
    ///
    /// # Errors
    /// [`AwsError::Refused`] when it has ended already.
    pub async fn stop(&self, id: &str) -> Result<(), AwsError> {
        let call = self.logs.call("StopQuery", &id);
        let stopped = self.logs.client.stop_query().query_id(id).send().boxed();
        stopped
            .await
            .map(drop)
            .map_err(|error| explain(call, error))
    }
}

fn progress(status: Option<&QueryStatus>) -> QueryProgress {
    match status {
        Some(QueryStatus::Scheduled | QueryStatus::Running) => QueryProgress::UnderWay,
        Some(QueryStatus::Complete) => QueryProgress::Complete,
        Some(other) => QueryProgress::Broken(other.as_str().to_owned()),
        None => QueryProgress::Broken("Unknown".to_owned()),
    }
}

fn row(fields: Vec<ResultField>) -> HashMap<String, String> {
    let pairs = fields.into_iter();
    pairs
        .filter_map(|field| Some((field.field?, field.value?)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of events; `as` saturates"
)]
fn count(number: f64) -> u64 {
    number as u64
}
