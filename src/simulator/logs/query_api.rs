//! `StartQuery`, `GetQueryResults`, `StopQuery`, `DescribeQueries`: Logs Insights over the account's groups.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::chance;
use super::super::errors::ApiError;
use super::super::insights::{
    self, MOST_RUNNING, Malformed, QueryQuestion, QueryResults, QueryStatus, QueryWork, StoredQuery,
};
use super::super::page::ListPage;
use super::super::request::WireRequest;
use super::errors::{invalid, limit_exceeded, missing, no_group};
use super::name;

/// The most groups of one query.
const MOST_GROUPS: usize = 50;
/// The most rows of a result.
const MOST_ROWS: usize = 10_000;
/// The most queries of one page of a list.
const MOST_DESCRIBED: usize = 1000;

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

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct DescribeQueriesInput {
    log_group_name: Option<String>,
    status: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// `StartQuery`; a task of its own runs the query.
pub(super) fn start(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: StartQueryInput = call.json()?;
    let (from_ms, to_ms) = question.range()?;
    let limit = name::limit(question.limit, MOST_ROWS)?;
    let (text, asked_ms) = (&question.query_string, account.now_ms());
    let mut work = QueryWork::new(text, asked_ms.div_euclid(1000), limit).map_err(malformed)?;
    let groups = question.groups(account)?;
    for group in &groups {
        if !account.state().logs.groups.contains_key(group) {
            return Err(no_group());
        }
        let events = account.events_between(group, from_ms, to_ms);
        work.read(&account.place().account, group, events);
    }
    let mut state = account.state();
    let id = chance::uuid(&mut state.rng);
    let asked = QueryQuestion {
        id: id.clone(),
        text: text.clone(),
        groups,
        asked_ms,
    };
    if !state.queries.accept(asked) {
        return Err(limit_exceeded(&format!(
            "LimitExceededException: Account maximum query concurrency limit of [{MOST_RUNNING}] reached."
        )));
    }
    drop(state);
    tokio::spawn(insights::run(account.clone(), id.clone(), work));
    Ok(json!({ "queryId": id }))
}

/// `GetQueryResults`.
pub(super) fn results(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let QueryIdInput { query_id } = call.json()?;
    let asked = account.state().queries.ask(&query_id);
    let (status, found) = asked.ok_or_else(no_query)?;
    Ok(view(status, &found))
}

/// `StopQuery`.
pub(super) fn stop(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let QueryIdInput { query_id } = call.json()?;
    let mut state = account.state();
    match state.queries.set(&query_id, QueryStatus::Cancelled) {
        Some(true) => Ok(json!({ "success": true })),
        Some(false) => Err(invalid("Query is not in a state where it can be stopped.")),
        None => Err(no_query()),
    }
}

/// `DescribeQueries`, newest first.
pub(super) fn describe(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let wanted: DescribeQueriesInput = call.json()?;
    let size = name::limit(wanted.max_results, MOST_DESCRIBED)?;
    let state = account.state();
    let queries = state.queries.all().filter(|query| wanted.takes(query));
    let found = queries
        .map(|query| (format!("{:020}", query.number), described(query)))
        .collect();
    let page = ListPage::after(found, true, wanted.next_token.as_deref(), size);
    let page = page.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
    Ok(json!({ "queries": page.items, "nextToken": page.next }))
}

impl DescribeQueriesInput {
    fn takes(&self, query: &StoredQuery) -> bool {
        let group = self.log_group_name.as_ref();
        let status = self.status.as_deref();
        group.is_none_or(|group| query.question.groups.contains(group))
            && status.is_none_or(|status| status == query.status.name())
    }
}

/// A query as the service lists it; one over several groups names none.
fn described(query: &StoredQuery) -> Value {
    let question = &query.question;
    let group = match question.groups.as_slice() {
        [group] => Some(group),
        _ => None,
    };
    json!({
        "queryLanguage": "CWLI",
        "queryId": question.id,
        "queryString": question.text,
        "status": query.status.name(),
        "createTime": question.asked_ms,
        "logGroupName": group,
    })
}

impl StartQueryInput {
    /// The range of time in Unix milliseconds, its end excluded.
    fn range(&self) -> Result<(i64, i64), ApiError> {
        let (Some(start), Some(end)) = (self.start_time, self.end_time) else {
            return Err(invalid("Start time and end time must be set."));
        };
        if start > end {
            return Err(invalid(
                "Query's start time should not be after its end time.",
            ));
        }
        let behind = end.saturating_add(1);
        Ok((start.saturating_mul(1000), behind.saturating_mul(1000)))
    }

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

fn view(status: QueryStatus, answer: &QueryResults) -> Value {
    let row = |row: &Vec<(String, String)>| -> Vec<Value> {
        row.iter()
            .map(|(field, value)| json!({ "field": field, "value": value }))
            .collect()
    };
    json!({
        "queryLanguage": "CWLI",
        "status": status.name(),
        "results": answer.rows.iter().map(row).collect::<Vec<_>>(),
        "statistics": {
            "recordsMatched": answer.matched as f64,
            "recordsScanned": answer.scanned as f64,
            "bytesScanned": answer.bytes as f64,
            "estimatedRecordsSkipped": 0.0,
            "estimatedBytesSkipped": 0.0,
            "logGroupsScanned": answer.groups as f64,
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
