//! The account's log groups, and what the live sessions on them have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::errors::ApiError;
use super::super::operation::Operation;
use super::errors::{no_group, not_of_class};
use super::event::StoredEvent;
use super::feed::Lateness;
use super::group::{Class, StoredGroup};
use super::live::SessionEnd;
use super::traffic::Traffic;

/// The numbers of stored events begin here, above those of any slot of traffic.
const FIRST_STORED: u64 = 1 << 32;

/// One line to store.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct InputLogEvent {
    pub(in crate::simulator) stream: Arc<str>,
    pub(in crate::simulator) time_ms: i64,
    pub(in crate::simulator) ingested_ms: i64,
    pub(in crate::simulator) message: Arc<str>,
}

/// All groups by name.
#[derive(Debug, Default)]
pub(in crate::simulator) struct LogStore {
    pub(super) groups: BTreeMap<String, StoredGroup>,
    pub(super) lateness: Lateness,
    /// The live sessions that are open.
    pub(super) sessions: u32,
    /// The last order to end the sessions that were open then, with its number.
    pub(super) ending: Option<(u64, SessionEnd)>,
    /// The traffic of every group that has any; it comes back when the group is made again.
    traffic: BTreeMap<String, Arc<dyn Traffic>>,
    stored: u64,
}

impl LogStore {
    /// Gives a group traffic since a time; the group is made when it is new.
    pub(super) fn install(&mut self, group: &str, traffic: Arc<dyn Traffic>, since_ms: i64) {
        self.traffic.insert(group.to_owned(), Arc::clone(&traffic));
        let group = self.groups.entry(group.to_owned());
        group.or_insert_with(|| StoredGroup::new(since_ms, Some(traffic)));
    }

    /// The group of this name, when there is one whose class has this operation.
    pub(super) fn with(&self, name: &str, operation: Operation) -> Result<&StoredGroup, ApiError> {
        let group = self.groups.get(name).ok_or_else(no_group)?;
        match group.class {
            Class::Standard => Ok(group),
            class => Err(not_of_class(name, class, operation)),
        }
    }

    /// Makes a group; `false` when there is one of this name.
    pub(super) fn create(&mut self, name: &str, now_ms: i64) -> bool {
        let missing = !self.groups.contains_key(name);
        if missing {
            let traffic = self.traffic.get(name).cloned();
            self.groups
                .insert(name.to_owned(), StoredGroup::new(now_ms, traffic));
        }
        missing
    }

    /// From this time on, delays this share of all events.
    pub(in crate::simulator) fn set_lateness(&mut self, from_ms: i64, delay_ms: i64, share: f64) {
        self.lateness.set(from_ms, delay_ms, share);
    }

    /// How many events were ever stored.
    pub(super) fn stored(&self) -> u64 {
        self.stored
    }

    /// Stores events in a group, which is made when it is new, as the service does for functions.
    pub(in crate::simulator) fn append(
        &mut self,
        group: &str,
        entries: impl IntoIterator<Item = InputLogEvent>,
    ) {
        for entry in entries {
            self.create(group, entry.time_ms);
            self.stored += 1;
            let number = FIRST_STORED + self.stored;
            let late_ms = self
                .lateness
                .delay_ms(entry.time_ms, super::event::mix(1, number));
            let Some(group) = self.groups.get_mut(group) else {
                return;
            };
            group.store(StoredEvent {
                stream: entry.stream,
                time_ms: entry.time_ms,
                ingested_ms: entry.ingested_ms + late_ms,
                message: entry.message,
                number,
            });
        }
    }
}
