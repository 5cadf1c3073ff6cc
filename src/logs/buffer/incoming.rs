//! A row on its way into the buffer: an event, or a marker.

use std::sync::Arc;

use super::row::StreamId;
use super::safe::{self, StoredMessage};
use crate::logs::shape::shape;
use crate::logs::{EventOrigin, Facts, LogEvent, Marker, RecordKind};

/// What is put into a block.
#[derive(Debug)]
pub(super) struct Incoming<'a> {
    pub(super) stored: StoredMessage<'a>,
    pub(super) facts: Facts,
    /// What is left of the message without its numbers and ids; 0 for what is like nothing else.
    pub(super) shape: u32,
    pub(super) time_ms: i64,
    pub(super) ingested_ms: i64,
    pub(super) origin: EventOrigin,
    pub(super) source: Option<Arc<StreamId>>,
    /// Where it stands in the order, when that is not its own time.
    pub(super) moved_to_ms: Option<i64>,
}

impl<'a> Incoming<'a> {
    /// An event from a stream.
    pub(super) fn event(
        event: &'a LogEvent,
        source: Arc<StreamId>,
        moved_to_ms: Option<i64>,
    ) -> Self {
        let stored = safe::store(&event.message);
        let facts = Facts::of(&stored.text);
        // What the platform writes of two invocations is never the same, however alike.
        let shape = match facts.kind {
            RecordKind::Application => shape(&event.group, facts.level, &stored.text),
            _ => 0,
        };
        Self {
            facts,
            shape,
            stored,
            time_ms: event.time_ms,
            ingested_ms: event.ingested_ms,
            origin: event.origin,
            source: Some(source),
            moved_to_ms,
        }
    }

    /// A marker, at its time.
    pub(super) fn marker(marker: &'a Marker) -> Self {
        Self {
            facts: Facts {
                kind: RecordKind::Marker,
                ..Facts::default()
            },
            shape: 0,
            stored: safe::store(&marker.text),
            time_ms: marker.time_ms,
            ingested_ms: marker.time_ms,
            origin: EventOrigin::Live,
            source: None,
            moved_to_ms: None,
        }
    }

    /// Whether it came too late to stand at its own time.
    pub(super) fn is_late(&self) -> bool {
        self.moved_to_ms > Some(self.time_ms)
    }
}
