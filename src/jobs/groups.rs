//! The log groups of the account, and of those linked to it, page by page.

use futures::{FutureExt, StreamExt, stream};

use super::account::Connection;
use super::listing::READS;
use super::problem::failed;
use crate::aws::{AwsError, GroupScope, LogsClient};
use crate::effect::JobReport;
use crate::logs::{EDGE_REGIONS, LogGroup, edge_group_of};
use crate::task::retry;

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
    let mut pages = Pages::of(logs, prefix, scope);
    let mut groups = Vec::new();
    while let Some(page) = pages.next().await? {
        groups.extend(page);
    }
    Ok(groups)
}

/// Regions that are asked at once.
const AT_ONCE: usize = 4;

/// Looks for the groups that Lambda@Edge writes to for a function, in all regions but the session's.
pub(super) async fn find_edge_groups(connection: &Connection, function: &str) -> JobReport {
    let logs = match connection.session().await {
        Ok(session) => session.logs(),
        Err(error) => return failed(error),
    };
    let name = edge_group_of(function);
    let mut asked = Vec::new();
    for region in EDGE_REGIONS {
        if region != logs.region() {
            asked.push(named_in(logs.in_region(region), name.clone()).boxed());
        }
    }
    let answers: Vec<_> = stream::iter(asked).buffered(AT_ONCE).collect().await;
    let (mut found, mut unasked) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Ok(groups) => found.extend(groups),
            Err(why) => unasked.push(why),
        }
    }
    JobReport::EdgeGroups(found, unasked)
}

/// The group of this name in a region, or why that could not be asked.
async fn named_in(there: LogsClient, name: String) -> Result<Vec<LogGroup>, String> {
    let listed = list_groups(&there, &name, GroupScope::Own).await;
    let mut groups = listed.map_err(|error| format!("{}: {error}", there.region()))?;
    let is_there = |group: &LogGroup| group.home().is_some_and(|it| it.region == there.region());
    groups.retain(|group| group.name == name && is_there(group));
    Ok(groups)
}

/// The pages of a list of groups, one after the other: the account's own, which tell more, come first.
pub(super) struct Pages<'a> {
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

impl<'a> Pages<'a> {
    /// The groups whose names begin with `prefix`.
    pub(super) const fn of(logs: &'a LogsClient, prefix: &'a str, scope: GroupScope) -> Self {
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
    pub(super) async fn next(&mut self) -> Result<Option<Vec<LogGroup>>, AwsError> {
        let Some(listed) = self.listed else {
            return Ok(None);
        };
        let read = || self.logs.groups(self.prefix, listed, &self.tokens);
        let page = retry(READS, AwsError::is_transient, read).await?;
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
