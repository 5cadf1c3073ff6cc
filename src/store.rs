//! The user's data: runs, the tuning journal, feeds and articles, in `SQLite`.
//!
//! One thread owns the one connection and serves requests in order, so the runtime never blocks on a disk. Several
//! processes may use one store: `SQLite`'s write-ahead log keeps them apart, and [`RunLock`] tells which runs are alive.
//! Invariant: what a call reported as written survives a crash of the process; journal steps and saved runs also
//! survive a crash of the machine.

mod compression;
mod database;
mod encoding;
mod error;
#[cfg(test)]
mod example;
mod functions;
mod group_sets;
mod journals;
mod lock;
mod opening;
mod private;
mod queries;
mod reading;
mod run_versions;
mod runs;
mod saved_lists;
mod schema;
mod turnstile;
mod writer;

use std::path::Path;
use std::sync::Arc;

use database::Database;
use writer::Writer;

pub use error::StoreError;
pub use group_sets::GroupSetStore;
pub use journals::JournalStore;
pub use lock::RunLock;
pub use opening::FILE_NAME;
pub use queries::QueryStore;
pub use reading::{ArticleStore, FeedStore};
pub use runs::RunStore;
pub use saved_lists::SavedListStore;
pub use turnstile::{Disk, Turnstile};

/// The version of SQLite that is in this program.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// A handle on the store; clones share one connection. A call that is dropped half-way may still be carried out.
#[derive(Debug, Clone)]
pub struct Store {
    writer: Writer,
    directory: Option<Arc<Path>>,
}

impl Store {
    /// Opens (or creates) the store in `directory`, readable by its owner only, and brings it to this version.
    ///
    /// Blocks for up to five seconds while another process opens the same store: call it before the event loop.
    ///
    /// # Errors
    /// Every way a file can refuse: see [`StoreError`]. A store of a newer iacstone is left as it is.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let writer = Writer::start(opening::open(directory)?)?;
        let directory = Some(directory.into());
        Ok(Self { writer, directory })
    }

    /// Opens the store like [`Self::open`], but without a thread: the future it gives serves one call after the other,
    /// each when the turnstile lets it pass. Calls wait while nobody polls that future; dropping it is the death of the
    /// process, and what waits then is not carried out. For simulations: when a thread gets its turn is nobody's choice.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn open_in_steps(
        directory: &Path,
        turnstile: impl Turnstile,
    ) -> Result<(Self, impl Future<Output = ()> + Send), StoreError> {
        let (writer, serving) = Writer::in_steps(opening::open(directory)?, turnstile);
        let directory = Some(directory.into());
        Ok((Self { writer, directory }, serving))
    }

    /// A store that lives as long as its handles, for tests and throw-away sessions.
    ///
    /// # Errors
    /// [`StoreError`] when memory or threads run out.
    pub fn in_memory() -> Result<Self, StoreError> {
        let writer = Writer::start(opening::in_memory()?)?;
        let directory = None;
        Ok(Self { writer, directory })
    }

    /// The data directory; `None` for a store in memory.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_deref()
    }

    /// The runs.
    #[must_use]
    pub fn runs(&self) -> RunStore<'_> {
        RunStore::new(&self.writer, self.directory())
    }

    /// The tuning journals.
    #[must_use]
    pub fn journals(&self) -> JournalStore<'_> {
        JournalStore::new(&self.writer, self.directory())
    }

    /// Lists of words that the user keeps under a name.
    #[must_use]
    pub const fn saved_lists(&self) -> SavedListStore<'_> {
        SavedListStore::new(&self.writer)
    }

    /// The sets of log groups.
    #[must_use]
    pub const fn group_sets(&self) -> GroupSetStore<'_> {
        GroupSetStore::new(&self.writer)
    }

    /// The queries of Logs Insights.
    #[must_use]
    pub const fn queries(&self) -> QueryStore<'_> {
        QueryStore::new(&self.writer)
    }

    /// The followed feeds.
    #[must_use]
    pub const fn feeds(&self) -> FeedStore<'_> {
        FeedStore::new(&self.writer)
    }

    /// The articles.
    #[must_use]
    pub const fn articles(&self) -> ArticleStore<'_> {
        ArticleStore::new(&self.writer)
    }

    /// Reads the whole file and checks its structure.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with `SQLite`'s first finding.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.writer.ask(Database::check).await
    }

    /// Carries out what was asked before, folds the write-ahead log into the file and closes it. Clones of this handle
    /// get [`StoreError::Closed`] from then on.
    ///
    /// # Errors
    /// [`StoreError`] when the last write fails, or the store is closed already.
    pub async fn close(self) -> Result<(), StoreError> {
        self.writer.close().await
    }
}
