//! The newest events out of pages, so many: from a service that begins with the newest, or with the oldest all the same,
//! or has no order at all. What came tells, not what was asked for.
//!
//! Invariant: a millisecond is never split.

use crate::logs::LogEvent;

/// What is known of the newest events.
#[derive(Debug, Default)]
pub(super) struct NewestEvents {
    /// The newest events so far, the oldest first.
    events: Vec<LogEvent>,
    /// The time of the event that came last.
    last_ms: Option<i64>,
    /// Whether a newer event came after an older one, although the newest were asked for first.
    is_from_head: bool,
}

impl NewestEvents {
    /// Whether the service does not begin with the newest.
    pub(super) const fn is_from_head(&self) -> bool {
        self.is_from_head
    }

    /// Takes a page as it came and keeps the newest `most` events, and those that share the millisecond of the oldest of
    /// them; gives whether the pages to come have none of these.
    pub(super) fn collect(&mut self, mut page: Vec<LogEvent>, most: usize) -> bool {
        for event in &page {
            let is_newer = self.last_ms.is_some_and(|last_ms| event.time_ms > last_ms);
            self.is_from_head |= is_newer;
            self.last_ms = Some(event.time_ms);
        }
        // Within a millisecond only the order in which they came says which was written first.
        if self.is_from_head {
            self.events.append(&mut page);
        } else {
            page.reverse();
            self.events.splice(0..0, page);
        }
        self.events.sort_by_key(|event| event.time_ms);
        self.cut(most) && !self.is_from_head
    }

    /// Leaves out what is older than the oldest of the `most` newest; gives whether there was any.
    fn cut(&mut self, most: usize) -> bool {
        let first = self.events.len().checked_sub(most);
        let Some(first) = first.and_then(|first| self.events.get(first)) else {
            return false;
        };
        let first_ms = first.time_ms;
        let older = self
            .events
            .partition_point(|event| event.time_ms < first_ms);
        self.events.drain(..older);
        older > 0
    }

    /// The newest events, the oldest first.
    pub(super) fn finish(&mut self) -> Vec<LogEvent> {
        std::mem::take(&mut self.events)
    }
}
