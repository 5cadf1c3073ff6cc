//! Log groups, their saved sets, and tails.

use super::account::{Connection, failed};
use super::listing::READS;
use crate::app::Report;
use crate::aws::AwsError;
use crate::logs::Wanted;
use crate::store::Store;
use crate::task::{Context, retry};

/// Lists the log groups, a report per page; a page that fails for a passing reason is asked for again.
pub(super) async fn list_groups(connection: &Connection, context: &Context<Report>) -> Report {
    let listing = async {
        let logs = connection.session().await?.logs();
        let mut tokens = Vec::new();
        loop {
            let read = || logs.groups("", &tokens);
            let page = retry(READS, AwsError::is_transient, read).await?;
            context.report(Report::Groups(page.groups)).await;
            match page.next {
                Some(next) => tokens.push(next),
                None => return Ok(Report::Done),
            }
        }
    };
    listing.await.unwrap_or_else(failed)
}

pub(super) async fn follow(_c: &Connection, _wanted: Wanted, _context: &Context<Report>) -> Report {
    Report::Failed("Log groups cannot be followed by this build.".to_owned())
}

/// Loads the saved sets of groups.
pub(super) async fn load_sets(store: &Store, context: &Context<Report>) -> Report {
    match store.group_sets().await {
        Ok(sets) => {
            context.report(Report::Sets(sets)).await;
            Report::Done
        }
        Err(error) => Report::Failed(error.to_string()),
    }
}
