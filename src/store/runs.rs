//! Runs: what is asked of the store about tuning runs and the versions they published.

mod handle;
pub(super) mod rows;
#[cfg(test)]
mod tests;

use std::path::Path;

use super::error::StoreError;
use super::lock::RunLock;
use super::run_versions;
use super::writer::Writer;
use crate::lambda::MemoryMb;
use crate::logs::statistics::RunVersion;
use crate::power::{MeasuredRun, Run, RunId, RunState, Sample};
use rows::StoredSample;

/// The runs of a store.
#[derive(Debug, Clone, Copy)]
pub struct RunStore<'a> {
    writer: &'a Writer,
    /// Where the locks are that tell which runs are alive; `None` for a store in memory.
    directory: Option<&'a Path>,
}

impl<'a> RunStore<'a> {
    pub(super) const fn new(writer: &'a Writer, directory: Option<&'a Path>) -> Self {
        Self { writer, directory }
    }

    /// Inserts a run, or replaces the one of the same id, whole: with its samples, and without any it does not hold.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Unstorable`] when a number in it is not finite.
    pub async fn save(self, run: &Run) -> Result<(), StoreError> {
        let run = run.clone();
        self.writer
            .ask(move |database| rows::save(database, run))
            .await
    }

    /// Adds a sample to a saved, measured run.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn append_sample(
        self,
        run: &RunId,
        memory: MemoryMb,
        sample: &Sample,
    ) -> Result<(), StoreError> {
        self.append(run, memory, sample.clone().into()).await
    }

    /// Adds an invocation of `$LATEST` before the run, at this memory size, to a saved, measured run.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn append_probe(
        self,
        run: &RunId,
        memory: MemoryMb,
        sample: &Sample,
    ) -> Result<(), StoreError> {
        self.append(run, memory, StoredSample::probe(sample.clone()))
            .await
    }

    async fn append(
        self,
        run: &RunId,
        memory: MemoryMb,
        sample: StoredSample,
    ) -> Result<(), StoreError> {
        let run = run.clone();
        self.writer
            .ask(move |database| rows::append(database, &run, memory, &sample))
            .await
    }

    /// All runs, newest first, those that no process is at work on any more as cut off, and one sentence for each that
    /// could not be read (it stays in the store).
    ///
    /// # Errors
    /// [`StoreError`] when the store itself cannot be read.
    pub async fn all(self) -> Result<(Vec<Run>, Vec<String>), StoreError> {
        let (runs, unreadable) = self.writer.ask(rows::all).await?;
        let runs = runs.into_iter().map(|run| self.unless_dead(run)).collect();
        Ok((runs, unreadable))
    }

    /// The run with exactly this id.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it is there but makes no sense.
    pub async fn with_id(self, id: &RunId) -> Result<Option<Run>, StoreError> {
        let id = id.clone();
        let found = self
            .writer
            .ask(move |database| rows::with_id(database, &id))
            .await?;
        Ok(found.map(|run| self.unless_dead(run)))
    }

    /// The run a user means: by id, else by exact name, else the newest one of the function of this name, else counted back
    /// (`latest`, `-2`), else by the beginning of its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`], or [`StoreError::AmbiguousRun`] with the candidates.
    pub async fn find(self, text: &str) -> Result<Run, StoreError> {
        let text = text.to_owned();
        let found = self
            .writer
            .ask(move |database| rows::find(database, &text))
            .await?;
        Ok(self.unless_dead(found))
    }

    /// A run that says it is under way while no process is at work on it was cut off.
    fn unless_dead(self, mut run: Run) -> Run {
        let is_running = |it: &MeasuredRun| it.state == RunState::Running;
        if run.measured().is_some_and(is_running)
            && let Some(directory) = self.directory
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
    pub async fn rename(self, id: &RunId, name: &str) -> Result<(), StoreError> {
        let (id, name) = (id.clone(), name.to_owned());
        self.writer
            .ask(move |database| rows::rename(database, &id, &name))
            .await
    }

    /// Gives a run another note; an empty one is none.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn annotate(self, id: &RunId, note: &str) -> Result<(), StoreError> {
        let (id, note) = (id.clone(), note.to_owned());
        self.writer
            .ask(move |database| rows::annotate(database, &id, &note))
            .await
    }

    /// Deletes a run and its samples, never its journal. Saving the run again undoes it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRun`] when the run is not saved.
    pub async fn delete(self, id: &RunId) -> Result<(), StoreError> {
        let id = id.clone();
        self.writer
            .ask(move |database| rows::delete(database, &id))
            .await
    }

    /// The versions that tuning runs have published.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub async fn versions(self) -> Result<Vec<RunVersion>, StoreError> {
        self.writer.ask(run_versions::all).await
    }
}
