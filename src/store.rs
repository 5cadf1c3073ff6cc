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
mod reading;
mod run_versions;
mod runs;
mod schema;
mod turnstile;
mod writer;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::lambda::MemoryMb;
use crate::power::{Journal, JournalEntry, MeasuredRun, Run, RunId, RunState, Sample};
use database::Database;
use runs::StoredSample;
use writer::{Reply, StoreRequest, WriterCall};

pub use error::StoreError;
pub use lock::RunLock;
pub use turnstile::{Disk, Turnstile};

/// The name of the database file in the data directory.
pub const FILE_NAME: &str = "iacstone.db";

/// A handle on the store; clones share one connection. A call that is dropped half-way may still be carried out.
#[derive(Debug, Clone)]
pub struct Store {
    calls: mpsc::Sender<WriterCall>,
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
        let database = opening::open(directory)?;
        Self::serve(database, Some(directory.into()))
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
        let (calls, serving) = writer::in_steps(opening::open(directory)?, turnstile);
        let directory = Some(directory.into());
        Ok((Self { calls, directory }, serving))
    }

    /// A store that lives as long as its handles, for tests and throw-away sessions.
    ///
    /// # Errors
    /// [`StoreError`] when memory or threads run out.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::serve(opening::in_memory()?, None)
    }

    fn serve(database: Database, directory: Option<Arc<Path>>) -> Result<Self, StoreError> {
        let calls = writer::start(database)?;
        Ok(Self { calls, directory })
    }

    /// The data directory; `None` for a store in memory.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_deref()
    }

    /// Inserts a run, or replaces the one of the same id, whole: with its samples, and without any it does not hold.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Unstorable`] when a number in it is not finite.
    pub async fn save_run(&self, run: &Run) -> Result<(), StoreError> {
        let run = Box::new(run.clone());
        self.ask(|reply| StoreRequest::SaveRun(run, reply)).await
    }

    /// Adds a sample to a saved, measured run.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn append_sample(
        &self,
        run: &RunId,
        memory: MemoryMb,
        sample: &Sample,
    ) -> Result<(), StoreError> {
        self.append(run, memory, sample, false).await
    }

    /// Adds an invocation of `$LATEST` before the run, at this memory size, to a saved, measured run.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn append_probe(
        &self,
        run: &RunId,
        memory: MemoryMb,
        sample: &Sample,
    ) -> Result<(), StoreError> {
        self.append(run, memory, sample, true).await
    }

    async fn append(
        &self,
        run: &RunId,
        memory: MemoryMb,
        sample: &Sample,
        probe: bool,
    ) -> Result<(), StoreError> {
        let sample = sample.clone();
        let stored = Box::new(StoredSample { sample, probe });
        let run = run.clone();
        self.ask(|reply| StoreRequest::AppendSample(run, memory, stored, reply))
            .await
    }

    /// All runs, newest first, those that no process is at work on any more as cut off, and one sentence for each that
    /// could not be read (it stays in the store).
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn runs(&self) -> Result<(Vec<Run>, Vec<String>), StoreError> {
        let (runs, unreadable) = self.ask(StoreRequest::Runs).await?;
        let runs = runs.into_iter().map(|run| self.unless_dead(run)).collect();
        Ok((runs, unreadable))
    }

    /// The run with exactly this id.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is there but makes no sense.
    pub async fn run(&self, id: &RunId) -> Result<Option<Run>, StoreError> {
        let id = id.clone();
        let found = self.ask(|reply| StoreRequest::Run(id, reply)).await?;
        Ok(found.map(|run| self.unless_dead(run)))
    }

    /// The run a user means: by id, else by exact name, else by the beginning of its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`], or [`StoreError::AmbiguousRun`] with the candidates.
    pub async fn find_run(&self, text: &str) -> Result<Run, StoreError> {
        let text = text.to_owned();
        let found = self.ask(|reply| StoreRequest::FindRun(text, reply)).await?;
        Ok(self.unless_dead(found))
    }

    /// A run that says it is under way while no process is at work on it was cut off.
    fn unless_dead(&self, mut run: Run) -> Run {
        let is_running = |it: &MeasuredRun| it.state == RunState::Running;
        if run.measured().is_some_and(is_running)
            && let Some(directory) = self.directory()
            && matches!(RunLock::acquire(directory, &run.id), Ok(Some(_)))
        {
            run.cut_off();
        }
        run
    }

    /// Gives a run another name.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn rename_run(&self, id: &RunId, name: &str) -> Result<(), StoreError> {
        let (id, name) = (id.clone(), name.to_owned());
        self.ask(|reply| StoreRequest::RenameRun(id, name, reply))
            .await
    }

    /// Deletes a run and its samples, never its journal. Saving the run again undoes it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn delete_run(&self, id: &RunId) -> Result<(), StoreError> {
        let id = id.clone();
        self.ask(|reply| StoreRequest::DeleteRun(id, reply)).await
    }

    /// Begins the journal of a run; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::JournalExists`] when the run has an open journal: it is never overwritten.
    pub async fn begin_journal(&self, journal: &Journal) -> Result<(), StoreError> {
        let journal = Box::new(journal.clone());
        self.ask(|reply| StoreRequest::BeginJournal(journal, reply))
            .await
    }

    /// Adds a step to an open journal; durable when it returns, so the call it announces may be made.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJournal`] when the run has no open journal.
    pub async fn append_step(&self, run: &RunId, step: JournalEntry) -> Result<(), StoreError> {
        let run = run.clone();
        self.ask(|reply| StoreRequest::AppendStep(run, step, reply))
            .await
    }

    /// Ends the journal of a run that left nothing behind.
    ///
    /// # Errors
    /// [`StoreError::NoSuchJournal`] when the run has no open journal.
    pub async fn close_journal(&self, run: &RunId) -> Result<(), StoreError> {
        let run = run.clone();
        self.ask(|reply| StoreRequest::CloseJournal(run, reply))
            .await
    }

    /// The open journals, oldest first, and one sentence for each that could not be read. A journal is open while its
    /// run is alive, too: ask [`RunLock`] before undoing it.
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn open_journals(&self) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
        self.ask(StoreRequest::OpenJournals).await
    }

    /// The open journals of runs that are alive in no process, as in [`Self::open_journals`].
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn cut_off_journals(&self) -> Result<(Vec<Journal>, Vec<String>), StoreError> {
        let (mut journals, unreadable) = self.open_journals().await?;
        if let Some(directory) = self.directory() {
            // One whose lock cannot be asked for is shown rather than hidden.
            journals
                .retain(|journal| !matches!(RunLock::acquire(directory, &journal.run), Ok(None)));
        }
        Ok((journals, unreadable))
    }

    /// The open journal of a run.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is there but makes no sense.
    pub async fn journal(&self, run: &RunId) -> Result<Option<Journal>, StoreError> {
        let run = run.clone();
        self.ask(|reply| StoreRequest::Journal(run, reply)).await
    }

    /// Reads the whole file and checks its structure.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with `SQLite`'s first finding.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.ask(StoreRequest::Check).await
    }

    /// Carries out what was asked before, folds the write-ahead log into the file and closes it. Clones of this handle
    /// get [`StoreError::Closed`] from then on.
    ///
    /// # Errors
    /// [`StoreError`] when the last write fails, or the store is closed already.
    pub async fn close(self) -> Result<(), StoreError> {
        self.call(WriterCall::Close).await
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(Reply<T>) -> StoreRequest,
    ) -> Result<T, StoreError> {
        self.call(|reply| WriterCall::Serve(request(reply))).await
    }

    async fn call<T>(&self, call: impl FnOnce(Reply<T>) -> WriterCall) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.calls
            .send(call(reply))
            .await
            .map_err(|_closed| StoreError::Closed)?;
        answer.await.map_err(|_gone| StoreError::Closed)?
    }
}
