//! `DescribeLogStreams`, `CreateLogStream`, `DeleteLogStream`.

use std::cmp::Reverse;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::arn::AccountRegion;
use super::super::errors::ApiError;
use super::super::page::ListPage;
use super::super::request::WireRequest;
use super::errors::{constraint, exists, invalid, no_group, no_stream};
use super::group::StoredStream;
use super::name;

/// The most streams of one page.
const LARGEST_PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct DescribeLogStreamsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name_prefix: Option<String>,
    order_by: Option<String>,
    descending: bool,
    next_token: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct StreamNameInput {
    log_group_name: String,
    log_stream_name: String,
}

/// `DescribeLogStreams`, in order of name or of the last event.
pub(super) fn describe(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: DescribeLogStreamsInput = call.json()?;
    let by_time = by_time(&question)?;
    let size = name::limit(question.limit, LARGEST_PAGE)?;
    let group = name::group(
        account,
        question.log_group_name,
        question.log_group_identifier,
    )?;
    let now_ms = account.now_ms();
    let state = account.state();
    if !state.logs.groups.contains_key(&group) {
        return Err(no_group());
    }
    let prefix = question.log_stream_name_prefix.unwrap_or_default();
    let streams = state.logs.streams(&group, now_ms).into_iter();
    let mut found: Vec<(String, Value)> = streams
        .filter(|(name, _)| name.starts_with(&prefix))
        .map(|(name, stream)| {
            let view = view(account.place(), &group, &name, &stream);
            (key(by_time, &name, &stream), view)
        })
        .collect();
    if question.descending {
        found.sort_by(|(a, _), (b, _)| Reverse(a).cmp(&Reverse(b)));
    } else {
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let token = question.next_token.as_deref();
    let page = ListPage::after(found, question.descending, token, size);
    let page = page.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
    let mut answer = json!({ "logStreams": page.items });
    if let (Some(token), Some(fields)) = (page.next, answer.as_object_mut()) {
        fields.insert("nextToken".into(), json!(token));
    }
    Ok(answer)
}

/// `CreateLogStream`.
pub(super) fn create(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let named: StreamNameInput = call.json()?;
    let (group, stream) = (named.log_group_name, named.log_stream_name);
    name::check_group(&group)?;
    name::check_stream(&stream)?;
    let now_ms = account.now_ms();
    let mut state = account.state();
    let known = state.logs.stream(&group, &stream, now_ms).is_some();
    let group = state.logs.groups.get_mut(&group).ok_or_else(no_group)?;
    if known || !group.create_stream(&stream, now_ms) {
        return Err(exists("The specified log stream already exists"));
    }
    Ok(())
}

/// `DeleteLogStream`; its events go with it.
pub(super) fn delete(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let named: StreamNameInput = call.json()?;
    let (group, stream) = (named.log_group_name, named.log_stream_name);
    name::check_group(&group)?;
    name::check_stream(&stream)?;
    let now_ms = account.now_ms();
    let mut state = account.state();
    let known = state.logs.stream(&group, &stream, now_ms).is_some();
    let group = state.logs.groups.get_mut(&group).ok_or_else(no_group)?;
    if !known {
        return Err(no_stream());
    }
    group.delete_stream(&stream, now_ms);
    Ok(())
}

/// Whether the order is that of the last event.
fn by_time(question: &DescribeLogStreamsInput) -> Result<bool, ApiError> {
    match question.order_by.as_deref() {
        None | Some("LogStreamName") => Ok(false),
        Some("LastEventTime") if question.log_stream_name_prefix.is_some() => Err(invalid(
            "Cannot order by LastEventTime with a logStreamNamePrefix.",
        )),
        Some("LastEventTime") => Ok(true),
        Some(other) => {
            let must = "satisfy enum value set: [LogStreamName, LastEventTime]";
            Err(constraint(other, "orderBy", must))
        }
    }
}

/// What orders the streams, and what the token of a page is made of.
fn key(by_time: bool, name: &str, stream: &StoredStream) -> String {
    if by_time {
        let last_ms = stream.events.map_or(0, |(_, last, _)| last.max(0));
        format!("{last_ms:020} {name}")
    } else {
        name.to_owned()
    }
}

/// A stream as the service shows it.
fn view(place: &AccountRegion, group: &str, name: &str, stream: &StoredStream) -> Value {
    let mut view = json!({
        "logStreamName": name,
        "creationTime": stream.created_ms,
        "arn": place.log_stream(group, name),
        "storedBytes": 0,
    });
    if let (Some((first, last, ingested)), Some(fields)) = (stream.events, view.as_object_mut()) {
        fields.insert("firstEventTimestamp".into(), json!(first));
        fields.insert("lastEventTimestamp".into(), json!(last));
        fields.insert("lastIngestionTime".into(), json!(ingested));
    }
    view
}
