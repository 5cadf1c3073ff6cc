//! `DescribeLogGroups`, `CreateLogGroup`, `DeleteLogGroup`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::arn::AccountRegion;
use super::super::errors::ApiError;
use super::super::page::ListPage;
use super::super::request::WireRequest;
use super::errors::{exists, invalid, no_group};
use super::group::{Class, StoredGroup};
use super::name;
use crate::logs::{group_name, is_arn};

/// The most groups of one page.
const LARGEST_PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct DescribeLogGroupsInput {
    log_group_name_prefix: Option<String>,
    log_group_name_pattern: Option<String>,
    log_group_identifiers: Option<Vec<String>>,
    log_group_class: Option<Class>,
    include_linked_accounts: bool,
    next_token: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GroupNameInput {
    log_group_name: String,
    log_group_class: Class,
}

/// `DescribeLogGroups`, in order of name.
pub(super) fn describe(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: DescribeLogGroupsInput = call.json()?;
    if question.log_group_name_prefix.is_some() && question.log_group_name_pattern.is_some() {
        return Err(invalid(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
        ));
    }
    let size = name::limit(question.limit, LARGEST_PAGE)?;
    let (now_ms, place) = (account.now_ms(), account.place());
    let state = account.state();
    let groups = state.logs.groups.iter();
    let found = groups
        .filter(|(name, group)| question.wants(place, name, group.class))
        .map(|(name, group)| (name.clone(), view(place, name, group, now_ms)))
        .collect();
    let page = ListPage::after(found, false, question.next_token.as_deref(), size);
    let page = page.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
    let mut answer = json!({ "logGroups": page.items });
    if let (Some(token), Some(fields)) = (page.next, answer.as_object_mut()) {
        fields.insert("nextToken".into(), json!(token));
    }
    Ok(answer)
}

/// `CreateLogGroup`.
pub(super) fn create(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let GroupNameInput {
        log_group_name,
        log_group_class,
    } = call.json()?;
    name::check_group(&log_group_name)?;
    let now_ms = account.now_ms();
    let mut state = account.state();
    if !state.logs.create(&log_group_name, now_ms) {
        return Err(exists("The specified log group already exists"));
    }
    if let Some(group) = state.logs.groups.get_mut(&log_group_name) {
        group.class = log_group_class;
    }
    Ok(())
}

/// `DeleteLogGroup`; its events go with it.
pub(super) fn delete(account: &Account, call: &WireRequest) -> Result<(), ApiError> {
    let GroupNameInput { log_group_name, .. } = call.json()?;
    name::check_group(&log_group_name)?;
    let removed = account.state().logs.groups.remove(&log_group_name);
    removed.map(drop).ok_or_else(no_group)
}

impl DescribeLogGroupsInput {
    fn wants(&self, place: &AccountRegion, key: &str, class: Class) -> bool {
        let name = group_name(key);
        let prefix = self.log_group_name_prefix.as_deref().unwrap_or_default();
        let pattern = self.log_group_name_pattern.as_deref().unwrap_or_default();
        let listed = self.log_group_identifiers.as_ref().is_none_or(|listed| {
            let arn = arn(place, key);
            listed.iter().any(|one| one == name || *one == arn)
        });
        let is_of_class = self.log_group_class.is_none_or(|wanted| wanted == class);
        let is_here = self.include_linked_accounts || !is_arn(key);
        is_here && listed && is_of_class && name.starts_with(prefix) && name.contains(pattern)
    }
}

/// The ARN of a group; one of a linked account is kept under it.
fn arn(place: &AccountRegion, key: &str) -> String {
    if is_arn(key) {
        return key.to_owned();
    }
    place.log_group(key)
}

/// A group as the service shows it, with its ARN in both forms.
fn view(place: &AccountRegion, key: &str, group: &StoredGroup, now_ms: i64) -> Value {
    let arn = arn(place, key);
    let mut view = json!({
        "logGroupName": group_name(key),
        "creationTime": group.created_ms,
        "metricFilterCount": 0,
        "arn": format!("{arn}:*"),
        "storedBytes": group.stored_bytes(key, now_ms),
        "logGroupClass": group.class,
        "logGroupArn": arn,
    });
    if let (Some(days), Some(fields)) = (group.retention_days, view.as_object_mut()) {
        fields.insert("retentionInDays".into(), json!(days));
    }
    view
}
