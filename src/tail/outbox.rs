//! What the reader has not taken yet. It never makes anyone wait: when it is full the oldest events go, and are
//! counted.

use std::collections::VecDeque;

use super::parts::parts;
use crate::logs::{EventOrigin, LogEvent, Marker, TailStatus, Tailing};

/// Events that may wait.
const MOST: usize = 50_000;
/// Bytes of messages that may wait.
const MOST_BYTES: usize = 16 << 20;
/// Events handed over at once, so that a reader can draw in between.
const CHUNK: usize = 2_000;

/// A bounded queue; only events are ever dropped.
#[derive(Debug, Default)]
pub(super) struct EventQueue {
    queue: VecDeque<Tailing>,
    /// The standing says how it is now: only the newest is kept.
    status: Option<TailStatus>,
    events: usize,
    bytes: usize,
}

impl EventQueue {
    /// Adds events; gives those that were dropped for them, the oldest that waited.
    #[must_use]
    pub(super) fn push_events(&mut self, events: Vec<LogEvent>) -> Vec<LogEvent> {
        self.events += events.len();
        self.bytes += weight(&events);
        self.queue.extend(parts(Tailing::Events(events), CHUNK));
        self.shrink()
    }

    /// Adds that what was there before the tail has been told.
    pub(super) fn push_opened(&mut self) {
        self.queue.push_back(Tailing::Opened);
    }

    /// Adds a marker.
    pub(super) fn push_marker(&mut self, marker: Marker) {
        self.queue.push_back(Tailing::Marker(marker));
    }

    /// Replaces the standing.
    pub(super) fn set_status(&mut self, status: TailStatus) {
        self.status = Some(status);
    }

    /// Whether there is something to take.
    pub(super) fn has_some(&self) -> bool {
        self.status.is_some() || !self.queue.is_empty()
    }

    /// Takes the next thing to tell: the standing last, for it is about what came before.
    pub(super) fn take(&mut self) -> Option<Tailing> {
        let Some(next) = self.queue.pop_front() else {
            return self.status.take().map(Tailing::Status);
        };
        if let Tailing::Events(events) = &next {
            self.events -= events.len();
            self.bytes -= weight(events);
        }
        Some(next)
    }

    /// Whether whoever can wait should wait: it is more than half full.
    pub(super) const fn is_busy(&self) -> bool {
        self.events > MOST / 2 || self.bytes > MOST_BYTES / 2
    }

    fn shrink(&mut self) -> Vec<LogEvent> {
        let mut dropped = Vec::new();
        // What the next sweep brings again goes first.
        for is_spared in [is_history as fn(&[LogEvent]) -> bool, |_| false] {
            let mut index = 0;
            while self.events > MOST || self.bytes > MOST_BYTES {
                match self.queue.get_mut(index) {
                    Some(Tailing::Events(events)) if !is_spared(events) => {
                        self.events -= events.len();
                        self.bytes -= weight(events);
                        dropped.append(events);
                        self.queue.remove(index);
                    }
                    Some(_) => index += 1,
                    None => break,
                }
            }
        }
        dropped
    }
}

fn is_history(events: &[LogEvent]) -> bool {
    (events.first()).is_some_and(|event| event.origin == EventOrigin::History)
}

fn weight(events: &[LogEvent]) -> usize {
    events.iter().map(|event| event.message.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(count: usize, bytes: usize) -> Vec<LogEvent> {
        let event = LogEvent {
            group: "/g".into(),
            stream: "s".into(),
            time_ms: 0,
            ingested_ms: 0,
            message: "x".repeat(bytes),
            id: None,
            origin: EventOrigin::Live,
        };
        vec![event; count]
    }

    fn marker() -> Marker {
        Marker {
            time_ms: 0,
            kind: crate::logs::MarkerKind::Gap,
            text: "gap".to_owned(),
        }
    }

    #[test]
    fn a_reader_that_does_not_read_costs_the_oldest_events_and_no_ruler() {
        let mut outbox = EventQueue::default();
        outbox.push_marker(marker());
        let dropped: usize = (0..100)
            .map(|_| outbox.push_events(events(1_000, 10)).len())
            .sum();
        assert_eq!(dropped, 100_000 - MOST);
        assert!(outbox.is_busy());
        assert_eq!(outbox.take(), Some(Tailing::Marker(marker())));
        let mut left = 0;
        while let Some(Tailing::Events(events)) = outbox.take() {
            left += events.len();
        }
        assert_eq!(left, MOST);
        assert!(!outbox.has_some() && !outbox.is_busy());
    }

    #[test]
    fn history_is_dropped_last() {
        let mut outbox = EventQueue::default();
        let mut history = events(2_000, 10);
        for event in &mut history {
            event.origin = EventOrigin::History;
        }
        assert!(outbox.push_events(history.clone()).is_empty());
        let dropped = outbox.push_events(events(MOST, 10));
        assert_eq!(dropped, events(2_000, 10));
        assert_eq!(outbox.take(), Some(Tailing::Events(history)));
        let mut outbox = EventQueue::default();
        let dropped = outbox.push_events(vec![outbox_history(); MOST + 1]);
        assert_eq!(dropped.len(), CHUNK);
    }

    fn outbox_history() -> LogEvent {
        let mut event = events(1, 10).remove(0);
        event.origin = EventOrigin::History;
        event
    }

    #[test]
    fn long_lines_are_bounded_by_their_bytes() {
        let mut outbox = EventQueue::default();
        for _ in 0..40 {
            drop(outbox.push_events(events(1, 1 << 20)));
            assert!(outbox.bytes <= MOST_BYTES);
        }
        let mut kept = 0;
        while let Some(Tailing::Events(events)) = outbox.take() {
            kept += events.len();
        }
        assert_eq!(kept, 16);
    }
}
