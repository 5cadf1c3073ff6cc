//! The versions that tuning runs published. They outlive the journals, and the runs that the user deletes: the lines that
//! they wrote stay in the log groups.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::database::Database;
use super::encoding::{decode_time, encode_time};
use super::error::{StoreError, TransactionError};
use crate::logs::statistics::RunVersion;
use crate::power::{JournalEntry, RunId};

/// All of them, in the order of their runs.
pub(super) fn all(database: &mut Database) -> Result<Vec<RunVersion>, StoreError> {
    database.read("read the versions of runs", |on| {
        let mut query = on.prepare_cached(
            "SELECT run, function_arn, version, run_versions.started, ended, name
             FROM run_versions LEFT JOIN runs ON runs.id = run ORDER BY run_versions.started",
        )?;
        let rows = query.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
            ))
        })?;
        rows.map(|row| read(row?)).collect()
    })
}

type Stored = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
);

fn read(
    (run, function_arn, version, started, ended, name): Stored,
) -> Result<RunVersion, TransactionError> {
    let at = |text: &str| {
        let time = decode_time(text, || "the versions of runs".to_owned());
        time.map(Timestamp::as_millisecond)
    };
    Ok(RunVersion {
        run: RunId(run),
        name,
        function_arn,
        version,
        from_ms: at(&started)?,
        to_ms: ended.as_deref().map(at).transpose()?,
    })
}

/// Forgets the versions that a run published and did not delete, once nothing of it is left to undo: they are not the run's
/// any more, and somebody else's traffic must not be taken for the run's.
pub(super) fn give_up(on: &Transaction<'_>, run: &str) -> rusqlite::Result<()> {
    on.prepare_cached("DELETE FROM run_versions WHERE run = ?1 AND ended IS NULL")?
        .execute([run])
        .map(drop)
}

/// Keeps what a step of a run's journal tells of versions.
pub(super) fn keep(on: &Transaction<'_>, run: &str, step: &JournalEntry) -> rusqlite::Result<()> {
    match step {
        JournalEntry::Published { version, .. } => on
            .prepare_cached(
                "INSERT OR IGNORE INTO run_versions (function_arn, version, run, started)
                 SELECT original ->> '$.function_arn', ?2, run, started FROM journals WHERE run = ?1",
            )?
            .execute((run, version)),
        JournalEntry::Deleted { version } => on
            .prepare_cached("UPDATE run_versions SET ended = ?3 WHERE run = ?1 AND version = ?2")?
            .execute((run, version, encode_time(Timestamp::now()))),
        _ => Ok(0),
    }
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::power::{JournalEntry, RunId};
    use crate::store::example::{journal, memory, plain};
    use crate::store::runs::rows;
    use crate::store::{journals, opening};

    #[test]
    fn the_versions_of_a_run_are_known_after_its_journal_and_its_record_are_gone() {
        let mut database = opening::in_memory().unwrap();
        let id = RunId("r1".to_owned());
        let mut journal = journal("r1");
        journal.steps.clear();
        rows::save(&mut database, plain("r1")).unwrap();
        journals::begin(&mut database, &journal).unwrap();
        for version in ["36", "38"] {
            let step = JournalEntry::Published {
                version: version.to_owned(),
                memory: memory(512),
            };
            journals::append_step(&mut database, &id, &step).unwrap();
        }
        for version in ["36", "38"] {
            let deleted = JournalEntry::Deleted {
                version: version.to_owned(),
            };
            journals::append_step(&mut database, &id, &deleted).unwrap();
        }
        journals::close(&mut database, &id).unwrap();
        rows::delete(&mut database, &id).unwrap();
        let known = all(&mut database).unwrap();
        let told: Vec<(&str, bool)> = known
            .iter()
            .map(|it| (&*it.version, it.to_ms.is_some()))
            .collect();
        assert_eq!(told, [("36", true), ("38", true)]);
        assert!(
            known
                .iter()
                .all(|it| it.function_arn == journal.original.function_arn)
        );
        assert_eq!(known[0].from_ms, journal.started.as_millisecond());
    }

    #[test]
    fn a_version_that_a_run_did_not_delete_is_its_own_while_its_journal_is_open() {
        let mut database = opening::in_memory().unwrap();
        let id = RunId("r1".to_owned());
        let mut journal = journal("r1");
        journal.steps = vec![JournalEntry::Published {
            version: "37".to_owned(),
            memory: memory(512),
        }];
        rows::save(&mut database, plain("r1")).unwrap();
        journals::begin(&mut database, &journal).unwrap();
        let known = all(&mut database).unwrap();
        assert_eq!((&*known[0].version, known[0].to_ms), ("37", None));
        journals::close(&mut database, &id).unwrap();
        assert!(all(&mut database).unwrap().is_empty());
    }
}
