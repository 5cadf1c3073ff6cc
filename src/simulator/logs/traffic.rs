//! Log traffic that is never stored: the lines of a slot of time follow from the seed, the group and the slot.

mod firehose;
mod function;
mod service;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

pub(super) use firehose::Firehose;
pub(super) use function::Invocations;
pub(super) use service::{ContainerService, ServiceContainer};

/// One line that traffic makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TrafficLine {
    /// When it is written, in Unix milliseconds.
    pub(super) time_ms: i64,
    /// The stream.
    pub(super) stream: Arc<str>,
    /// The text.
    pub(super) message: Arc<str>,
}

/// A stream of the traffic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TrafficStream {
    /// Its name.
    pub(super) stream: Arc<str>,
    /// The slots that may hold lines of it.
    pub(super) slots: RangeInclusive<i64>,
}

/// What writes to a group without end, before the account began as well as after.
pub(super) trait Traffic: fmt::Debug + Send + Sync {
    /// The length of a slot in milliseconds.
    fn slot_ms(&self) -> i64;

    /// The lines of a slot, each with a time within it, in order of time.
    fn lines(&self, slot: i64) -> Vec<TrafficLine>;

    /// The streams that may have lines in these slots.
    fn streams(&self, slots: RangeInclusive<i64>) -> Vec<TrafficStream>;

    /// About how many bytes it writes a day.
    fn bytes_per_day(&self) -> u64;
}
