//! `GetLogRecord`: every field of the event that a `@ptr` of a query's row points to.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::insights;
use super::super::request::WireRequest;
use super::errors::{invalid, missing};
use super::event::{EventPosition, fingerprint};
use super::scan::{Direction, Stretch};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GetLogRecordInput {
    log_record_pointer: String,
}

/// `GetLogRecord`. A pointer is the event's id, which holds its place and the fingerprint of its group.
pub(super) fn record(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let GetLogRecordInput { log_record_pointer } = call.json()?;
    let pointed = EventPosition::of_id(&log_record_pointer);
    let (from, owner) =
        pointed.ok_or_else(|| invalid("The specified log record pointer is invalid."))?;
    let gone = || missing("The specified log record does not exist.");
    let stretch = Stretch {
        from,
        until: from.next(),
        direction: Direction::Forward,
        now_ms: account.now_ms(),
        most: 1,
    };
    let state = account.state();
    let mut names = state.logs.groups.keys();
    let group = names.find(|name| fingerprint(&[name]) == owner);
    let group = group.cloned().ok_or_else(gone)?;
    let mut scan = state.logs.scan(&group, stretch);
    drop(state);
    let event = scan.next().ok_or_else(gone)?;
    let fields = insights::record(&account.place().account, &group, &event);
    let fields: serde_json::Map<String, Value> = fields
        .into_iter()
        .map(|(name, text)| (name, json!(text)))
        .collect();
    Ok(json!({ "logRecord": fields }))
}
