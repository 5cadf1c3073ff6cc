//! Jobs under way that leave the pane as it is, with what to do when they end.

/// A job under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArticlesPendingJob {
    /// A feed is being followed and fetched.
    Follow,
    /// A feed is being taken out.
    Unfollow,
    /// A search is being kept or forgotten.
    Searches,
    /// An article is being written.
    Save,
}
