//! Where the log is, and which events are too far from there to stand at their own time.

use super::{Bounds, Shift};
use crate::logs::{EventOrigin, LogEvent};

/// The newest time seen, by `CloudWatch`'s clock where the sender's runs ahead; nothing before any event.
#[derive(Debug, Default)]
pub struct Watermark(Option<i64>);

impl Watermark {
    /// How far an event is from where it can stand at its own time, by the usual bounds; rises to it. Events that come
    /// together are to be in order.
    pub fn shift(&mut self, event: &LogEvent) -> Shift {
        let moved_to_ms = self.moved_to(event, Bounds::default().apart_ms);
        self.rise(event);
        Shift::between(event.time_ms, moved_to_ms)
    }

    /// In Unix milliseconds.
    pub(super) const fn time_ms(&self) -> Option<i64> {
        self.0
    }

    /// Where an event stands that is more than `apart_ms` from where it can stand at its own time, in Unix milliseconds.
    pub(super) fn moved_to(&self, event: &LogEvent, apart_ms: i64) -> Option<i64> {
        let is_apart = |from_ms: i64, to_ms: i64| from_ms.saturating_sub(to_ms) > apart_ms;
        if is_apart(event.time_ms, event.ingested_ms) {
            return Some(event.ingested_ms);
        }
        let is_late = |newest_ms: &i64| is_apart(*newest_ms, event.time_ms);
        let newest_ms = self.0.filter(is_late);
        newest_ms.filter(|_| event.origin != EventOrigin::History)
    }

    /// Rises to an event.
    pub(super) fn rise(&mut self, event: &LogEvent) {
        self.0 = self.0.max(Some(event.time_ms.min(event.ingested_ms)));
    }
}
