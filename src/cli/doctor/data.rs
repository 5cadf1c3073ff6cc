//! The data directory and the store in it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::super::context::CommandContext;
use super::check::Check;
use crate::power::Journal;
use crate::store::{FILE_NAME, RunLock, Store};

/// Permissions of others than the owner.
const OTHERS: u32 = 0o077;

/// Looks at the directory, the store and the open journals.
pub(super) async fn checks(context: &CommandContext) -> Vec<Check> {
    let store = match context.store() {
        Ok(store) => store,
        Err(failure) => return vec![Check::fail("data", failure.sentence)],
    };
    let mut checks = vec![store.directory().map_or_else(thrown_away, privacy)];
    checks.push(match store.check().await {
        Ok(()) => contents(&store).await,
        Err(error) => Check::fail("store", error.to_string()),
    });
    checks.push(match store.journals().all().await {
        Ok((journals, unread)) if unread.is_empty() => cut_off(context.kept_dir(), &journals),
        Ok((_, unread)) => Check::warn("journals", unread.join(" "), "use a newer iacstone"),
        Err(error) => Check::fail("journals", error.to_string()),
    });
    checks
}

fn thrown_away() -> Check {
    Check::ok("data", "kept in memory until the demo ends")
}

fn privacy(directory: &Path) -> Check {
    let file = directory.join(FILE_NAME);
    let path = file.display();
    match fs::metadata(&file) {
        Ok(found) if found.permissions().mode() & OTHERS == 0 => {
            Check::ok("data", format!("'{path}' is readable by you alone"))
        }
        Ok(_) => Check::warn(
            "data",
            format!("others on this machine can read '{path}'"),
            format!("chmod 600 '{path}'"),
        ),
        Err(error) => Check::fail("data", format!("'{path}' cannot be looked at: {error}"))
            .with_remedy("name another place with --data-dir"),
    }
}

async fn contents(store: &Store) -> Check {
    match store.runs().all().await {
        Ok((runs, unread)) if unread.is_empty() => Check::ok(
            "store",
            match runs.len() {
                0 => "sound; no run is saved yet".to_owned(),
                1 => "sound; 1 saved run".to_owned(),
                count => format!("sound; {count} saved runs"),
            },
        ),
        Ok((_, unread)) => Check::warn("store", unread.join(" "), "use a newer iacstone"),
        Err(error) => Check::fail("store", error.to_string()),
    }
}

fn cut_off(directory: Option<&Path>, journals: &[Journal]) -> Check {
    let dead = |journal: &&Journal| {
        let lock = directory.map(|directory| RunLock::acquire(directory, &journal.run));
        !matches!(lock, Some(Ok(None)))
    };
    let dead: Vec<&Journal> = journals.iter().filter(dead).collect();
    if dead.is_empty() {
        return Check::ok(
            "journals",
            match journals.len() {
                0 => "no run was cut off".to_owned(),
                count => format!("no run was cut off; {count} under way"),
            },
        );
    }
    let runs: Vec<String> = dead
        .iter()
        .map(|journal| format!("{} of '{}'", journal.run, journal.original.function_arn))
        .collect();
    Check::warn(
        "journals",
        format!("cut off, with something left to undo: {}", runs.join(", ")),
        "iacstone runs recover",
    )
}
