//! How long is waited for what AWS does in its own time.

use std::time::Duration;

/// How long the tuner waits for what AWS does in its own time.
#[derive(Debug, Clone, Copy)]
pub struct TunerLimits {
    /// A configuration update.
    pub settle: Duration,
    /// The snapshot of a published version.
    pub snapshot: Duration,
    /// An invocation's answer beyond the function's own time-out.
    pub answer: Duration,
    /// A record in the log group, after the measurement.
    pub record: Duration,
    /// Attempts at a change that meets another one.
    pub conflicts: u32,
}

impl Default for TunerLimits {
    fn default() -> Self {
        Self {
            settle: Duration::from_mins(2),
            snapshot: Duration::from_mins(10),
            answer: Duration::from_secs(30),
            record: Duration::from_secs(12),
            conflicts: 4,
        }
    }
}
