//! A block: a run of rows that arrived one after another, with their index and, once it is sealed, compressed text.

mod body;

use std::ops::Range;
use std::sync::Arc;

use body::BlockBody;
pub(super) use body::{Packer, Unpacked};

use super::entry::{Bits, Flag, IndexEntry};
use super::incoming::Incoming;
use super::row::{Brief, RowId, RowKey, Shift, StreamId};
use crate::logs::{Level, RecordKind, RequestId};

/// Bytes of text a block has at most, unless one row alone is longer.
const TEXT: usize = 0xffff;
/// Times as many bytes of raw messages a block has at most, likewise: one may be mostly escape sequences.
const RAW: usize = 4 * TEXT;
/// Rows after which a block is sealed.
const ROWS: usize = 4096;
/// A block that has this much text is sealed when a row of quite another time comes, so that it goes when its time comes.
const SHORT_TEXT: usize = 4 << 10;
/// What "quite another time" is, in milliseconds.
const SPAN_MS: u64 = 600_000;
/// Bytes a block takes beside its text and index: itself, its allocations and the pointer to it.
const OVERHEAD: usize = 320;

/// A run of rows. Immutable once sealed.
#[derive(Debug, Clone)]
pub(super) struct RowBlock {
    first: RowId,
    base_ms: i64,
    newest_ms: i64,
    oldest_ms: i64,
    entries: Vec<IndexEntry>,
    /// What is left of each message without its numbers and ids; 0 for what is like nothing else.
    shapes: Vec<u32>,
    sources: Vec<Option<Arc<StreamId>>>,
    requests: Vec<RequestId>,
    moved: Vec<(u16, i64)>,
    body: BlockBody,
}

impl RowBlock {
    /// An empty block whose first row will be `first`; `time_ms` is that row's time.
    pub(super) fn new(first: RowId, time_ms: i64) -> Self {
        Self {
            first,
            base_ms: time_ms,
            newest_ms: time_ms,
            oldest_ms: time_ms,
            entries: Vec::new(),
            shapes: Vec::new(),
            sources: Vec::new(),
            requests: Vec::new(),
            moved: Vec::new(),
            body: BlockBody::default(),
        }
    }

    /// Rows in it.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether a row can be added; a sealed block takes none.
    pub(super) fn takes(&self, row: &Incoming<'_>) -> bool {
        if self.body.is_sealed() {
            return false;
        }
        let text = self.body.len();
        let more = row.stored.raw.map_or(0, str::len);
        let fits_raw = self.body.raw_len() + more <= RAW;
        let fits = |ms: i64| i32::try_from(ms.saturating_sub(self.base_ms)).is_ok();
        let is_far = row
            .time_ms
            .abs_diff(self.oldest_ms)
            .max(row.time_ms.abs_diff(self.newest_ms))
            > SPAN_MS;
        self.entries.is_empty()
            || (self.entries.len() < ROWS
                && text + 1 + row.stored.text.len() <= TEXT
                && fits_raw
                && fits(row.time_ms)
                && !(is_far && text >= SHORT_TEXT))
    }

    /// Adds a row; ask [`Self::takes`] first.
    pub(super) fn push(&mut self, row: &Incoming<'_>) {
        let slot = self.entries.len();
        let delta = |ms: i64| {
            let delta = ms.saturating_sub(self.base_ms);
            i32::try_from(delta).unwrap_or(if delta < 0 { i32::MIN } else { i32::MAX })
        };
        let (time, ingested) = (delta(row.time_ms), delta(row.ingested_ms));
        let mut bits = Bits::new(&row.facts, row.origin);
        bits.set(Flag::HadBreak, row.stored.had_break);
        bits.set(Flag::HasRaw, row.stored.raw.is_some());
        bits.set(Flag::Moved, row.moved_to_ms.is_some());
        if let Some(ms) = row.moved_to_ms {
            self.moved.push((narrow(slot), ms));
        }
        let end = narrow(self.body.push(slot, &row.stored));
        let source = self.source_place(row.source.as_ref());
        let request = self.request_place(row.facts.request);
        self.newest_ms = self.newest_ms.max(row.time_ms);
        self.oldest_ms = self.oldest_ms.min(row.time_ms);
        self.shapes.push(row.shape);
        self.entries.push(IndexEntry {
            time,
            ingested,
            end,
            source,
            request,
            bits,
        });
    }

    fn source_place(&mut self, source: Option<&Arc<StreamId>>) -> u16 {
        let same = |known: &Option<Arc<StreamId>>| match (known, source) {
            (Some(known), Some(source)) => Arc::ptr_eq(known, source),
            (None, None) => true,
            _ => false,
        };
        let place = self.sources.iter().rposition(same).unwrap_or_else(|| {
            self.sources.push(source.cloned());
            self.sources.len() - 1
        });
        narrow(place)
    }

    fn request_place(&mut self, request: Option<RequestId>) -> u16 {
        let Some(request) = request else {
            return 0;
        };
        let known = self.requests.iter().rposition(|known| *known == request);
        let place = known.unwrap_or_else(|| {
            self.requests.push(request);
            self.requests.len() - 1
        });
        narrow(place + 1)
    }

    /// How many of its rows are markers.
    pub(super) fn markers(&self) -> usize {
        let is_marker = |slot: &usize| self.kind(*slot) == RecordKind::Marker;
        (0..self.len()).filter(is_marker).count()
    }

    /// Compresses the text; the block takes no more rows.
    pub(super) fn seal(&mut self, packer: &mut Packer) {
        self.entries.shrink_to_fit();
        self.shapes.shrink_to_fit();
        self.sources.shrink_to_fit();
        self.requests.shrink_to_fit();
        self.body.seal(self.entries.len() == 1, packer);
    }

    /// Bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        OVERHEAD
            + self.entries.capacity() * size_of::<IndexEntry>()
            + self.shapes.capacity() * size_of::<u32>()
            + self.sources.capacity() * size_of::<Option<Arc<StreamId>>>()
            + self.requests.capacity() * size_of::<RequestId>()
            + self.moved.capacity() * size_of::<(u16, i64)>()
            + self.body.bytes()
    }

    /// The id of its first row, which names it.
    pub(super) const fn first(&self) -> RowId {
        self.first
    }

    /// The ids of its rows.
    pub(super) fn ids(&self) -> Range<u64> {
        let end = self.first.0 + self.entries.len() as u64;
        self.first.0..end
    }

    /// The slot of a row, if the row is in this block.
    pub(super) fn slot(&self, id: RowId) -> Option<usize> {
        let slot = usize::try_from(id.0.checked_sub(self.first.0)?).ok()?;
        (slot < self.entries.len()).then_some(slot)
    }

    /// Where a row stands in the order.
    pub(super) fn place(&self, slot: usize) -> Option<RowKey> {
        let entry = *self.entries.get(slot)?;
        let time_ms = self.time(entry);
        let moved_to = self.moved_to(slot, entry);
        // What came too late stands after all that was there.
        let ingested_ms = match moved_to {
            Some(ms) if ms > time_ms => i64::MAX,
            _ => self.base_ms.saturating_add(entry.ingested.into()),
        };
        Some(RowKey {
            time_ms: moved_to.unwrap_or(time_ms),
            ingested_ms,
            id: RowId(self.first.0 + slot as u64),
        })
    }

    fn time(&self, entry: IndexEntry) -> i64 {
        self.base_ms.saturating_add(entry.time.into())
    }

    fn moved_to(&self, slot: usize, entry: IndexEntry) -> Option<i64> {
        if !entry.bits.has(Flag::Moved) {
            return None;
        }
        let at = self
            .moved
            .binary_search_by_key(&narrow(slot), |(slot, _)| *slot)
            .ok()?;
        self.moved.get(at).map(|(_, ms)| *ms)
    }

    /// What the index knows of a row.
    pub(super) fn brief(&self, slot: usize) -> Option<Brief> {
        let entry = *self.entries.get(slot)?;
        let time_ms = self.time(entry);
        let shift = Shift::between(time_ms, self.moved_to(slot, entry));
        Some(Brief {
            id: RowId(self.first.0 + slot as u64),
            time_ms,
            ingested_ms: self.base_ms.saturating_add(entry.ingested.into()),
            origin: entry.bits.origin(),
            level: entry.bits.level(),
            kind: entry.bits.kind(),
            is_json: entry.bits.has(Flag::Json),
            is_multi_line: entry.bits.has(Flag::MultiLine),
            request: self.request(entry),
            shift,
        })
    }

    fn request(&self, entry: IndexEntry) -> Option<RequestId> {
        let place = usize::from(entry.request).checked_sub(1)?;
        self.requests.get(place).copied()
    }

    /// What kind of record a row is.
    pub(super) fn kind(&self, slot: usize) -> RecordKind {
        self.entries
            .get(slot)
            .map(|entry| entry.bits.kind())
            .unwrap_or_default()
    }

    /// What is left of a message without its numbers and ids; `None` for what is like nothing else.
    pub(super) fn shape(&self, slot: usize) -> Option<u32> {
        self.shapes.get(slot).copied().filter(|shape| *shape > 0)
    }

    /// When an event happened and how grave it is; `None` for a marker.
    pub(super) fn counted(&self, slot: usize) -> Option<(i64, Level)> {
        let entry = *self.entries.get(slot)?;
        let is_event = entry.bits.kind() != RecordKind::Marker;
        is_event.then(|| (self.time(entry), entry.bits.level()))
    }

    /// Where a row comes from; `None` for a marker.
    pub(super) fn source(&self, slot: usize) -> Option<&Arc<StreamId>> {
        let entry = self.entries.get(slot)?;
        self.sources.get(usize::from(entry.source))?.as_ref()
    }

    /// Where a row's text lies in the block's text.
    pub(super) fn range(&self, slot: usize) -> Range<usize> {
        let end = |slot: usize| match self.entries.get(slot) {
            Some(entry) if slot + 1 < self.entries.len() => usize::from(entry.end),
            _ => self.body.len(),
        };
        let start = slot.checked_sub(1).map_or(0, |before| end(before) + 1);
        start..end(slot).max(start)
    }

    /// The slot whose text, or the separator after it, holds the byte `at`; only the slots in `among` are looked at.
    pub(super) fn slot_at(&self, at: usize, among: &Range<usize>) -> usize {
        let entries = self.entries.get(among.clone()).unwrap_or_default();
        let after = entries.partition_point(|entry| usize::from(entry.end) < at);
        (among.start + after).min(among.end.saturating_sub(1))
    }

    /// The whole text, rows parted by line breaks.
    pub(super) fn text<'a>(&'a self, unpacked: &'a mut Unpacked) -> &'a [u8] {
        self.body.text(self.first, unpacked)
    }

    /// The beginning of a row too long for an ordinary block.
    pub(super) fn head(&self) -> Option<&str> {
        self.body.head()
    }

    /// Whether the text of a row does not tell the message as it came, so that that is kept too.
    pub(super) fn has_raw(&self, slot: usize) -> bool {
        let entry = self.entries.get(slot);
        entry.is_some_and(|entry| entry.bits.has(Flag::HasRaw))
    }

    /// The message of a row as it came.
    pub(super) fn raw(&self, slot: usize, unpacked: &mut Unpacked) -> Option<String> {
        let entry = *self.entries.get(slot)?;
        if entry.bits.has(Flag::HasRaw) {
            return self.body.raw(self.first, slot, unpacked);
        }
        let text = self.text(unpacked).get(self.range(slot))?;
        let mut text = String::from_utf8_lossy(text).into_owned();
        if entry.bits.has(Flag::HadBreak) {
            text.push('\n');
        }
        Some(text)
    }
}

/// A place in a table of at most [`ROWS`] entries, or in the text of a block of several rows.
fn narrow(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
