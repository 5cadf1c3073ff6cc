//! Faults that tests plant on purpose, to prove that a test which should find them does.
//!
//! Without the feature `planted`, which nothing that is shipped has, `is_planted` is always false.

/// One fault, each against another guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The journal of a run is written after the call it announces.
    LateJournal,
    /// The memory size is set without the revision it was decided on.
    NoRevision,
    /// A recovery deletes the versions of the journal, without asking the account for others of the run.
    JournalAlone,
    /// An invocation is repeated though nobody knows whether it took place.
    RepeatedInvoke,
    /// Equal events of the same moment count as one.
    NoCount,
    /// The sweep of a tail looks back over ten seconds only.
    ShortSweep,
    /// A tail that was cut off does not look for what it missed.
    OpenGap,
    /// A server's Retry-After is not heeded.
    NoRetryAfter,
}

#[cfg(feature = "planted")]
mod switch;

#[cfg(feature = "planted")]
pub(crate) use switch::is_planted;
#[cfg(feature = "planted")]
pub use switch::plant;

/// Whether the fault is planted: never here.
#[cfg(not(feature = "planted"))]
pub(crate) const fn is_planted(_: Planted) -> bool {
    false
}
