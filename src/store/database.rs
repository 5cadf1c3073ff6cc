//! The one connection, and the transactions everything goes through.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::{StoreError, TransactionError};
use super::schema;
use super::turnstile::Disk;

/// What a committed write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// The death of the process.
    Process,
    /// Loss of power as well: the disk has confirmed it.
    Machine,
}

impl Durability {
    /// `SQLite`'s word for it in write-ahead mode.
    const fn synchronous(self) -> &'static str {
        match self {
            Self::Process => "NORMAL",
            Self::Machine => "FULL",
        }
    }
}

/// An open store; every method blocks.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    path: String,
    durability: Durability,
}

impl Database {
    /// Takes a connection that is set to [`Durability::Machine`]; `path` is its file, for messages.
    pub(super) const fn new(connection: Connection, path: String) -> Self {
        Self {
            connection,
            path,
            durability: Durability::Machine,
        }
    }

    /// Runs `work` on one consistent state of the store.
    pub(super) fn read<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, TransactionError>,
    ) -> Result<T, StoreError> {
        self.transact(doing, TransactionBehavior::Deferred, work)
    }

    /// Runs `work` as the only writer: all of it happens, or nothing.
    pub(super) fn write<T>(
        &mut self,
        doing: &'static str,
        durability: Durability,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, TransactionError>,
    ) -> Result<T, StoreError> {
        self.set_durability(durability)
            .map_err(|cause| StoreError::from_sqlite(doing, &self.path, cause))?;
        self.transact(doing, TransactionBehavior::Immediate, work)
    }

    /// Reads the whole file and checks its structure.
    pub(super) fn check(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.read("check the store", |on| {
            let finding: String = on.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            if finding == "ok" {
                return Ok(());
            }
            Err(TransactionError::Told(StoreError::Damaged {
                path,
                finding,
            }))
        })
    }

    /// Folds the write-ahead log into the file and closes it.
    pub(super) fn close(self) -> Result<(), StoreError> {
        self.connection.close().map_err(|(_connection, cause)| {
            StoreError::from_sqlite("close the store", &self.path, cause)
        })
    }

    /// Makes the disk refuse or take writes, as far as this connection is concerned.
    pub(super) fn set_disk(&mut self, disk: Disk) -> rusqlite::Result<()> {
        self.connection
            .pragma_update(None, "query_only", disk == Disk::Refusing)
    }

    fn transact<T>(
        &mut self,
        doing: &'static str,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, TransactionError>,
    ) -> Result<T, StoreError> {
        let path = &self.path;
        let outcome = self
            .connection
            .transaction_with_behavior(behavior)
            .map_err(TransactionError::from)
            .and_then(|transaction| {
                schema::refuse_changed(&transaction, path)?;
                let value = work(&transaction)?;
                transaction.commit()?;
                Ok(value)
            });
        outcome.map_err(|trouble| match trouble {
            TransactionError::Told(error) => error,
            TransactionError::Sqlite(cause) => StoreError::from_sqlite(doing, path, cause),
        })
    }

    fn set_durability(&mut self, wanted: Durability) -> rusqlite::Result<()> {
        if self.durability != wanted {
            self.connection
                .pragma_update(None, "synchronous", wanted.synchronous())?;
            self.durability = wanted;
        }
        Ok(())
    }

    /// The connection itself, to set traps in tests.
    #[cfg(test)]
    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }
}
