//! Which rows went to keep the log within its bounds.

use std::ops::Range;

/// The rows that were dropped.
#[derive(Debug, Default)]
pub(super) struct Evictions {
    /// How many since the log began.
    total: u64,
    /// The numbers of those since the last call began.
    latest: Vec<Range<u64>>,
}

impl Evictions {
    /// Another call begins.
    pub(super) fn begin(&mut self) {
        self.latest.clear();
    }

    /// Takes note of rows that went, by their numbers.
    pub(super) fn add(&mut self, rows: Range<u64>) {
        self.total += rows.end - rows.start;
        self.latest.push(rows);
    }

    pub(super) const fn total(&self) -> u64 {
        self.total
    }

    pub(super) fn latest(&self) -> &[Range<u64>] {
        &self.latest
    }
}
