//! What can go wrong with the store, in sentences a user can act on.

use std::io;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// Why the store did not do what it was asked to. Nothing was changed in the store when one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory, a lock file or the database file cannot be made or written.
    #[error(
        "cannot write '{path}': {cause}; make it writable or name another place with --data-dir"
    )]
    Unwritable {
        /// The file or directory.
        path: String,
        /// The system's reason.
        cause: io::Error,
    },
    /// `SQLite` cannot open or write the file.
    #[error(
        "cannot {doing}: the store '{path}' is not writable ({cause}); make it writable or name another place with --data-dir"
    )]
    ReadOnly {
        /// What was tried.
        doing: &'static str,
        /// The database file.
        path: String,
        /// `SQLite`'s reason.
        cause: rusqlite::Error,
    },
    /// A later iacstone changed the store.
    #[error(
        "the store '{path}' has format {found}, this iacstone knows formats up to {known}; use the newer iacstone, or name another place with --data-dir"
    )]
    Newer {
        /// The database file, left as it is.
        path: String,
        /// The format found.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The file holds something else than a database.
    #[error("'{path}' is not a database; move it away, or name another place with --data-dir")]
    NotADatabase {
        /// The file, left as it is.
        path: String,
    },
    /// The file is a database of another program.
    #[error(
        "'{path}' is the database of another program; move it away, or name another place with --data-dir"
    )]
    Foreign {
        /// The file, left as it is.
        path: String,
    },
    /// The database is damaged.
    #[error(
        "the store '{path}' is damaged ({finding}); move it away and start again, or restore a copy"
    )]
    Damaged {
        /// The database file.
        path: String,
        /// What `SQLite` found.
        finding: String,
    },
    /// No space is left.
    #[error("cannot {doing}: no space is left for the store '{path}'; free some and try again")]
    Full {
        /// What was tried.
        doing: &'static str,
        /// The database file.
        path: String,
    },
    /// Another process keeps the store locked.
    #[error(
        "cannot {doing}: another process keeps the store '{path}' locked; wait for it or end it, then try again"
    )]
    Busy {
        /// What was tried.
        doing: &'static str,
        /// The database file.
        path: String,
    },
    /// Any other refusal by `SQLite` or the disk.
    #[error(
        "cannot {doing}: {cause} ('{path}'); check the disk and its free space, then try again"
    )]
    Sqlite {
        /// What was tried.
        doing: &'static str,
        /// The database file.
        path: String,
        /// `SQLite`'s reason.
        cause: rusqlite::Error,
    },
    /// No saved run answers to the text.
    #[error(
        "there is no run '{0}'; `iacstone runs list` shows them, and 'latest', '-2' or a function name one of them"
    )]
    NoSuchRun(String),
    /// Several saved runs answer to the text.
    #[error("'{text}' can be any of these runs: {}; give more of the id", candidates.join(", "))]
    AmbiguousRun {
        /// What was asked for.
        text: String,
        /// Id and name of each, newest first.
        candidates: Vec<String>,
    },
    /// The run has no open journal.
    #[error("run '{0}' has no open journal; nothing of it is left to undo")]
    NoSuchJournal(String),
    /// The run has an open journal already.
    #[error("run '{0}' has an open journal; undo it first with `iacstone runs recover`")]
    JournalExists(String),
    /// No followed feed answers to the text.
    #[error("there is no feed '{0}'; `iacstone feeds list` shows them")]
    NoSuchFeed(String),
    /// Several followed feeds answer to the text.
    #[error("'{text}' can be any of these feeds: {}; give its whole address", candidates.join(", "))]
    AmbiguousFeed {
        /// What was asked for.
        text: String,
        /// The source of each.
        candidates: Vec<String>,
    },
    /// No stored article answers to the text.
    #[error("there is no article '{0}'; `iacstone articles list` shows them")]
    NoSuchArticle(String),
    /// Several stored articles answer to the text.
    #[error("'{text}' can be any of these articles: {}; give more of the id", candidates.join(", "))]
    AmbiguousArticle {
        /// What was asked for.
        text: String,
        /// Id and title of each.
        candidates: Vec<String>,
    },
    /// A row makes no sense to this version.
    #[error("cannot read {what}: {reason}; it stays in the store, a newer iacstone may know it")]
    Unreadable {
        /// The row, for the user: `run 'r…'`.
        what: String,
        /// Why.
        reason: String,
    },
    /// A value would not come back as it is.
    #[error("cannot store {what}: {reason}")]
    Unstorable {
        /// The value, for the user.
        what: String,
        /// Why.
        reason: String,
    },
    /// A run id that cannot name a lock file.
    #[error("'{0}' is not a run id; an id holds letters, digits, '-' and '_', 64 at most")]
    BadRunId(String),
    /// The operating system starts no thread for the store.
    #[error("cannot start the store: {0}; end other programs and try again")]
    Thread(io::Error),
    /// The store was closed, or its thread is gone.
    #[error("the store is closed; start iacstone again")]
    Closed,
}

impl StoreError {
    /// Sorts a refusal by `SQLite` into what the user can do about it.
    pub(super) fn from_sqlite(doing: &'static str, path: &str, cause: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let extended = cause.sqlite_error().map(|error| error.extended_code);
        match cause.sqlite_error_code() {
            _ if extended == Some(SQLITE_IOERR_SHMSIZE) => Self::Full { doing, path },
            Some(ErrorCode::DiskFull) => Self::Full { doing, path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { doing, path },
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                finding: cause.to_string(),
            },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { doing, path, cause }
            }
            _ => Self::Sqlite { doing, path, cause },
        }
    }
}

/// What a piece of work inside a transaction fails with; either way the transaction is rolled back.
pub(super) enum TransactionError {
    /// `SQLite` refused; the transaction says what was being done.
    Sqlite(rusqlite::Error),
    /// A refusal that is a sentence already.
    Told(StoreError),
}

impl From<rusqlite::Error> for TransactionError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for TransactionError {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}
