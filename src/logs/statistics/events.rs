//! Figures about the events of a log group whatever they are: how many, how grave, and what templates they have.

use std::sync::Arc;

use crate::logs::templates::{EventSpan, MOST_TEMPLATES, OtherMessages, Template, TemplateMiner};
use crate::logs::{Facts, Level, Row, Snapshot};

/// How many events there were of each level, in the order of [`Level::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LevelCounts([u64; Level::ALL.len()]);

/// Gathers the events of one log group.
#[derive(Debug)]
pub struct EventStatistics {
    span: EventSpan,
    all: LevelCounts,
    since: LevelCounts,
    miner: TemplateMiner,
}

/// Figures about the events of a log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSummary {
    /// The stretch of time they are of.
    pub span: EventSpan,
    /// All events.
    pub all: LevelCounts,
    /// Those at or after the split of the span.
    pub since: LevelCounts,
    /// The templates of their messages, the most counted first.
    pub templates: Vec<Template>,
    /// Messages of templates that were dropped.
    pub others: OtherMessages,
    /// Whether reading ended before the end that was asked for, because there were so many events.
    pub is_cut: bool,
}

impl LevelCounts {
    fn add(&mut self, level: Level) {
        if let Some(count) = self.0.get_mut(level as usize) {
            *count += 1;
        }
    }

    /// How many events there are of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> u64 {
        self.0.get(level as usize).copied().unwrap_or_default()
    }

    /// How many events there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many of them are errors, or worse.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.of(Level::Error) + self.of(Level::Fatal)
    }
}

impl EventStatistics {
    /// Nothing gathered yet, for events of a span of time.
    #[must_use]
    pub fn new(span: EventSpan) -> Self {
        Self {
            span,
            all: LevelCounts::default(),
            since: LevelCounts::default(),
            miner: TemplateMiner::new(span, MOST_TEMPLATES),
        }
    }

    /// Takes a message as it came, written at `time_ms` (Unix milliseconds).
    pub fn take(&mut self, message: &str, time_ms: i64) {
        self.take_graded(message, Facts::of(message).level, time_ms);
    }

    /// Takes a message whose level is known already.
    pub fn take_graded(&mut self, message: &str, level: Level, time_ms: i64) {
        self.all.add(level);
        if self.span.is_since(time_ms) {
            self.since.add(level);
        }
        self.miner.take(message, level, time_ms);
    }

    /// The figures so far.
    #[must_use]
    pub fn summary(&self) -> EventSummary {
        let (templates, others) = self.miner.templates();
        EventSummary {
            span: self.span,
            all: self.all,
            since: self.since,
            templates,
            others,
            is_cut: false,
        }
    }
}

/// The events of the rows of a tail, group by group.
#[derive(Debug)]
pub struct LoadedEvents {
    span: EventSpan,
    groups: Vec<(Arc<str>, EventStatistics)>,
}

impl LoadedEvents {
    /// Nothing gathered yet, of rows that are to be taken in order.
    #[must_use]
    pub fn new(rows: &Snapshot, split_ms: Option<i64>) -> Self {
        let (from_ms, to_ms) = rows.span_ms().unwrap_or_default();
        Self {
            span: EventSpan {
                from_ms,
                to_ms,
                split_ms,
            },
            groups: Vec::new(),
        }
    }

    /// Takes a row with its message as it came; marks between events are passed over.
    pub fn take(&mut self, row: &Row, message: &str) {
        let Some(source) = &row.source else { return };
        let known = self
            .groups
            .iter()
            .position(|(name, _)| *name == source.group);
        let at = known.unwrap_or(self.groups.len());
        if known.is_none() {
            // Rows come in order: what is known of a group begins here. What begins after the split has nothing to be
            // compared with.
            let from_ms = row.brief.time_ms;
            let statistics = EventStatistics::new(EventSpan {
                from_ms,
                split_ms: self.span.split_ms.filter(|&split_ms| split_ms > from_ms),
                ..self.span
            });
            self.groups.push((Arc::clone(&source.group), statistics));
        }
        if let Some((_, statistics)) = self.groups.get_mut(at) {
            statistics.take_graded(message, row.brief.level, row.brief.time_ms);
        }
    }

    /// The figures of each group so far.
    #[must_use]
    pub fn summaries(&self) -> Vec<(Arc<str>, EventSummary)> {
        let groups = self.groups.iter();
        let told = groups.map(|(name, statistics)| (Arc::clone(name), statistics.summary()));
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SPAN: EventSpan = EventSpan {
        from_ms: 0,
        to_ms: 120_000,
        split_ms: Some(60_000),
    };

    #[test]
    fn events_are_counted_by_level_before_and_after() {
        let mut events = EventStatistics::new(SPAN);
        for (message, time_ms) in [
            ("INFO: up", 0),
            ("ERROR: no 1", 59_999),
            ("ERROR: no 2", 60_000),
            ("FATAL: down", 120_000),
            ("what", 120_000),
        ] {
            events.take(message, time_ms);
        }
        let summary = events.summary();
        assert_eq!((summary.all.total(), summary.all.errors()), (5, 3));
        assert_eq!((summary.since.total(), summary.since.errors()), (3, 2));
        assert_eq!(summary.all.of(Level::Unknown), 1);
        let new: Vec<&str> = summary
            .templates
            .iter()
            .filter(|it| it.sights.is_new())
            .map(|it| it.words.as_str())
            .collect();
        assert_eq!(new, ["FATAL: down", "what"]);
    }

    proptest! {
        #[test]
        fn the_order_of_events_changes_no_total(
            messages in proptest::collection::vec(("(ERROR|INFO)?: [a-c]{1,2} [0-9]{1,2}", 0_i64..120_000), 0..60),
            turn in 0_usize..60,
        ) {
            let gather = |messages: &[(String, i64)]| {
                let mut events = EventStatistics::new(SPAN);
                for (message, time_ms) in messages {
                    events.take(message, *time_ms);
                }
                events.summary()
            };
            let mut turned = messages.clone();
            turned.rotate_left(turn.min(messages.len()));
            let (summary, other) = (gather(&messages), gather(&turned));
            prop_assert_eq!((summary.all, summary.since), (other.all, other.since));
            for summary in [summary, other] {
                let counted: u64 = summary.templates.iter().map(|it| it.sights.count).sum();
                prop_assert_eq!(counted + summary.others.events, summary.all.total());
                prop_assert_eq!(counted, messages.len() as u64);
            }
        }
    }
}
