//! Jobs under way that leave the pane as it is, with what to do when they end.

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
