//! One log group: what was stored in it, and the traffic it has besides.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::{EventPosition, StoredEvent};
use super::feed::{DeletedStreams, GroupTraffic, Lateness};
use super::traffic::Traffic;

/// The most events kept for one group; the oldest go first.
const EVENTS: usize = 250_000;

/// What a group can do; only one of the Standard class has live sessions and can be read but by queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Class {
    #[default]
    Standard,
    InfrequentAccess,
    Delivery,
}

impl Class {
    /// As the service calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::InfrequentAccess => "INFREQUENT_ACCESS",
            Self::Delivery => "DELIVERY",
        }
    }
}

/// A log group.
#[derive(Debug)]
pub(super) struct StoredGroup {
    pub(super) created_ms: i64,
    pub(super) class: Class,
    /// How long events are kept, in days; `None` for ever.
    pub(super) retention_days: Option<u32>,
    pub(super) streams: BTreeMap<Arc<str>, StoredStream>,
    /// The traffic, and when it begins in Unix milliseconds.
    traffic: Option<(Arc<dyn Traffic>, i64)>,
    /// The streams of the traffic that were deleted, and when in Unix milliseconds.
    deleted: Arc<DeletedStreams>,
    events: BTreeMap<EventPosition, Arc<StoredEvent>>,
    /// The stored events in the order in which they are taken in.
    arrivals: BTreeMap<(i64, u64), Arc<StoredEvent>>,
    bytes: u64,
}

/// What is known about a stream with stored events; times in Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredStream {
    pub(super) created_ms: i64,
    /// The times of the first and the last event, and the last ingestion; `None` in a stream without events.
    pub(super) events: Option<(i64, i64, i64)>,
}

impl StoredGroup {
    /// A group made at this time, with traffic since then if it has any.
    pub(super) fn new(created_ms: i64, traffic: Option<Arc<dyn Traffic>>) -> Self {
        Self {
            created_ms,
            class: Class::Standard,
            retention_days: None,
            streams: BTreeMap::new(),
            traffic: traffic.map(|traffic| (traffic, created_ms)),
            deleted: Arc::default(),
            events: BTreeMap::new(),
            arrivals: BTreeMap::new(),
            bytes: 0,
        }
    }

    /// Its traffic.
    pub(super) fn feed(&self, name: &str, lateness: &Lateness) -> Option<GroupTraffic> {
        let (traffic, since_ms) = self.traffic.clone()?;
        let (lateness, deleted) = (lateness.clone(), Arc::clone(&self.deleted));
        Some(GroupTraffic::new(
            traffic, name, since_ms, lateness, deleted,
        ))
    }

    /// Makes a stream; `false` when there is one of this name.
    pub(super) fn create_stream(&mut self, name: &str, created_ms: i64) -> bool {
        let missing = !self.streams.contains_key(name);
        if missing {
            let stream = StoredStream {
                created_ms,
                events: None,
            };
            self.streams.insert(name.into(), stream);
        }
        missing
    }

    /// Deletes a stream with its events up to now; what is written to it later makes it anew.
    pub(super) fn delete_stream(&mut self, name: &str, now_ms: i64) {
        self.streams.remove(name);
        self.arrivals.retain(|_, event| &*event.stream != name);
        let bytes = &mut self.bytes;
        self.events.retain(|_, event| {
            let stays = &*event.stream != name;
            if !stays {
                *bytes = bytes.saturating_sub(event.message.len() as u64);
            }
            stays
        });
        if self.traffic.is_some() {
            Arc::make_mut(&mut self.deleted).insert(name.into(), now_ms);
        }
    }

    /// Stores an event; its stream is made when it is new.
    pub(super) fn store(&mut self, event: StoredEvent) {
        self.create_stream(&event.stream, event.time_ms);
        if let Some(stream) = self.streams.get_mut(&event.stream) {
            stream.note(&event);
        }
        self.bytes += event.message.len() as u64;
        let event = Arc::new(event);
        self.arrivals
            .insert((event.ingested_ms, event.number), Arc::clone(&event));
        self.events.insert(event.position(), event);
        if self.events.len() > EVENTS
            && let Some((_, oldest)) = self.events.pop_first()
        {
            self.arrivals.remove(&(oldest.ingested_ms, oldest.number));
        }
    }

    /// The stored events from one place up to another, in order.
    pub(super) fn stored(
        &self,
        from: EventPosition,
        until: EventPosition,
    ) -> impl DoubleEndedIterator<Item = &Arc<StoredEvent>> {
        let range = (from < until).then(|| self.events.range(from..until));
        range.into_iter().flatten().map(|(_, event)| event)
    }

    /// The stored events taken in after `after_ms`, up to and including `until_ms`.
    pub(super) fn arrivals(
        &self,
        after_ms: i64,
        until_ms: i64,
    ) -> impl Iterator<Item = &StoredEvent> {
        let range = (after_ms < until_ms)
            .then(|| self.arrivals.range((after_ms + 1, 0)..(until_ms + 1, 0)));
        range.into_iter().flatten().map(|(_, event)| event.as_ref())
    }

    /// About how many bytes it holds.
    pub(super) fn stored_bytes(&self, name: &str, now_ms: i64) -> u64 {
        let feed = self.feed(name, &Lateness::default());
        self.bytes + feed.map_or(0, |feed| feed.stored_bytes(now_ms))
    }
}

impl StoredStream {
    /// What is known when the stream has these events too.
    pub(super) fn joined(self, other: Self) -> Self {
        let events = match (self.events, other.events) {
            (Some(own), Some(more)) => {
                Some((own.0.min(more.0), own.1.max(more.1), own.2.max(more.2)))
            }
            (own, more) => own.or(more),
        };
        Self {
            created_ms: self.created_ms.min(other.created_ms),
            events,
        }
    }

    fn note(&mut self, event: &StoredEvent) {
        let (time, ingested) = (event.time_ms, event.ingested_ms);
        let noted = Self {
            created_ms: self.created_ms,
            events: Some((time, time, ingested)),
        };
        *self = self.joined(noted);
    }
}
