//! How far a measurement came.

/// How much of the plan was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MeasuredExtent {
    /// Everything that can be.
    Whole,
    /// What the cost cap allowed.
    Capped,
    /// What was done when the user stopped it.
    Stopped,
}
