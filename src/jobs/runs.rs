//! Saved runs: load, import, export.

use std::fs;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use crate::app::Report;
use crate::power::{Run, RunId, document};
use crate::store::{Store, StoreError};
use crate::task::Context;

/// A run in a file is at most this large, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Loads every saved run and the journals of runs that were cut off.
pub(super) async fn load(store: &Store, context: &Context<Report>) -> Report {
    let loaded = async {
        let (runs, unread_runs) = store.runs().await?;
        let (journals, unread_journals) = store.open_journals().await?;
        Ok((runs, journals, [unread_runs, unread_journals].concat()))
    };
    match loaded.await {
        Ok((runs, journals, unread)) => {
            context.report(Report::Runs(runs, journals)).await;
            if unread.is_empty() {
                Report::Done
            } else {
                Report::Failed(unread.join("\n"))
            }
        }
        Err(error) => ended(Err(error)),
    }
}

/// The last report of a write to the store.
pub(super) fn ended(result: Result<(), StoreError>) -> Report {
    result.map_or_else(|error| Report::Failed(error.to_string()), |()| Report::Done)
}

/// Reads runs from a link or a file and saves them.
pub(super) async fn import(store: &Store, source: &str, context: &Context<Report>) -> Report {
    let runs = match import_runs(source) {
        Ok(runs) => runs,
        Err(sentence) => return Report::Failed(sentence),
    };
    for run in runs {
        if let Err(error) = store.save_run(&run).await {
            return ended(Err(error));
        }
        context.report(Report::Imported(Box::new(run))).await;
    }
    Report::Done
}

/// Writes a run to a new file.
pub(super) fn export(run: &Run, path: &str) -> Report {
    match export_run(run, Path::new(path), false) {
        Ok(()) => Report::Exported(path.to_owned()),
        Err(sentence) => Report::Failed(sentence),
    }
}
