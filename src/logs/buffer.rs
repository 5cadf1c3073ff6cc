//! The store of events behind the log pane and the headless exports: compressed, bounded, in order.
//!
//! - Rows are kept in blocks by arrival; a sealed block never changes and is shared with every [`Snapshot`].
//! - The order (by time, ingestion, arrival) is kept beside the blocks, so that a late row is inserted in place.
//! - A row's [`RowId`] never changes: viewports, marks and hits hold on to it while positions move.
//! - Invariant: the memory counted never exceeds the bound once a call has returned; what went is counted.

mod block;
mod blocks;
mod bounds;
mod entry;
mod filter;
mod hidden;
mod histogram;
mod matcher;
mod order;
mod reader;
mod row;
mod safe;
mod scan;
mod selection;
mod snapshot;
mod sources;
#[cfg(test)]
mod tests;
mod view;

pub use bounds::{Bounds, Placement};
pub use filter::{Filter, FilterCondition};
pub use histogram::{Counts, Histogram};
pub use matcher::{Matcher, MatcherError};
pub use row::{Brief, Row, RowId, RowKey, Shift, StreamId};
pub use scan::{BufferScan, ScanResult, Scanning};
pub use snapshot::Snapshot;
pub use view::View;

use std::ops::Range;
use std::sync::Arc;

use block::Incoming;
use blocks::Blocks;
use filter::RowTest;
use reader::RowReader;
use selection::Selection;
use sources::StreamTable;

use super::{EventOrigin, Facts, LogEvent, Marker, RecordKind};

/// The store of events.
#[derive(Debug)]
pub struct Buffer {
    bounds: Bounds,
    blocks: Blocks,
    sources: StreamTable,
    all: Selection,
    /// The rows that are not hidden, once any is.
    shown: Option<Selection>,
    /// The rows that pass the filters, when there are any.
    visible: Option<Selection>,
    /// The rows that pass the filters and are searched for.
    hits: Option<Selection>,
    filters: Vec<Filter>,
    search: Option<Matcher>,
    /// The newest time seen, by `CloudWatch`'s clock where the sender's runs ahead.
    watermark_ms: i64,
    evicted: u64,
    /// The rows that were dropped since the last call began.
    dropped: Vec<Range<u64>>,
    scans: u64,
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new(Bounds::default())
    }
}

impl Buffer {
    /// An empty store.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            blocks: Blocks::default(),
            sources: StreamTable::default(),
            all: Selection::everything(),
            shown: None,
            visible: None,
            hits: None,
            filters: Vec::new(),
            search: None,
            watermark_ms: i64::MIN,
            evicted: 0,
            dropped: Vec::new(),
            scans: 0,
        }
    }

    /// Takes events. Those that came together are put in order first, so that only what is late against earlier calls
    /// counts as late.
    pub fn append(&mut self, mut events: Vec<LogEvent>) -> Placement {
        self.dropped.clear();
        events.sort_by_key(|event| (event.time_ms, event.ingested_ms));
        let mut placement = Placement {
            first: self.blocks.next(),
            added: events.len(),
            inserted: 0,
            late: 0,
            evicted: 0,
        };
        for event in events {
            let moved_to_ms = self.moved_to(&event);
            placement.late += usize::from(moved_to_ms > Some(event.time_ms));
            let source = self.sources.of(&event.group, &event.stream);
            let stored = safe::store(&event.message);
            let row = Incoming {
                facts: Facts::of(&stored.text),
                stored,
                time_ms: event.time_ms,
                ingested_ms: event.ingested_ms,
                origin: event.origin,
                source: Some(source),
                moved_to_ms,
            };
            placement.inserted += usize::from(self.put(&row));
            self.watermark_ms = self.watermark_ms.max(event.time_ms.min(event.ingested_ms));
            placement.evicted += self.make_room();
        }
        placement
    }

    /// The name the next row will get.
    #[must_use]
    pub const fn next_row(&self) -> RowId {
        self.blocks.next()
    }

    /// Takes a mark, at its time.
    pub fn rule(&mut self, marker: &Marker) -> RowId {
        self.dropped.clear();
        let id = self.blocks.next();
        let row = Incoming {
            facts: Facts {
                kind: RecordKind::Marker,
                ..Facts::default()
            },
            stored: safe::store(&marker.text),
            time_ms: marker.time_ms,
            ingested_ms: marker.time_ms,
            origin: EventOrigin::Live,
            source: None,
            moved_to_ms: None,
        };
        self.put(&row);
        self.make_room();
        id
    }

    /// Puts a row in its place. True when others stand after it.
    fn put(&mut self, row: &Incoming<'_>) -> bool {
        let Some(place) = self.blocks.push(row) else {
            return false;
        };
        let parts = self.visible.iter_mut().chain(&mut self.hits);
        for selection in parts.chain(&mut self.shown) {
            selection.arrived(place, &self.blocks);
        }
        self.all.arrived(place, &self.blocks)
    }

    /// Where an event stands that cannot stand at its own time.
    fn moved_to(&self, event: &LogEvent) -> Option<i64> {
        let apart = self.bounds.apart_ms;
        if event.time_ms.saturating_sub(event.ingested_ms) > apart {
            return Some(event.ingested_ms);
        }
        let is_late = self.watermark_ms.saturating_sub(event.time_ms) > apart;
        (is_late && event.origin != EventOrigin::History).then_some(self.watermark_ms)
    }

    /// Drops the oldest rows until the rest is within the bounds; tells how many went.
    fn make_room(&mut self) -> u64 {
        let mut gone = 0;
        while self.bytes() > self.bounds.bytes || self.blocks.rows() > self.bounds.rows {
            let Some(oldest) = self.all.order().row_at(0) else {
                break;
            };
            gone += self.drop_block_of(oldest);
        }
        self.evicted += gone;
        gone
    }

    /// Drops the block that holds a row; tells how many rows went.
    fn drop_block_of(&mut self, row: RowId) -> u64 {
        let Some((block, _)) = self.blocks.get(row) else {
            return 0;
        };
        let block = Arc::clone(block);
        let places = (0..block.len()).filter_map(|slot| block.place(slot));
        let (first, last) =
            places.fold((None, None), |(first, last): (Option<RowKey>, _), place| {
                (
                    Some(first.map_or(place, |first| first.min(place))),
                    last.max(Some(place)),
                )
            });
        if let (Some(first), Some(last)) = (first, last) {
            let parts = self.visible.iter_mut().chain(&mut self.hits);
            for selection in parts.chain(&mut self.shown) {
                selection.forget(&block.ids(), (first, last), &self.blocks);
            }
            self.all.forget(&block.ids(), (first, last), &self.blocks);
        }
        self.blocks.remove(row);
        self.dropped.push(block.ids());
        block.len() as u64
    }

    /// Bytes of memory the log takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let selections = self.selections().map(Selection::bytes);
        self.blocks.bytes() + self.sources.bytes() + selections.sum::<usize>()
    }

    /// Rows that were dropped to keep the log within its bounds.
    #[must_use]
    pub const fn evicted(&self) -> u64 {
        self.evicted
    }

    /// The numbers of the rows that the last call dropped: of events, a marker, or what a scan found.
    #[must_use]
    pub fn dropped(&self) -> &[Range<u64>] {
        &self.dropped
    }

    /// The newest time seen, in Unix milliseconds; a clock that runs ahead does not count. `None` before any event.
    #[must_use]
    pub fn watermark_ms(&self) -> Option<i64> {
        (self.watermark_ms > i64::MIN).then_some(self.watermark_ms)
    }

    /// Every row.
    #[must_use]
    pub const fn all(&self) -> View<'_> {
        View::new(&self.all, &self.blocks)
    }

    /// The rows that pass the filters.
    #[must_use]
    pub fn visible(&self) -> View<'_> {
        View::new(self.visible.as_ref().unwrap_or(&self.all), &self.blocks)
    }

    /// The visible rows that were searched for; `None` without a search.
    #[must_use]
    pub fn hits(&self) -> Option<View<'_>> {
        let hits = self.hits.as_ref()?;
        Some(View::new(hits, &self.blocks))
    }

    /// The filters.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        &self.filters
    }

    /// What is searched for.
    #[must_use]
    pub const fn searched(&self) -> Option<&Matcher> {
        self.search.as_ref()
    }

    /// Changes the filters. Rows that come from now on are filtered at once; the scans bring the older ones, so each
    /// is to be run and what it finds given to [`Self::found`].
    #[must_use]
    pub fn filter(&mut self, filters: Vec<Filter>) -> Vec<BufferScan> {
        self.filters = filters;
        self.visible = None;
        let test = RowTest::new(&self.filters, None);
        let mut scans = Vec::new();
        if !test.is_empty() {
            let scan = self.scan(test);
            self.visible = Some(Selection::new(scan.test.clone(), scan.number));
            scans.push(scan);
        }
        scans.extend(self.search(self.search.clone()));
        scans
    }

    /// Searches among the visible rows, or stops searching. Run the scan and give what it finds to [`Self::found`].
    #[must_use]
    pub fn search(&mut self, search: Option<Matcher>) -> Option<BufferScan> {
        self.search = search;
        self.hits = None;
        let test = RowTest::new(&self.filters, Some(self.search.as_ref()?));
        let scan = self.scan(test);
        self.hits = Some(Selection::new(scan.test.clone(), scan.number));
        Some(scan)
    }

    fn scan(&mut self, test: RowTest) -> BufferScan {
        self.scans += 1;
        BufferScan {
            snapshot: self.snapshot(),
            test,
            number: self.scans,
        }
    }

    /// Takes what a scan found; false when filters or search have changed since, and the scan can be stopped.
    pub fn found(&mut self, found: &ScanResult) -> bool {
        self.dropped.clear();
        let mut selections = self.visible.iter_mut().chain(&mut self.hits);
        let is_wanted = selections.any(|selection| selection.found(found, &self.blocks));
        self.make_room();
        is_wanted
    }

    /// The log as it is now, for work in another thread.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let visible = self.visible.as_ref().unwrap_or(&self.all);
        Snapshot::new(self.blocks.clone(), visible.order().clone(), self.evicted)
    }

    /// The rows with these names, each with the beginning of its text; those that were dropped are left out.
    #[must_use]
    pub fn rows(&self, ids: &[RowId]) -> Vec<Row> {
        let mut reader = RowReader::new(&self.blocks);
        ids.iter().filter_map(|id| reader.row(*id)).collect()
    }

    /// What the index knows of a row.
    #[must_use]
    pub fn brief(&self, id: RowId) -> Option<Brief> {
        self.blocks.brief(id)
    }

    /// The whole text of a row, safe to draw, lines parted by `\n`.
    #[must_use]
    pub fn text(&self, id: RowId) -> Option<String> {
        RowReader::new(&self.blocks).text(id)
    }

    /// The messages of the rows with these names as they came, one after the other; without those that were dropped.
    pub fn raws<'a>(&'a self, ids: &'a [RowId]) -> impl Iterator<Item = String> + 'a {
        let mut reader = RowReader::new(&self.blocks);
        ids.iter().filter_map(move |id| reader.raw(*id))
    }

    /// The message of a row as it came, for copies and exports.
    #[must_use]
    pub fn raw(&self, id: RowId) -> Option<String> {
        RowReader::new(&self.blocks).raw(id)
    }
}
