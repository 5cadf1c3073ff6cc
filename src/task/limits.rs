//! How many jobs of each kind run at once.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::task::TaskKind;

/// How many jobs of each kind run at once; the others wait in line. A kind with 0 never runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLimits {
    /// Reads of the account.
    pub account: usize,
    /// Log tails, and work on what they brought.
    pub logs: usize,
    /// Tuning runs and recoveries.
    pub tuning: usize,
    /// Reads and writes of the user's data.
    pub store: usize,
    /// Fetches of feeds.
    pub feeds: usize,
    /// Browsers that were started.
    pub browser: usize,
    /// Editors that have the terminal.
    pub editor: usize,
    /// Reads of the user's projects, by iacstone and by their own tools.
    pub files: usize,
}

impl Default for JobLimits {
    /// Four reads of the account, eight tails, searches and the like, four tunings, and one call of the store (it serves
    /// one at a time anyway, and so the user's changes are written in the order they were made); two fetches, each of
    /// many feeds; eight browsers; one editor; four reads of projects.
    fn default() -> Self {
        Self {
            account: 4,
            logs: 8,
            tuning: 4,
            store: 1,
            feeds: 2,
            browser: 8,
            editor: 1,
            files: 4,
        }
    }
}

/// One fair queue per kind.
#[derive(Debug)]
pub(super) struct Queues {
    account: Arc<Semaphore>,
    logs: Arc<Semaphore>,
    tuning: Arc<Semaphore>,
    store: Arc<Semaphore>,
    feeds: Arc<Semaphore>,
    browser: Arc<Semaphore>,
    editor: Arc<Semaphore>,
    files: Arc<Semaphore>,
}

impl Queues {
    pub(super) fn new(limits: JobLimits) -> Self {
        let lane = |limit: usize| Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
        Self {
            account: lane(limits.account),
            logs: lane(limits.logs),
            tuning: lane(limits.tuning),
            store: lane(limits.store),
            feeds: lane(limits.feeds),
            browser: lane(limits.browser),
            editor: lane(limits.editor),
            files: lane(limits.files),
        }
    }

    pub(super) fn of(&self, kind: TaskKind) -> Arc<Semaphore> {
        Arc::clone(match kind {
            TaskKind::Account => &self.account,
            TaskKind::Logs => &self.logs,
            TaskKind::Tuning => &self.tuning,
            TaskKind::Store => &self.store,
            TaskKind::Feeds => &self.feeds,
            TaskKind::Browser => &self.browser,
            TaskKind::Editor => &self.editor,
            TaskKind::Files => &self.files,
        })
    }
}
