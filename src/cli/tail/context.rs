//! Lines around a match: those of the same stream before and after it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::line::PlacedEvent;

/// Streams whose last events are kept; of more, those that said nothing for longest are forgotten.
const MOST_STREAMS: usize = 1_000;

/// What is printed of the events around matches.
#[derive(Debug)]
pub(super) struct MatchContext {
    /// Events before and after each match.
    reach: usize,
    streams: HashMap<StreamName, StreamContext>,
    /// Events that came so far.
    seen: u64,
    /// The stream of the last event that was given, and its number there.
    last: Option<(StreamName, u64)>,
}

/// A group and a stream of it.
type StreamName = (Arc<str>, Arc<str>);

/// What is kept of one stream.
#[derive(Debug, Default)]
struct StreamContext {
    /// Events of this stream so far.
    count: u64,
    /// The last events that were not given.
    before: VecDeque<PlacedEvent>,
    /// Events still wanted after a match.
    wanted: usize,
    /// How many events there had been of all streams when it last spoke.
    spoke_at: u64,
}

/// What is printed next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ContextLine {
    /// A rule: what follows does not follow in its stream on what was printed last.
    Rule,
    /// An event.
    Event(PlacedEvent),
}

impl MatchContext {
    /// So many events before and after each match; with none every match stands alone, without rules.
    pub(super) fn new(reach: usize) -> Self {
        Self {
            reach,
            streams: HashMap::new(),
            seen: 0,
            last: None,
        }
    }

    /// Takes an event that matches or not; gives what is printed now, in order.
    pub(super) fn take(&mut self, event: PlacedEvent, is_match: bool) -> Vec<ContextLine> {
        if self.reach == 0 {
            let line = is_match.then_some(ContextLine::Event(event));
            return line.into_iter().collect();
        }
        self.seen += 1;
        let name = (event.event.group.clone(), event.event.stream.clone());
        self.make_room(&name);
        let stream = self.streams.entry(name.clone()).or_default();
        stream.spoke_at = self.seen;
        let given = stream.take(event, is_match, self.reach);
        if given.is_empty() {
            return Vec::new();
        }
        let count = stream.count;
        let follows = Some((name.clone(), count.saturating_sub(given.len() as u64)));
        let is_apart = self.last.is_some() && self.last != follows;
        self.last = Some((name, count));
        let rule = is_apart.then_some(ContextLine::Rule);
        rule.into_iter()
            .chain(given.into_iter().map(ContextLine::Event))
            .collect()
    }

    fn make_room(&mut self, name: &StreamName) {
        if self.streams.len() < MOST_STREAMS || self.streams.contains_key(name) {
            return;
        }
        let quiet = self
            .streams
            .iter()
            .min_by_key(|(_, stream)| stream.spoke_at);
        if let Some(quiet) = quiet.map(|(name, _)| name.clone()) {
            self.streams.remove(&quiet);
        }
    }
}

impl StreamContext {
    /// What is printed of this stream with this event, the event last.
    fn take(&mut self, event: PlacedEvent, is_match: bool, reach: usize) -> Vec<PlacedEvent> {
        self.count += 1;
        if is_match {
            self.wanted = reach;
            let before = self.before.drain(..);
            return before.chain([event]).collect();
        }
        if self.wanted > 0 {
            self.wanted -= 1;
            return vec![event];
        }
        if self.before.len() == reach {
            self.before.pop_front();
        }
        self.before.push_back(event);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::{EventOrigin, LogEvent, Shift};

    fn event(stream: &str, message: &str) -> PlacedEvent {
        let event = LogEvent {
            group: "/g".into(),
            stream: stream.into(),
            time_ms: 0,
            ingested_ms: 0,
            message: message.to_owned(),
            id: None,
            origin: EventOrigin::Live,
        };
        let shift = Shift::None;
        PlacedEvent { event, shift }
    }

    /// What is printed of these messages, `stream text`; those with an `x` match.
    fn printed(reach: usize, messages: &[&str]) -> Vec<String> {
        let mut context = MatchContext::new(reach);
        let lines = messages.iter().flat_map(|message| {
            let (stream, text) = message.split_once(' ').unwrap();
            context.take(event(stream, text), text.contains('x'))
        });
        let words = lines.map(|line| match line {
            ContextLine::Rule => "--".to_owned(),
            ContextLine::Event(placed) => placed.event.message,
        });
        words.collect()
    }

    #[test]
    fn a_match_has_its_neighbours_of_the_same_stream() {
        let messages = ["a 1", "b 2", "a 3", "a 4x", "b 5", "a 6", "a 7", "a 8"];
        assert_eq!(printed(1, &messages), ["3", "4x", "6"]);
        assert_eq!(printed(2, &messages), ["1", "3", "4x", "6", "7"]);
        assert_eq!(printed(0, &messages), ["4x"]);
    }

    #[test]
    fn a_rule_stands_where_something_was_left_out() {
        let messages = ["a 1x", "a 2", "a 3", "a 4", "a 5x", "b 6", "b 7x", "a 8"];
        assert_eq!(
            printed(1, &messages),
            ["1x", "2", "--", "4", "5x", "--", "6", "7x", "--", "8"]
        );
        assert_eq!(
            printed(1, &["a 1x", "a 2", "a 3", "a 4x", "a 5x"]),
            ["1x", "2", "3", "4x", "5x"]
        );
        assert_eq!(printed(0, &["a 1x", "a 2", "a 3x"]), ["1x", "3x"]);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut context = MatchContext::new(3);
        for number in 0..MOST_STREAMS + 5 {
            for _ in 0..9 {
                context.take(event(&number.to_string(), "."), false);
            }
        }
        assert_eq!(context.streams.len(), MOST_STREAMS);
        assert!(context.streams.values().all(|it| it.before.len() == 3));
        assert!(!context.streams.contains_key(&("/g".into(), "0".into())));
    }
}
