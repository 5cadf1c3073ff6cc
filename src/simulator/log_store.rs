//! The account's log groups: the newest events of each, within a bound.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

/// The most events kept for one group; the oldest go first.
const EVENTS_PER_GROUP: usize = 10_000;

/// One log event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// When it was written.
    pub time: Timestamp,
    /// The stream, one for each environment.
    pub stream: String,
    /// The line, without its line end.
    pub message: String,
}

/// The events of all groups, in the order of writing.
#[derive(Debug, Default)]
pub(super) struct LogStore {
    groups: BTreeMap<String, VecDeque<LogEvent>>,
}

impl LogStore {
    /// Appends events to a group, which is made when it is new.
    pub(super) fn append(&mut self, group: &str, events: impl IntoIterator<Item = LogEvent>) {
        let kept = self.groups.entry(group.to_owned()).or_default();
        kept.extend(events);
        let excess = kept.len().saturating_sub(EVENTS_PER_GROUP);
        kept.drain(..excess);
    }

    /// The events of a group, oldest first.
    pub(super) fn events(&self, group: &str) -> Vec<LogEvent> {
        let kept = self.groups.get(group);
        kept.map(|events| events.iter().cloned().collect())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_keeps_the_newest_events_only() {
        let mut store = LogStore::default();
        for number in 0..EVENTS_PER_GROUP + 5 {
            let event = LogEvent {
                time: Timestamp::UNIX_EPOCH,
                stream: "s".into(),
                message: number.to_string(),
            };
            store.append("g", [event]);
        }
        let kept = store.events("g");
        assert_eq!(kept.len(), EVENTS_PER_GROUP);
        assert_eq!(kept[0].message, "5");
        assert!(store.events("other").is_empty());
    }
}
