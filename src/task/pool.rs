//! The pool itself: accepts jobs, cancels them, and waits for those that must finish.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::limits::Lanes;
use super::supervise::{Task, place_in_line};
use super::{Ending, Limits, Worker};
use crate::app::TaskId;

/// Reports that may wait to be read; then jobs wait.
const INBOX: usize = 256;

/// Runs jobs in the background of the current tokio runtime. It belongs to the one who reads the inbox.
#[derive(Debug)]
pub struct Pool<W: Worker> {
    worker: Arc<W>,
    lanes: Lanes,
    inbox: mpsc::Sender<(TaskId, W::Report)>,
    entries: HashMap<TaskId, Entry>,
    open: bool,
}

/// A job that was accepted and may not have ended.
#[derive(Debug)]
struct Entry {
    token: CancellationToken,
    ending: Ending,
    task: JoinHandle<()>,
}

/// Why a job was not accepted; it makes no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpawnError {
    /// The pool is shutting down.
    #[error("task {} was refused: iacstone is about to end", _0.0)]
    ShuttingDown(TaskId),
    /// A job with this id has not ended yet.
    #[error("task {} was refused: another job has this id; ids are used once", _0.0)]
    IdInUse(TaskId),
}

impl<W: Worker> Pool<W> {
    /// A pool, and the inbox all reports arrive in. Read the inbox all the time: jobs wait while it is full.
    #[must_use]
    pub fn new(worker: W, limits: Limits) -> (Self, mpsc::Receiver<(TaskId, W::Report)>) {
        let (inbox, reports) = mpsc::channel(INBOX);
        let pool = Self {
            worker: Arc::new(worker),
            lanes: Lanes::new(limits),
            inbox,
            entries: HashMap::new(),
            open: true,
        };
        (pool, reports)
    }

    /// Accepts a job; it starts when its kind has room, in order of arrival. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// [`SpawnError`]; the job is dropped then.
    pub fn spawn(&mut self, id: TaskId, job: W::Job) -> Result<(), SpawnError> {
        if !self.open {
            return Err(SpawnError::ShuttingDown(id));
        }
        self.entries.retain(|_, entry| !entry.task.is_finished());
        if self.entries.contains_key(&id) {
            return Err(SpawnError::IdInUse(id));
        }
        let rules = self.worker.rules(&job);
        let task = Task {
            id,
            rules,
            worker: Arc::clone(&self.worker),
            inbox: self.inbox.clone(),
            token: CancellationToken::new(),
        };
        let entry = Entry {
            token: task.token.clone(),
            ending: rules.ending,
            task: tokio::spawn(task.run(job, place_in_line(self.lanes.of(rules.kind)))),
        };
        self.entries.insert(id, entry);
        Ok(())
    }

    /// Cancels a job as its [`Ending`] says. It still makes its last report; one that has ended is left alone.
    pub fn cancel(&self, id: TaskId) {
        if let Some(entry) = self.entries.get(&id) {
            entry.token.cancel();
        }
    }

    /// Refuses new jobs, tells all others to end, and waits (up to `deadline` from now) for those that must finish,
    /// until their last report is in the inbox. Returns those that did not make it, in order of their ids.
    ///
    /// Keep reading the inbox meanwhile, or drop it: a job that waits for room in the inbox does not finish. May be
    /// dropped and called again.
    pub async fn shutdown(&mut self, deadline: Duration) -> Vec<TaskId> {
        self.open = false;
        for entry in self.entries.values() {
            match entry.ending {
                Ending::Abort | Ending::CleanUp => entry.token.cancel(),
                Ending::Complete => {}
            }
        }
        let mut awaited: Vec<(TaskId, &mut JoinHandle<()>)> = self
            .entries
            .iter_mut()
            .filter(|(_, entry)| entry.ending != Ending::Abort)
            .map(|(&id, entry)| (id, &mut entry.task))
            .collect();
        let all = async {
            for (id, task) in awaited.iter_mut().filter(|(_, task)| !task.is_finished()) {
                if let Err(error) = task.await {
                    tracing::error!(task = id.0, %error, "a task broke outside its job");
                }
            }
        };
        if timeout(deadline, all).await.is_ok() {
            return Vec::new();
        }
        awaited.retain(|(_, task)| !task.is_finished());
        awaited.sort_by_key(|(id, _)| *id);
        awaited.into_iter().map(|(id, _)| id).collect()
    }
}

#[cfg(test)]
mod script;
#[cfg(test)]
mod tests;
