//! `ListLogGroups`: names, ARNs and classes, chosen by a pattern.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::page::ListPage;
use super::super::request::WireRequest;
use super::errors::invalid;
use super::group::Class;
use super::name;

/// The most groups of one page, and how many there are when nobody says.
const LARGEST_PAGE: usize = 1000;
const USUAL_PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ListLogGroupsInput {
    log_group_name_pattern: Option<String>,
    log_group_class: Option<Class>,
    next_token: Option<String>,
    limit: Option<i64>,
}

/// `ListLogGroups`, in order of name.
pub(super) fn list(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: ListLogGroupsInput = call.json()?;
    let size = name::limit(question.limit.or(Some(USUAL_PAGE)), LARGEST_PAGE)?;
    let state = account.state();
    let groups = state.logs.groups.iter();
    let found = groups
        .filter(|(name, group)| question.wants(name, group.class))
        .map(|(name, group)| {
            let view = json!({
                "logGroupName": name,
                "logGroupArn": account.place().log_group(name),
                "logGroupClass": group.class,
            });
            (name.clone(), view)
        })
        .collect();
    let page = ListPage::after(found, false, question.next_token.as_deref(), size);
    let page = page.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
    Ok(json!({ "logGroups": page.items, "nextToken": page.next }))
}

impl ListLogGroupsInput {
    /// Any of the alternatives between `|` is in the name, or begins it behind `^`.
    fn wants(&self, name: &str, class: Class) -> bool {
        let pattern = self.log_group_name_pattern.as_deref().unwrap_or_default();
        let mut parts = pattern.split('|');
        let is_named = parts.any(|part| match part.strip_prefix('^') {
            Some(prefix) => name.starts_with(prefix),
            None => name.contains(part),
        });
        is_named && self.log_group_class.is_none_or(|wanted| wanted == class)
    }
}
