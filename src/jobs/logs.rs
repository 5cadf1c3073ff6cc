//! Log groups, their saved sets, and tails.

use tokio::sync::mpsc;

use super::account::{Connection, failed};
use super::listing::READS;
use crate::app::Report;
use crate::aws::AwsError;
use crate::logs::Wanted;
use crate::store::Store;
use crate::tail::{self, Clock};
use crate::task::{Context, retry};

/// What a tail tells that may wait to be passed on; it has a longer queue of its own behind.
const TOLD: usize = 4;

/// Lists the log groups, a report per page.
pub(super) async fn list_groups(connection: &Connection, context: &Context<Report>) -> Report {
    let listing = async {
        let logs = connection.session().await?.logs();
        let mut tokens = Vec::new();
        loop {
            let page = retry(READS, AwsError::is_transient, || logs.groups("", &tokens)).await?;
            context.report(Report::Groups(page.groups)).await;
            match page.next {
                Some(next) => tokens.push(next),
                None => return Ok(Report::Done),
            }
        }
    };
    listing.await.unwrap_or_else(failed)
}

/// Follows log groups; everything the tail tells becomes a report.
pub(super) async fn follow(
    connection: &Connection,
    wanted: Wanted,
    context: &Context<Report>,
) -> Report {
    let logs = match connection.session().await {
        Ok(session) => session.logs(),
        Err(error) => return failed(error),
    };
    let (sender, mut told) = mpsc::channel(TOLD);
    let stop = context.cancellation().clone();
    let following = tail::follow(&logs, wanted, sender, stop, Clock::system());
    let passing = async {
        while let Some(news) = told.recv().await {
            context.report(Report::Tail(Box::new(news))).await;
        }
    };
    let (ended, ()) = tokio::join!(following, passing);
    ended.map_or_else(failed, |()| Report::Done)
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
