//! How much a page run has read.

use crate::logs::LogEvent;

/// A page is full with this many events, or bytes.
const FULL: (f64, f64) = (10_000.0, 1_000_000.0);
/// Bytes an event counts for beside its message.
const EVENT: usize = 26;

/// Pages, and what was in them.
#[derive(Debug, Default)]
pub(super) struct ReadAmount {
    pages: u32,
    events: usize,
    bytes: usize,
}

impl ReadAmount {
    pub(super) const fn add_page(&mut self) {
        self.pages += 1;
    }

    pub(super) fn add_events(&mut self, events: &[LogEvent]) {
        self.events += events.len();
        let bytes = events.iter().map(|event| event.message.len() + EVENT);
        self.bytes += bytes.sum::<usize>();
    }

    pub(super) const fn pages(&self) -> u32 {
        self.pages
    }

    pub(super) const fn events(&self) -> usize {
        self.events
    }

    /// How many pages it took, a last one that was not full in parts.
    pub(super) fn cost(&self) -> f64 {
        let fullness = (self.events as f64 / FULL.0).max(self.bytes as f64 / FULL.1);
        fullness.max(f64::from(self.pages.saturating_sub(1)))
    }
}
