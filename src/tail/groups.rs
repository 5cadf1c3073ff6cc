//! The log groups of the account, and of those linked to it: all of them, those that fit a wildcard, those an ARN means.

use std::collections::BTreeSet;

use crate::aws::{AwsError, GroupScope, LogsClient};
use crate::logs::{Glob, GroupAddress, LogGroup, group_spellings};
use crate::task::{Backoff, retry};

/// All groups of the region whose names begin with `prefix`, in order of name; then those of linked accounts, if they are
/// wanted.
///
/// # Errors
/// [`AwsError`] of a page that fails, [`AwsError::Garbled`] when the pages go round in a circle.
pub async fn list_groups(
    logs: &LogsClient,
    prefix: &str,
    scope: GroupScope,
) -> Result<Vec<LogGroup>, AwsError> {
    let mut pages = GroupPages::of(logs, prefix, scope);
    let mut groups = Vec::new();
    while let Some(page) = pages.next().await? {
        groups.extend(page);
    }
    Ok(groups)
}

/// The groups whose whole names fit a word with wildcards.
///
/// # Errors
/// When groups cannot be listed.
pub async fn groups_named(
    logs: &LogsClient,
    word: &str,
    scope: GroupScope,
) -> Result<Vec<LogGroup>, AwsError> {
    let mut groups = list_groups(logs, Glob::prefix(word), scope).await?;
    let glob = Glob::of_name(word);
    groups.retain(|group| glob.matches(&group.name));
    Ok(groups)
}

/// The groups that fit a word with wildcards: by their names, or without a slash also by their functions' names.
///
/// # Errors
/// When groups cannot be listed.
pub async fn groups_meant(
    logs: &LogsClient,
    word: &str,
    scope: GroupScope,
) -> Result<Vec<LogGroup>, AwsError> {
    let mut found = Vec::new();
    for spelling in group_spellings(word) {
        found.extend(groups_named(logs, &spelling, scope).await?);
    }
    let mut known = BTreeSet::new();
    found.retain(|group| known.insert(group.key().to_owned()));
    Ok(found)
}

/// The groups an address means, of the account itself or of one linked to it, and the session's account where that was told.
///
/// # Errors
/// When groups cannot be listed.
pub async fn groups_addressed(
    logs: &LogsClient,
    address: &GroupAddress,
) -> Result<(Vec<LogGroup>, Option<String>), AwsError> {
    let there = logs.in_region(&address.home.region);
    let mut groups = list_groups(&there, Glob::prefix(&address.name), GroupScope::Linked).await?;
    groups.retain(|group| address.means(group));
    let own = groups.iter().find(|group| group.is_own);
    let account = own.and_then(LogGroup::home).map(|home| home.account);
    Ok((groups, account))
}

/// The pages of a list of groups, one after the other: the account's own, which tell more, come first.
#[derive(Debug)]
pub struct GroupPages<'a> {
    logs: &'a LogsClient,
    prefix: &'a str,
    scope: GroupScope,
    /// What is listed now; `None` after the last page.
    listed: Option<GroupScope>,
    /// The tokens so far: the service's pages can go round in a circle.
    tokens: Vec<String>,
    /// The account's number, once one of its groups told it.
    own: Option<String>,
}

impl<'a> GroupPages<'a> {
    /// The groups whose names begin with `prefix`.
    #[must_use]
    pub const fn of(logs: &'a LogsClient, prefix: &'a str, scope: GroupScope) -> Self {
        Self {
            logs,
            prefix,
            scope,
            listed: Some(GroupScope::Own),
            tokens: Vec::new(),
            own: None,
        }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// [`AwsError`] of a page that fails, [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn next(&mut self) -> Result<Option<Vec<LogGroup>>, AwsError> {
        let Some(listed) = self.listed else {
            return Ok(None);
        };
        let read = || self.logs.groups(self.prefix, listed, &self.tokens);
        let page = retry(Backoff::READS, AwsError::is_transient, read).await?;
        if let Some(next) = page.next {
            self.tokens.push(next);
        } else {
            self.tokens.clear();
            self.listed = Some(self.scope).filter(|wanted| *wanted != listed);
        }
        let mut groups = page.groups;
        let account = |group: &LogGroup| group.home().map(|home| home.account);
        match listed {
            GroupScope::Own => {
                let own = groups.iter().find_map(account);
                self.own = self.own.take().or(own);
            }
            // The own ones are listed again here.
            GroupScope::Linked => {
                groups.retain(|group| account(group).is_some_and(|it| Some(it) != self.own));
            }
        }
        Ok(Some(groups))
    }
}
