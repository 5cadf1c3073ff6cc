//! The streams events come from, each held once however many events it has.

use std::collections::HashMap;
use std::sync::Arc;

use super::row::StreamId;

/// Streams that are known before those without events are looked for.
const KNOWN: usize = 1024;

/// The streams events come from.
#[derive(Debug, Default)]
pub(super) struct StreamTable {
    groups: HashMap<Arc<str>, HashMap<Arc<str>, Arc<StreamId>>>,
    last: Option<Arc<StreamId>>,
    known: usize,
    left: usize,
    bytes: usize,
}

impl StreamTable {
    /// The source of an event in this stream of this group.
    pub(super) fn of(&mut self, group: &Arc<str>, stream: &Arc<str>) -> Arc<StreamId> {
        if let Some(last) = self
            .last
            .as_ref()
            .filter(|last| last.stream == *stream && last.group == *group)
        {
            return Arc::clone(last);
        }
        let streams = self.groups.get(group);
        let source = match streams.and_then(|streams| streams.get(stream)) {
            Some(source) => Arc::clone(source),
            None => self.add(group, stream),
        };
        self.last = Some(Arc::clone(&source));
        source
    }

    fn add(&mut self, group: &Arc<str>, stream: &Arc<str>) -> Arc<StreamId> {
        if self.known >= KNOWN.max(2 * self.left) {
            self.purge();
        }
        let source = Arc::new(StreamId {
            group: Arc::clone(group),
            stream: Arc::clone(stream),
        });
        let streams = self.groups.entry(Arc::clone(group)).or_default();
        streams.insert(Arc::clone(stream), Arc::clone(&source));
        self.known += 1;
        self.bytes += size(&source);
        source
    }

    /// Every stream that is known: those of all rows, and of some that were dropped.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<StreamId>> {
        self.groups.values().flat_map(HashMap::values)
    }

    /// Bytes of memory they take, about.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Forgets the streams that no row is from any more.
    fn purge(&mut self) {
        let (mut left, mut bytes) = (0, 0);
        for streams in self.groups.values_mut() {
            streams.retain(|_, source| Arc::strong_count(source) > 1);
            left += streams.len();
            bytes += streams.values().map(size).sum::<usize>();
        }
        self.groups.retain(|_, streams| !streams.is_empty());
        (self.known, self.left, self.bytes) = (left, left, bytes);
    }
}

/// Bytes a source takes with its place in the table; the group's name is shared.
fn size(source: &Arc<StreamId>) -> usize {
    const ENTRY: usize = 128;
    ENTRY + source.stream.len()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{KNOWN, StreamTable};

    #[test]
    fn a_stream_is_held_once() {
        let mut sources = StreamTable::default();
        let one = sources.of(&"a".into(), &"x".into());
        let _ = sources.of(&"a".into(), &"y".into());
        assert!(Arc::ptr_eq(&one, &sources.of(&"a".into(), &"x".into())));
    }

    #[test]
    fn streams_without_rows_are_forgotten() {
        let mut sources = StreamTable::default();
        let group: Arc<str> = "g".into();
        let kept = sources.of(&group, &"kept".into());
        for number in 0..KNOWN * 20 {
            let _ = sources.of(&group, &format!("stream {number}").into());
        }
        assert!(sources.known <= KNOWN);
        assert!(Arc::ptr_eq(&kept, &sources.of(&group, &"kept".into())));
    }
}
