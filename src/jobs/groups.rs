//! The log groups of the account, page by page.

use super::listing::READS;
use crate::aws::{AwsError, LogsClient};
use crate::logs::LogGroup;
use crate::task::retry;

/// All groups whose names begin with `prefix`, in order of name.
///
/// # Errors
/// [`AwsError`] of a page that fails, [`AwsError::Garbled`] when the pages go round in a circle.
pub async fn list_groups(logs: &LogsClient, prefix: &str) -> Result<Vec<LogGroup>, AwsError> {
    let mut pages = Pages::of(logs, prefix);
    let mut groups = Vec::new();
    while let Some(page) = pages.next().await? {
        groups.extend(page);
    }
    Ok(groups)
}

/// The pages of a list of groups, one after the other.
pub(super) struct Pages<'a> {
    logs: &'a LogsClient,
    prefix: &'a str,
    /// The tokens so far: the service's pages can go round in a circle.
    tokens: Vec<String>,
    is_over: bool,
}

impl<'a> Pages<'a> {
    /// The groups whose names begin with `prefix`.
    pub(super) const fn of(logs: &'a LogsClient, prefix: &'a str) -> Self {
        Self {
            logs,
            prefix,
            tokens: Vec::new(),
            is_over: false,
        }
    }

    /// The next page; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<LogGroup>>, AwsError> {
        if self.is_over {
            return Ok(None);
        }
        let read = || self.logs.groups(self.prefix, &self.tokens);
        let page = retry(READS, AwsError::is_transient, read).await?;
        self.is_over = page.next.is_none();
        self.tokens.extend(page.next);
        Ok(Some(page.groups))
    }
}
