//! How large the log may grow, and what became of events that were taken.

use super::row::RowId;
use crate::logs::LogEvent;

/// How large the log may grow; whichever bound is met first counts, and the oldest rows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of memory.
    pub bytes: usize,
    /// Rows.
    pub rows: usize,
    /// How far from where the log is an event may be to stand at its own time, in milliseconds.
    pub apart_ms: i64,
}

impl Default for Bounds {
    /// 256 MiB or a million rows, two minutes.
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            rows: 1_000_000,
            apart_ms: 120_000,
        }
    }
}

/// What became of events that were taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placement {
    /// The events, each with the name of its row, in the order of these names.
    pub rows: Vec<(RowId, LogEvent)>,
    /// How many of them stand before others.
    pub inserted: usize,
    /// How many came too late to stand at their own time.
    pub late: usize,
    /// How many rows were dropped to make room.
    pub evicted: u64,
}
