//! Jobs under way that leave the pane as it is, with what to do when they end.

use crate::app::TaskId;
use crate::articles::{ArticleId, Mark};

/// A job under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ArticlesPendingJob {
    /// Articles are being marked because the user asked for it; that can be undone.
    Mark(Mark),
    /// An article that was opened is being marked read.
    Silent,
    /// A marking of these articles is being undone.
    Undo(Vec<ArticleId>, Mark),
    /// A feed is being followed and fetched.
    Follow,
    /// A feed is being taken out.
    Unfollow,
    /// An article is being written.
    Save,
    /// A browser runs.
    Browse,
}

/// The pending jobs under way.
#[derive(Debug, Default)]
pub(super) struct ArticlesPendingJobs(Vec<(TaskId, ArticlesPendingJob)>);

impl ArticlesPendingJobs {
    pub(super) fn add(&mut self, id: TaskId, pending_job: ArticlesPendingJob) {
        self.0.push((id, pending_job));
    }

    pub(super) fn find(&self, id: TaskId) -> Option<&ArticlesPendingJob> {
        let found = self.0.iter().find(|(task, _)| *task == id);
        found.map(|(_, pending_job)| pending_job)
    }

    /// Takes an ended pending job off the list.
    pub(super) fn end(&mut self, id: TaskId) -> Option<ArticlesPendingJob> {
        let at = self.0.iter().position(|(task, _)| *task == id)?;
        Some(self.0.remove(at).1)
    }
}
