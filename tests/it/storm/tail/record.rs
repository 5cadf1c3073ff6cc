//! The truth about events: what was written, since when it can be read, and what became of it.

use iacstone::logs;

/// What tells events apart for whoever looks at them: several that are alike are several events.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) group: String,
    pub(super) stream: String,
    pub(super) time_ms: i64,
    pub(super) ingested_ms: i64,
    pub(super) text: String,
}

/// Events that are alike and can be read from the same time on.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) event: Event,
    pub(super) visible_ms: i64,
    pub(super) copies: u64,
    /// When it went, with its group.
    pub(super) gone_ms: Option<i64>,
}

impl Event {
    pub(super) fn of(event: &logs::LogEvent) -> Self {
        Self {
            group: event.group.to_string(),
            stream: event.stream.to_string(),
            time_ms: event.time_ms,
            ingested_ms: event.ingested_ms,
            text: event.message.clone(),
        }
    }
}

impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text: String = self.text.chars().take(24).collect();
        write!(
            f,
            "'{text}' of {}/{} at {} taken in at {}",
            self.group,
            self.stream,
            super::clock_of(self.time_ms),
            super::clock_of(self.ingested_ms)
        )
    }
}
