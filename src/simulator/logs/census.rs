//! The streams of a group: those with stored events and those of its traffic, in one list.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::StoredEvent;
use super::feed::GroupTraffic;
use super::group::StoredStream;
use super::store::LogStore;
use super::traffic::TrafficStream;

/// The most slots looked through for the first or the last line of a stream.
const SEARCHED: usize = 200;

impl LogStore {
    /// The streams of a group by name; none when there is no such group.
    pub(super) fn streams(&self, group: &str, now_ms: i64) -> BTreeMap<Arc<str>, StoredStream> {
        let stored = self.groups.get(group);
        let mut streams = stored.map(|g| g.streams.clone()).unwrap_or_default();
        let feed = self.feed(group);
        for span in feed.iter().flat_map(|feed| feed.streams(now_ms)) {
            let made = feed.as_ref().and_then(|feed| describe(feed, &span, now_ms));
            if let Some(made) = made {
                merge(&mut streams, span.stream, made);
            }
        }
        streams
    }

    /// One stream of a group.
    pub(super) fn stream(&self, group: &str, name: &str, now_ms: i64) -> Option<StoredStream> {
        let stored = self.groups.get(group)?.streams.get(name).copied();
        let feed = self.feed(group);
        let spans = feed.as_ref().map(|feed| feed.streams(now_ms));
        let mut spans = spans.into_iter().flatten();
        let span = spans.find(|span| &*span.stream == name);
        let made = span
            .zip(feed.as_ref())
            .and_then(|(span, feed)| describe(feed, &span, now_ms));
        match (stored, made) {
            (Some(stored), Some(made)) => Some(stored.joined(made)),
            (stored, made) => stored.or(made),
        }
    }

    /// The stored events of a group taken in after `after_ms`, up to and including `until_ms`, and its traffic.
    pub(super) fn arrivals(
        &self,
        group: &str,
        after_ms: i64,
        until_ms: i64,
    ) -> (Vec<StoredEvent>, Option<GroupTraffic>) {
        let stored = self.groups.get(group);
        let arrived = stored.map(|g| g.arrivals(after_ms, until_ms).cloned().collect());
        (arrived.unwrap_or_default(), self.feed(group))
    }

    fn feed(&self, group: &str) -> Option<GroupTraffic> {
        self.groups.get(group)?.feed(group, &self.lateness)
    }
}

fn merge(streams: &mut BTreeMap<Arc<str>, StoredStream>, name: Arc<str>, made: StoredStream) {
    let both = streams.get(&name).map_or(made, |own| own.joined(made));
    streams.insert(name, both);
}

/// What is known about a stream of the traffic; `None` when none of its lines is visible.
fn describe(feed: &GroupTraffic, span: &TrafficStream, now_ms: i64) -> Option<StoredStream> {
    let mine = |event: &StoredEvent| event.stream == span.stream && event.ingested_ms <= now_ms;
    let mut forward = span.slots.clone().take(SEARCHED);
    let first = forward.find_map(|slot| feed.events(slot).into_iter().find(mine))?;
    let mut backward = span.slots.clone().rev().take(SEARCHED);
    let last = backward.find_map(|slot| feed.events(slot).into_iter().rfind(mine));
    let last = last.unwrap_or_else(|| first.clone());
    Some(StoredStream {
        created_ms: first.time_ms,
        events: Some((first.time_ms, last.time_ms, last.ingested_ms)),
    })
}
