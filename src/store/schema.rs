//! The tables, as a ladder of migrations. Rung n takes a store from format n to n + 1; a released rung never changes.

use rusqlite::Connection;

use super::error::{StoreError, TransactionError};
use feeds_and_articles::{ANSWERS, ENCLOSURES, FEEDS_AND_ARTICLES, FULL_TEXTS, READER_CHOICES};

mod feeds_and_articles;

/// `iacs`: tells a store from the databases of other programs.
const APPLICATION_ID: i64 = 0x6961_6373;

/// One rung per format.
const MIGRATIONS: &[&str] = &[
    RUNS_AND_JOURNALS,
    FEEDS_AND_ARTICLES,
    GROUP_SETS,
    RUN_VERSIONS,
    ANSWERS,
    QUERIES,
    SAVED_LISTS,
    ENCLOSURES,
    RUN_NOTES,
    READER_CHOICES,
    FULL_TEXTS,
];

/// Times are RFC 3339 in UTC with nine decimals, so that text order is time order. A journal refers to no row of
/// `runs`: it must outlive a run that is deleted.
const RUNS_AND_JOURNALS: &str = "
CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    started TEXT NOT NULL,
    origin TEXT NOT NULL -- JSON, without samples
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_by_start ON runs (started, id);
CREATE INDEX runs_by_name ON runs (name);

CREATE TABLE samples (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    memory_mb INTEGER NOT NULL,
    sample TEXT NOT NULL, -- JSON
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE journals (
    run TEXT NOT NULL PRIMARY KEY,
    started TEXT NOT NULL,
    original TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
    run TEXT NOT NULL REFERENCES journals (run) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    step TEXT NOT NULL, -- JSON
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
";

/// Groups stand in their own rows, so that a name may hold any character.
const GROUP_SETS: &str = "
CREATE TABLE group_sets (
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    log_group TEXT NOT NULL,
    PRIMARY KEY (name, number)
) STRICT, WITHOUT ROWID;
";

/// Entries stand in their own rows, so that one may hold any character.
const SAVED_LISTS: &str = "
CREATE TABLE saved_lists (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (kind, name, number)
) STRICT, WITHOUT ROWID;
";

/// `ended` is when the version was deleted; it is missing while the run's journal is open.
const RUN_VERSIONS: &str = "
CREATE TABLE run_versions (
    function_arn TEXT NOT NULL,
    version TEXT NOT NULL,
    run TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    PRIMARY KEY (function_arn, version, run)
) STRICT, WITHOUT ROWID;
";

/// A query that was only asked has no name; of those, a larger number is a later one.
const QUERIES: &str = "
CREATE TABLE queries (
    number INTEGER PRIMARY KEY,
    name TEXT UNIQUE,
    query TEXT NOT NULL,
    log_groups TEXT NOT NULL, -- JSON
    at TEXT NOT NULL
) STRICT;
";

const RUN_NOTES: &str = "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';";

/// The newest format this program knows.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Refuses a store of a newer program and a database of another one; changes nothing.
pub(super) fn inspect(connection: &Connection, path: &str) -> Result<(), TransactionError> {
    let found = version(connection)?;
    let owner: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let fresh = owner == 0 && found == 0 && tables == 0;
    if owner != APPLICATION_ID && !fresh {
        return Err(foreign(path));
    }
    refuse_newer(found, path)
}

/// Refuses when another process has moved the store on since it was opened.
pub(super) fn refuse_changed(connection: &Connection, path: &str) -> Result<(), TransactionError> {
    refuse_newer(version(connection)?, path)
}

/// Climbs the ladder; call it inside one exclusive transaction, after [`inspect`].
pub(super) fn migrate(connection: &Connection) -> rusqlite::Result<()> {
    let found = version(connection)?;
    let done = usize::try_from(found).unwrap_or_default();
    for rung in MIGRATIONS.iter().skip(done) {
        connection.execute_batch(rung)?;
    }
    if found < known() {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", known())?;
    }
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn refuse_newer(found: i64, path: &str) -> Result<(), TransactionError> {
    if (0..=known()).contains(&found) {
        return Ok(());
    }
    Err(TransactionError::Told(StoreError::Newer {
        path: path.to_owned(),
        found,
        known: known(),
    }))
}

fn foreign(path: &str) -> TransactionError {
    TransactionError::Told(StoreError::Foreign {
        path: path.to_owned(),
    })
}
