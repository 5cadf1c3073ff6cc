//! `StartQuery`, `GetQueryResults`, `StopQuery`: Logs Insights over the account's groups.

use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::chance;
use super::super::errors::ApiError;
use super::super::insights::{Malformed, QueryResults, QueryWork, Submission};
use super::super::request::WireRequest;
use super::errors::{invalid, limit_exceeded, missing, no_group};
use super::name;

/// The most groups of one query.
const MOST_GROUPS: usize = 50;
/// The most rows of a result.
const MOST_ROWS: usize = 10_000;
/// How long a query waits before it runs, in account time.
const SCHEDULED: Duration = Duration::from_millis(200);
/// How long a query takes at least, in account time.
const SHORTEST: Duration = Duration::from_secs(1);

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct StartQueryInput {
    log_group_name: Option<String>,
    log_group_names: Option<Vec<String>>,
    log_group_identifiers: Option<Vec<String>>,
    /// Unix seconds.
    start_time: Option<i64>,
    /// Unix seconds, included.
    end_time: Option<i64>,
    query_string: String,
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct QueryIdInput {
    query_id: String,
}

/// `StartQuery`.
pub(super) fn start(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: StartQueryInput = call.json()?;
    let (Some(start), Some(end)) = (question.start_time, question.end_time) else {
        return Err(invalid("Start time and end time must be set."));
    };
    if start > end {
        return Err(invalid(
            "Query's start time should not be after its end time.",
        ));
    }
    let limit = name::limit(question.limit, MOST_ROWS)?;
    let mut work = QueryWork::new(&question.query_string, limit).map_err(malformed)?;
    let groups = question.groups(account)?;
    for group in &groups {
        if !account.state().logs.groups.contains_key(group) {
            return Err(no_group());
        }
        let (from_ms, to_ms) = (
            start.saturating_mul(1000),
            end.saturating_add(1).saturating_mul(1000),
        );
        let events = account.events_between(group, from_ms, to_ms);
        work.read(&account.place().account, group, events);
    }
    let clock = account.clock();
    let mut state = account.state();
    let id = chance::uuid(&mut state.rng);
    let order = Submission {
        id: id.clone(),
        begins: clock.after(SCHEDULED),
        ends: clock.after(SHORTEST),
        work,
    };
    if !state.queries.accept(order) {
        return Err(limit_exceeded(
            "LimitExceededException: Account maximum query concurrency limit of [100] reached.",
        ));
    }
    Ok(json!({ "queryId": id }))
}

/// `GetQueryResults`; does the next portion of the work first.
pub(super) fn results(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let QueryIdInput { query_id } = call.json()?;
    let asked = account.state().queries.ask(&query_id);
    let (mut answer, work) = asked.ok_or_else(no_query)?;
    if let Some(mut work) = work {
        // Reading takes time: not while the account is locked.
        let more = work.advance();
        let told = account.state().queries.give_back(&query_id, work, more);
        answer = told.ok_or_else(no_query)?;
    }
    Ok(view(&answer))
}

/// `StopQuery`.
pub(super) fn stop(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let QueryIdInput { query_id } = call.json()?;
    match account.state().queries.stop(&query_id) {
        Some(true) => Ok(json!({ "success": true })),
        Some(false) => Err(invalid("Query is not in a state where it can be stopped.")),
        None => Err(no_query()),
    }
}

impl StartQueryInput {
    /// The groups by name; they are given in one of three ways.
    fn groups(&self, account: &Account) -> Result<Vec<String>, ApiError> {
        let one = self.log_group_name.clone().map(|name| vec![name]);
        let ways = [
            one,
            self.log_group_names.clone(),
            self.log_group_identifiers.clone(),
        ];
        let mut given = ways.into_iter().flatten();
        let (Some(groups), None) = (given.next(), given.next()) else {
            return Err(invalid(
                "Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be set.",
            ));
        };
        if groups.is_empty() || groups.len() > MOST_GROUPS {
            return Err(invalid(format!(
                "A query takes from 1 to {MOST_GROUPS} log groups."
            )));
        }
        let names = groups.into_iter();
        names
            .map(|group| name::group(account, None, Some(group)))
            .collect()
    }
}

fn view(answer: &QueryResults) -> Value {
    let row = |row: &Vec<(String, String)>| -> Vec<Value> {
        row.iter()
            .map(|(field, value)| json!({ "field": field, "value": value }))
            .collect()
    };
    json!({
        "queryLanguage": "CWLI",
        "status": answer.status,
        "results": answer.rows.iter().map(row).collect::<Vec<_>>(),
        "statistics": {
            "recordsMatched": answer.matched as f64,
            "recordsScanned": answer.scanned as f64,
            "bytesScanned": answer.bytes as f64,
        },
    })
}

fn malformed(malformed: Malformed) -> ApiError {
    let code = "MalformedQueryException";
    ApiError {
        place: Some((malformed.start, malformed.end)),
        ..ApiError::new(StatusCode::BAD_REQUEST, code, malformed.message)
    }
}

fn no_query() -> ApiError {
    missing("The specified query does not exist.")
}
