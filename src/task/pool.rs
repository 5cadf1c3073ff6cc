//! The pool itself: accepts jobs, cancels them, and waits for those that must finish.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::limits::Queues;
use super::supervise::{SupervisedJob, place_in_line};
use super::{JobEnding, JobLimits, PauseSwitch, Worker};
use crate::task::TaskId;

/// Reports that may wait to be read; then jobs wait.
const INBOX: usize = 256;

/// Runs jobs in the background of the current tokio runtime. It belongs to the one who reads the inbox.
#[derive(Debug)]
pub struct Pool<W: Worker> {
    worker: Arc<W>,
    lanes: Queues,
    inbox: mpsc::Sender<(TaskId, W::Report)>,
    entries: HashMap<TaskId, ActiveJob>,
    must_finish: TaskTracker,
}

/// A job that was accepted and may not have ended.
#[derive(Debug)]
struct ActiveJob {
    token: CancellationToken,
    pause: PauseSwitch,
    ending: JobEnding,
    task: JoinHandle<()>,
}

/// Why a job was not accepted; it makes no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpawnError {
    /// A job with this id has not ended yet.
    #[error("task {} was refused: another job has this id; ids are used once", _0.0)]
    IdInUse(TaskId),
}

impl<W: Worker> Pool<W> {
    /// A pool, and the inbox all reports arrive in. Read the inbox all the time: jobs wait while it is full.
    #[must_use]
    pub fn new(worker: W, limits: JobLimits) -> (Self, mpsc::Receiver<(TaskId, W::Report)>) {
        let (inbox, reports) = mpsc::channel(INBOX);
        let must_finish = TaskTracker::new();
        // Closed from the start: that is what lets its `wait` end whenever it is empty.
        must_finish.close();
        let pool = Self {
            worker: Arc::new(worker),
            lanes: Queues::new(limits),
            inbox,
            entries: HashMap::new(),
            must_finish,
        };
        (pool, reports)
    }

    /// Accepts a job; it starts when its kind has room, in order of arrival. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// [`SpawnError`]; the job is dropped then.
    pub fn spawn(&mut self, id: TaskId, job: W::Job) -> Result<(), SpawnError> {
        self.entries.retain(|_, entry| !entry.task.is_finished());
        if self.entries.contains_key(&id) {
            return Err(SpawnError::IdInUse(id));
        }
        let rules = self.worker.rules(&job);
        let (switch, pause) = PauseSwitch::new();
        let task = SupervisedJob {
            id,
            rules,
            worker: Arc::clone(&self.worker),
            inbox: self.inbox.clone(),
            token: CancellationToken::new(),
            pause,
        };
        let token = task.token.clone();
        let life = task.run(job, place_in_line(self.lanes.of(rules.kind)));
        let task = match rules.ending {
            JobEnding::Abort => tokio::spawn(life),
            JobEnding::CleanUp | JobEnding::Complete => self.must_finish.spawn(life),
        };
        let ending = rules.ending;
        let entry = ActiveJob {
            token,
            pause: switch,
            ending,
            task,
        };
        self.entries.insert(id, entry);
        Ok(())
    }

    /// Cancels a job as its [`JobEnding`] says. It still makes its last report; one that has ended is left alone.
    pub fn cancel(&self, id: TaskId) {
        if let Some(entry) = self.entries.get(&id) {
            entry.token.cancel();
        }
    }

    /// Tells a job to hold, or that it may go on; only some kinds heed it. One that has ended is left alone.
    pub fn pause(&self, id: TaskId, is_on: bool) {
        if let Some(entry) = self.entries.get(&id) {
            entry.pause.set(is_on);
        }
    }

    /// Cancels every job because the program is about to end; [`JobEnding::Complete`] jobs are left to do their work. Jobs
    /// accepted afterwards run as usual.
    pub fn cancel_all(&self) {
        for entry in self.entries.values() {
            match entry.ending {
                JobEnding::Abort | JobEnding::CleanUp => entry.token.cancel(),
                JobEnding::Complete => {}
            }
        }
    }

    /// Resolves once no job is left that must finish before exit, its last report in the inbox; at once if there is none.
    ///
    /// Keep reading the inbox meanwhile, or drop it: a job that waits for room in the inbox does not finish.
    pub fn finished(&self) -> impl Future<Output = ()> + Send + use<W> {
        let must_finish = self.must_finish.clone();
        async move { must_finish.wait().await }
    }
}

#[cfg(test)]
mod script;
#[cfg(test)]
mod tests;
