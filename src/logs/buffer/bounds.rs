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

impl Bounds {
    /// The bounds on a machine with so many bytes of memory, where that is known: those without a word, and no more than
    /// a quarter of its memory.
    #[must_use]
    pub fn on_host(memory: Option<u64>) -> Self {
        let quarter = memory.map(|bytes| usize::try_from(bytes / 4).unwrap_or(usize::MAX));
        let default = Self::default();
        default.with_bytes(quarter.map_or(default.bytes, |quarter| quarter.min(default.bytes)))
    }

    /// These bounds with so many bytes, and as many rows more as they hold more.
    #[must_use]
    pub fn with_bytes(self, bytes: usize) -> Self {
        let rows = bytes as u128 * self.rows as u128 / self.bytes.max(1) as u128;
        Self {
            bytes,
            rows: usize::try_from(rows).map_or(usize::MAX, |rows| rows.max(self.rows)),
            ..self
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_host_gives_a_quarter_and_a_large_one_no_more_than_the_default() {
        let default = Bounds::default();
        assert_eq!(Bounds::on_host(None), default);
        assert_eq!(Bounds::on_host(Some(64 << 30)), default);
        let small = Bounds::on_host(Some(512 << 20));
        assert_eq!((small.bytes, small.rows), (128 << 20, default.rows));
        let large = default.with_bytes(1 << 30);
        assert!(large.rows == 4 * default.rows, "{large:?}");
    }
}
