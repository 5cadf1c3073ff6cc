//! What tests and other rooms ask of the account's logs without the wire.

use jiff::Timestamp;

use super::super::account::Account;
use super::super::operation::Operation;
use super::event::{EventPosition, StoredEvent};
use super::live::SessionEnd;
use super::scan::{Direction, Stretch};
use super::store::InputLogEvent;

impl Account {
    /// The account's time of day. It follows tokio's clock, also a paused one.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The same in Unix milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Puts one event; its group and stream are made when they are new.
    ///
    /// Readers and live sessions see it from `ingested_ms` on, which may lie ahead. An ingestion before the
    /// present is seen by readers only: the live sessions have passed it.
    pub fn put_event(
        &self,
        group: &str,
        stream: &str,
        time_ms: i64,
        ingested_ms: i64,
        message: &str,
    ) {
        let entry = InputLogEvent {
            stream: stream.into(),
            time_ms,
            ingested_ms,
            message: message.into(),
        };
        self.state().logs.append(group, [entry]);
    }

    /// Makes a group, unless there is one of this name.
    pub fn create_group(&self, group: &str) {
        let now_ms = self.now_ms();
        self.state().logs.create(group, now_ms);
    }

    /// Deletes a group and what is in it; `false` when there is none of this name.
    #[must_use]
    pub fn delete_group(&self, group: &str) -> bool {
        self.state().logs.groups.remove(group).is_some()
    }

    /// Ends every live session that is open now, within a second.
    pub fn end_sessions(&self, end: SessionEnd) {
        let mut state = self.state();
        let number = state.logs.ending.map_or(1, |(number, _)| number + 1);
        state.logs.ending = Some((number, end));
    }

    /// The live sessions that are open.
    #[must_use]
    pub fn live_sessions(&self) -> u32 {
        self.state().logs.sessions
    }

    /// The calls of an operation so far, refused ones included; 0 for a name that is none.
    #[must_use]
    pub fn calls(&self, operation: &str) -> u32 {
        let state = self.state();
        let operation = Operation::named(operation);
        operation.map_or(0, |operation| state.calls(operation))
    }

    /// The visible events of a group in a stretch of time in Unix milliseconds, `to_ms` excluded, oldest first.
    ///
    /// The demo's traffic is made as the iterator goes; nothing when there is no such group.
    pub fn events_between(
        &self,
        group: &str,
        from_ms: i64,
        to_ms: i64,
    ) -> impl Iterator<Item = StoredEvent> + Send + use<> {
        let stretch = Stretch {
            from: EventPosition::start_of(from_ms),
            until: EventPosition::start_of(to_ms),
            direction: Direction::Forward,
            now_ms: self.now_ms(),
            most: usize::MAX,
        };
        self.state().logs.scan(group, stretch)
    }

    /// The stored events of a group, oldest first, as far as they are kept: what invocations wrote and what was put.
    #[must_use]
    pub fn log_events(&self, group: &str) -> Vec<StoredEvent> {
        let state = self.state();
        let group = state.logs.groups.get(group);
        let (first, last) = (
            EventPosition::start_of(i64::MIN),
            EventPosition::start_of(i64::MAX),
        );
        let stored = group.map(|group| group.stored(first, last));
        let stored = stored.into_iter().flatten();
        stored.map(|event| StoredEvent::clone(event)).collect()
    }

    /// The names of the log groups, in order.
    #[must_use]
    pub fn log_groups(&self) -> Vec<String> {
        self.state().logs.groups.keys().cloned().collect()
    }
}
