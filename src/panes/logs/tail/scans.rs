//! The jobs that look through older rows for the filters and the search; what they find comes in parts.

use crate::effect::{Job, Outbox};
use crate::logs::BufferScan;
use crate::task::TaskId;

/// The jobs under way, and what the reader waits for from them.
#[derive(Debug, Default)]
pub(super) struct RowScans {
    tasks: Vec<TaskId>,
    /// Whether the cursor goes to the first match that is found.
    awaits_match: bool,
}

impl RowScans {
    /// Looks through rows.
    pub(super) fn start(&mut self, scan: BufferScan, out: &mut Outbox<'_>) {
        self.tasks.push(out.spawn(Job::Scan(Box::new(scan))));
    }

    /// Whether this job is one of them.
    pub(super) fn has(&self, id: TaskId) -> bool {
        self.tasks.contains(&id)
    }

    /// A job is over.
    pub(super) fn end(&mut self, id: TaskId) {
        self.tasks.retain(|task| *task != id);
    }

    /// Stops looking through rows; for an old question nobody needs the answer.
    pub(super) fn cancel(&mut self, out: &mut Outbox<'_>) {
        for task in self.tasks.drain(..) {
            out.cancel(task);
        }
    }

    /// Whether no job is under way.
    pub(super) const fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// The cursor goes to the first match that is found.
    pub(super) const fn await_match(&mut self) {
        self.awaits_match = true;
    }

    /// The cursor stays, whatever is found.
    pub(super) const fn await_nothing(&mut self) {
        self.awaits_match = false;
    }

    /// Whether the cursor goes to the first match that is found.
    pub(super) const fn awaits_match(&self) -> bool {
        self.awaits_match
    }
}
