//! Store jobs of the pane under way, with what to do when they end.

use crate::logs::GroupSet;

/// A job for the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LogsPendingJob {
    /// The sets are being loaded.
    LoadSets,
    /// A set is being saved; the one it replaced comes back if that fails.
    SaveSet(String, Option<GroupSet>),
    /// Rows are being written to a file.
    Export,
    /// A set is being deleted; it comes back if that fails.
    DeleteSet(GroupSet),
}
