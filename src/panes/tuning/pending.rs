//! Store jobs under way, with what to say when they end.

use crate::power::{Run, RunId};

/// A job for the store.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TuningPendingJob {
    /// The run is being deleted; it comes back if that fails.
    Delete(Box<Run>),
    /// The run is being put back; it goes again if that fails.
    Undelete(RunId),
    /// The run is being renamed; the old name comes back if that fails.
    Rename(RunId, String),
    /// A run is being read.
    Import,
    /// A run is being written.
    Export,
    /// A function is being read, to plan a run of it.
    Plan,
    /// A cut-off run is being undone.
    Recover(RunId),
}
