//! Log groups, their saved sets, and tails.

use super::account::Connection;
use crate::app::Report;
use crate::logs::Wanted;
use crate::store::Store;
use crate::task::Context;

pub(super) async fn list_groups(_connection: &Connection, _context: &Context<Report>) -> Report {
    Report::Failed("Log groups cannot be listed by this build.".to_owned())
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
