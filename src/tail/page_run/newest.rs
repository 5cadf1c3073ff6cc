//! The newest events out of pages, so many: from a service that begins with the newest, or with the oldest all the same.
//!
//! Invariant: a millisecond is never split.

use crate::logs::LogEvent;

/// What is known of the newest events.
#[derive(Debug, Default)]
pub(super) struct NewestEvents {
    /// The time of the last event that is wanted, once there are enough.
    cut_ms: Option<i64>,
    /// The newest events so far, the oldest first, from a service that begins with the oldest although it was asked for
    /// the newest.
    from_head: Option<Vec<LogEvent>>,
}

impl NewestEvents {
    /// Whether the service begins with the oldest.
    pub(super) const fn is_from_head(&self) -> bool {
        self.from_head.is_some()
    }

    /// Whether this is a page of a service that begins with the oldest.
    pub(super) fn begins_with_oldest(&self, events: &[LogEvent]) -> bool {
        let ends = events.first().zip(events.last());
        self.is_from_head() || ends.is_some_and(|(first, last)| first.time_ms < last.time_ms)
    }

    /// Leaves out what is older than the last of the `left` events that are still wanted, the newest first; gives whether
    /// that was met.
    pub(super) fn cut(&mut self, events: &mut Vec<LogEvent>, left: usize) -> bool {
        if let Some(last) = left.checked_sub(1).and_then(|last| events.get(last)) {
            self.cut_ms = Some(last.time_ms);
        }
        let is_older = |event: &LogEvent| self.cut_ms.is_some_and(|cut_ms| event.time_ms < cut_ms);
        let end = events.iter().position(is_older);
        events.truncate(end.unwrap_or(events.len()));
        end.is_some()
    }

    /// Takes a page of a service that begins with the oldest: the newest are known after the last page.
    pub(super) fn collect(&mut self, events: Vec<LogEvent>, left: usize) {
        let mut newest = self.from_head.take().unwrap_or_default();
        newest.extend(events);
        newest.reverse();
        self.cut(&mut newest, left);
        newest.reverse();
        self.from_head = Some(newest);
    }

    /// What was collected, the oldest first, after the last page.
    pub(super) fn finish(&mut self) -> Vec<LogEvent> {
        self.from_head.take().unwrap_or_default()
    }
}
