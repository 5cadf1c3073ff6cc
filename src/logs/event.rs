//! One log event, as `CloudWatch` Logs delivers it.

use std::sync::Arc;

/// One log event. Its message is raw: whoever shows it makes it safe first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// The key of the log group.
    pub group: Arc<str>,
    /// The name of the log stream.
    pub stream: Arc<str>,
    /// When it happened by the sender's clock, in Unix milliseconds; up to 14 days back or 2 hours ahead.
    pub time_ms: i64,
    /// When `CloudWatch` Logs took it in, in Unix milliseconds.
    pub ingested_ms: i64,
    /// The text, up to 1 MB, possibly of several lines.
    pub message: String,
    /// The event id; only `FilterLogEvents` tells it.
    pub id: Option<Box<str>>,
    /// How it came here.
    pub origin: EventOrigin,
}

/// How an event came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventOrigin {
    /// From before the tail began.
    History,
    /// By a live session.
    Live,
    /// By polling, which is the plan where there is no live session.
    Polled,
    /// By reading again: the live session had left it out, or without one the readings before.
    Recovered,
}
