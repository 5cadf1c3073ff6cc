//! The ways in which a live session ends.

/// How a live session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// With `SessionTimeoutException`.
    TimedOut,
    /// With `SessionStreamingException`.
    Failed,
    /// Cleanly, without a word.
    Closed,
    /// In the middle of a frame, with the connection.
    Torn,
    /// It does not: it stays open and silent.
    Silent,
}
