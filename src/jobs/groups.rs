//! The log groups of the account, page by page.

use super::listing::READS;
use crate::aws::{AwsError, Logs};
use crate::logs::Group;
use crate::task::retry;

/// All groups whose names begin with `prefix`, in order of name.
///
/// # Errors
/// [`AwsError`] of a page that fails, [`AwsError::Garbled`] when the pages go round in a circle.
pub async fn list_groups(logs: &Logs, prefix: &str) -> Result<Vec<Group>, AwsError> {
    let (mut groups, mut tokens) = (Vec::new(), Vec::new());
    loop {
        let read = || logs.groups(prefix, &tokens);
        let page = retry(READS, AwsError::is_transient, read).await?;
        groups.extend(page.groups);
        match page.next {
            Some(next) => tokens.push(next),
            None => return Ok(groups),
        }
    }
}
