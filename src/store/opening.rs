//! Opening a store: directory, file, format and settings, in an order that is safe with several processes at once.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::database::Database;
use super::error::{StoreError, TransactionError};
use super::{functions, private, schema};

/// The name of the database file in the data directory.
pub const FILE_NAME: &str = "iacstone.db";

const DOING: &str = "open the store";
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(10);

/// Opens (or creates) the store in a directory.
pub(super) fn open(directory: &Path) -> Result<Database, StoreError> {
    private::directory(directory)?;
    let path = directory.join(FILE_NAME);
    let shown = path.display().to_string();
    let _turn = wait_for_turn(directory, &shown)?;
    restrict_files(&path)?;
    if !path.exists() {
        // SQLite gives its log files the permissions of this one.
        drop(private::file(&path)?);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags)
        .map_err(|cause| StoreError::from_sqlite(DOING, &shown, cause))?;
    prepare(connection, shown)
}

/// Opens a store without a file.
pub(super) fn in_memory() -> Result<Database, StoreError> {
    let shown = String::from("memory");
    let connection = Connection::open_in_memory()
        .map_err(|cause| StoreError::from_sqlite(DOING, &shown, cause))?;
    prepare(connection, shown)
}

fn prepare(mut connection: Connection, path: String) -> Result<Database, StoreError> {
    match settle(&mut connection, &path) {
        Ok(()) => Ok(Database::new(connection, path)),
        Err(TransactionError::Told(error)) => Err(error),
        Err(TransactionError::Sqlite(cause)) => Err(StoreError::from_sqlite(DOING, &path, cause)),
    }
}

/// Looks before it touches: a file that is not ours is left as it is.
fn settle(connection: &mut Connection, path: &str) -> Result<(), TransactionError> {
    connection.busy_timeout(PATIENCE)?;
    schema::inspect(connection, path)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" && mode != "memory" {
        tracing::warn!(path, mode, "the store has no write-ahead log here");
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    functions::register(connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::migrate(&transaction)?;
    transaction.commit()?;
    Ok(())
}

fn restrict_files(path: &Path) -> Result<(), StoreError> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        private::restrict(&PathBuf::from(name))?;
    }
    Ok(())
}

/// One process (and one thread) opens at a time: creating the file, closing it again and switching to the write-ahead
/// log are not safe side by side. The lock ends when the file is dropped.
fn wait_for_turn(directory: &Path, store: &str) -> Result<File, StoreError> {
    let path = directory.join("opening.lock");
    let file = private::file(&path)?;
    let since = Instant::now();
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(Errno::WOULDBLOCK | Errno::INTR) if since.elapsed() < PATIENCE => sleep(PAUSE),
            Err(Errno::WOULDBLOCK | Errno::INTR) => {
                return Err(StoreError::Busy {
                    doing: DOING,
                    path: store.to_owned(),
                });
            }
            Err(error) => return Err(private::unwritable(&path, io::Error::from(error))),
        }
    }
}

#[cfg(test)]
mod tests;
