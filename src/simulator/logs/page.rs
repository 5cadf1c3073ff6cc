//! One page of events: full, at its budget or at the end.

use super::event::{EventPosition, StoredEvent};
use super::scan::{Direction, EventScan};

/// The most events one call looks at; what it has found by then is the page, which may be empty.
pub(super) const BUDGET: usize = 25_000;
/// The most bytes of text on one page; a single event may be larger.
const BYTES: usize = 1_048_576;

/// A page of events.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EventPage {
    /// In the order of the scan.
    pub(super) events: Vec<StoredEvent>,
    /// Where to go on: the first place not looked at going forward, the one behind it going backward.
    /// `None` when everything was looked at.
    pub(super) rest: Option<EventPosition>,
}

/// Fills a page with the events that are wanted.
pub(super) fn fill(
    scan: EventScan,
    direction: Direction,
    limit: usize,
    wanted: impl Fn(&StoredEvent) -> bool,
) -> EventPage {
    let (mut events, mut bytes) = (Vec::new(), 0);
    for (looked_at, event) in scan.enumerate() {
        let place = match direction {
            Direction::Forward => event.position(),
            Direction::Backward => event.position().next(),
        };
        let found = wanted(&event);
        let large = found && !events.is_empty() && bytes + event.message.len() > BYTES;
        if large || events.len() >= limit || looked_at >= BUDGET {
            let rest = Some(place);
            return EventPage { events, rest };
        }
        if found {
            bytes += event.message.len();
            events.push(event);
        }
    }
    EventPage { events, rest: None }
}
