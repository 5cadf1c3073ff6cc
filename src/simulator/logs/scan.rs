//! The events of a group, stored and made, merged in order and made one slot at a time.

use std::iter::Peekable;
use std::sync::Arc;

use super::event::{EventPosition, StoredEvent};
use super::feed::GroupTraffic;
use super::store::LogStore;

/// Which way a scan goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Oldest first.
    Forward,
    /// Newest first.
    Backward,
}

/// What to scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The first place.
    pub(super) from: EventPosition,
    /// The place behind the last.
    pub(super) until: EventPosition,
    pub(super) direction: Direction,
    /// What is taken in later is not visible yet, in Unix milliseconds.
    pub(super) now_ms: i64,
    /// The most stored events to look at; a caller that stops at as many events misses none.
    pub(super) most: usize,
}

type Events = Box<dyn Iterator<Item = StoredEvent> + Send>;

/// An iterator over the visible events of one group.
pub(in crate::simulator) struct EventScan {
    made: Peekable<Events>,
    stored: Peekable<std::vec::IntoIter<Arc<StoredEvent>>>,
    direction: Direction,
}

impl LogStore {
    /// Scans a group; nothing when there is no such group. It holds what it needs, so events that come later
    /// do not disturb it.
    pub(super) fn scan(&self, name: &str, stretch: Stretch) -> EventScan {
        let group = self.groups.get(name);
        let feed = group.and_then(|group| group.feed(name, &self.lateness));
        let stored = group.map(|group| {
            let all = group.stored(stretch.from, stretch.until);
            stretch.visible(all)
        });
        EventScan {
            made: made(feed, stretch).peekable(),
            stored: stored.unwrap_or_default().into_iter().peekable(),
            direction: stretch.direction,
        }
    }
}

impl Stretch {
    /// Where the scan begins.
    pub(super) fn begin(&self) -> EventPosition {
        match self.direction {
            Direction::Forward => self.from,
            Direction::Backward => self.until,
        }
    }

    /// The part of it between two times in Unix milliseconds, both included.
    pub(super) fn clipped(self, first_ms: i64, last_ms: i64) -> Self {
        let last = EventPosition::start_of(last_ms.saturating_add(1));
        Self {
            from: self.from.max(EventPosition::start_of(first_ms)),
            until: self.until.min(last),
            ..self
        }
    }

    fn visible<'a>(
        &self,
        events: impl DoubleEndedIterator<Item = &'a Arc<StoredEvent>>,
    ) -> Vec<Arc<StoredEvent>> {
        let seen = |event: &&Arc<StoredEvent>| event.ingested_ms <= self.now_ms;
        match self.direction {
            Direction::Forward => events.filter(seen).take(self.most).cloned().collect(),
            Direction::Backward => events.rev().filter(seen).take(self.most).cloned().collect(),
        }
    }
}

/// The events of the traffic, slot by slot.
fn made(feed: Option<GroupTraffic>, stretch: Stretch) -> Events {
    let Some(feed) = feed else {
        return Box::new(std::iter::empty());
    };
    let newest = stretch.until.time_ms.min(stretch.now_ms);
    let slots = feed.slots(stretch.from.time_ms, newest);
    let within = move |event: &StoredEvent| {
        let position = event.position();
        position >= stretch.from && position < stretch.until && event.ingested_ms <= stretch.now_ms
    };
    match stretch.direction {
        Direction::Forward => Box::new(slots.flat_map(move |s| feed.events(s)).filter(within)),
        Direction::Backward => Box::new(
            slots
                .rev()
                .flat_map(move |slot| feed.events(slot).into_iter().rev())
                .filter(within),
        ),
    }
}

impl Iterator for EventScan {
    type Item = StoredEvent;

    fn next(&mut self) -> Option<StoredEvent> {
        let stored_first = match (self.made.peek(), self.stored.peek()) {
            (Some(made), Some(stored)) => {
                (stored.position() < made.position()) == (self.direction == Direction::Forward)
            }
            (made, _) => made.is_none(),
        };
        if stored_first {
            self.stored.next().map(Arc::unwrap_or_clone)
        } else {
            self.made.next()
        }
    }
}

impl std::fmt::Debug for EventScan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan")
            .field("direction", &self.direction)
            .finish_non_exhaustive()
    }
}
