//! `PutRetentionPolicy` and `DeleteRetentionPolicy`: a policy is kept and shown; no event is deleted by it.

use serde::Deserialize;

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::request::WireRequest;
use super::errors::{invalid, no_group};
use super::name;

/// The retentions there are, in days.
const DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct RetentionInput {
    log_group_name: String,
    retention_in_days: u32,
}

/// `PutRetentionPolicy`.
pub(super) fn put(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let policy: RetentionInput = call.json()?;
    let days = policy.retention_in_days;
    if !DAYS.contains(&days) {
        return Err(invalid(format!(
            "The retention of {days} days is invalid; valid values are {DAYS:?}."
        )));
    }
    set(account, &policy.log_group_name, Some(days))
}

/// `DeleteRetentionPolicy`: the events are kept for ever.
pub(super) fn delete(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let policy: RetentionInput = call.json()?;
    set(account, &policy.log_group_name, None)
}

fn set(account: &Account, group: &str, days: Option<u32>) -> Result<(), ApiError> {
    name::check_group(group)?;
    let mut state = account.state();
    let group = state.logs.groups.get_mut(group).ok_or_else(no_group)?;
    group.retention_days = days;
    Ok(())
}
