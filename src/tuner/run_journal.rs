//! The journal of one run, as the run writes it.

use super::error::Error;
use crate::planted::{Planted, is_planted};
use crate::power::{Cleanup, Journal, JournalEntry, RunId};
use crate::store::Store;

/// Where a run writes down what it is about to change.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunJournal<'a> {
    store: &'a Store,
    run: &'a RunId,
}

impl<'a> RunJournal<'a> {
    /// The journal of this run in this store.
    pub(super) const fn new(store: &'a Store, run: &'a RunId) -> Self {
        Self { store, run }
    }

    /// The run.
    pub(super) const fn run(self) -> &'a RunId {
        self.run
    }

    /// What it tells so far.
    ///
    /// # Errors
    /// [`Error::NoJournal`] when nothing of the run is open.
    pub(super) async fn read(self) -> Result<Journal, Error> {
        let journal = self.store.journals().of_run(self.run).await?;
        journal.ok_or_else(|| Error::NoJournal(self.run.clone()))
    }

    /// Carries out a change once the journal tells of it; gives what came of it.
    pub(super) async fn announced<T>(
        self,
        step: JournalEntry,
        change: impl Future<Output = Result<T, Error>>,
    ) -> Result<Result<T, Error>, Error> {
        if is_planted(Planted::LateJournal) {
            let changed = change.await;
            self.note(step).await?;
            return Ok(changed);
        }
        self.note(step).await?;
        Ok(change.await)
    }

    /// Writes a line; durable when it returns.
    pub(super) async fn note(self, step: JournalEntry) -> Result<(), Error> {
        Ok(self.store.journals().append_step(self.run, step).await?)
    }

    /// Writes a line about something undone. A journal that takes no more must not stop the undoing: the line is only
    /// missed by a recovery that would find nothing to do.
    pub(super) async fn note_done(self, step: JournalEntry) {
        if let Err(error) = self.note(step).await {
            tracing::warn!(%error, "the journal missed that something was undone");
        }
    }

    /// Ends it, for it has served its purpose; not when something is left to undo.
    pub(super) async fn close(self, cleanup: Cleanup) -> Result<(), Error> {
        if cleanup.is_complete() {
            self.store.journals().close(self.run).await?;
        }
        Ok(())
    }
}
