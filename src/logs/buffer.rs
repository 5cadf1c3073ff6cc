//! The store of events behind the log pane and the headless exports: compressed, bounded, in order.
//!
//! - Rows are kept in blocks by arrival; a sealed block never changes and is shared with every [`Snapshot`].
//! - The order (by time, ingestion, arrival) is kept beside the blocks, so that a late row is inserted in place.
//! - A row's [`RowId`] never changes: viewports, marks and hits hold on to it while positions move.
//! - Invariant: the memory counted never exceeds the bound once a call has returned; what went is counted.

mod around;
mod block;
mod blocks;
mod bounds;
mod entry;
mod evictions;
mod filter;
mod histogram;
mod incoming;
mod leads;
mod matcher;
mod order;
mod query;
mod reader;
mod row;
mod safe;
mod scan;
mod selection;
mod selections;
mod snapshot;
mod sources;
#[cfg(test)]
mod tests;
mod view;
mod watermark;

pub use bounds::{Bounds, Placement};
pub use filter::{Filter, FilterCondition};
pub use histogram::{Counts, Histogram};
pub use leads::LeadsAmong;
pub use matcher::{Matcher, MatcherError};
pub use row::{Brief, Row, RowId, RowKey, Shift, StreamId};
pub use safe::safe_text;
pub use scan::{BufferScan, ScanResult, Scanning};
pub use snapshot::Snapshot;
pub use view::View;

use std::ops::Range;
use std::sync::Arc;

use block::Packer;
use blocks::Blocks;
use evictions::Evictions;
use incoming::Incoming;
use query::RowQuery;
use reader::RowReader;
use scan::ScanQuestion;
use selection::Selection;
use selections::Selections;
use sources::StreamTable;
pub use watermark::Watermark;

use super::{LogEvent, Marker};

/// The store of events.
#[derive(Debug)]
pub struct Buffer {
    bounds: Bounds,
    blocks: Blocks,
    packer: Packer,
    sources: StreamTable,
    selections: Selections,
    query: RowQuery,
    watermark: Watermark,
    evictions: Evictions,
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
            packer: Packer::default(),
            sources: StreamTable::default(),
            selections: Selections::new(),
            query: RowQuery::default(),
            watermark: Watermark::default(),
            evictions: Evictions::default(),
        }
    }

    /// Takes events; gives them back, each with the name of its row. Those that came together are put in order first,
    /// so that only what is late against earlier calls counts as late.
    pub fn append(&mut self, mut events: Vec<LogEvent>) -> Placement {
        self.evictions.begin();
        let evicted_before = self.evictions.total();
        events.sort_by_key(|event| (event.time_ms, event.ingested_ms));
        let mut placement = Placement {
            rows: Vec::with_capacity(events.len()),
            ..Placement::default()
        };
        for event in events {
            let moved_to_ms = self.watermark.moved_to(&event, self.bounds.apart_ms);
            let source = self.sources.of(&event.group, &event.stream);
            let row = Incoming::event(&event, source, moved_to_ms);
            placement.late += usize::from(row.is_late());
            let id = self.blocks.next();
            placement.inserted += usize::from(self.put(&row));
            self.watermark.rise(&event);
            self.make_room();
            placement.rows.push((id, event));
        }
        placement.evicted = self.evictions.total() - evicted_before;
        placement
    }

    /// Takes a mark, at its time.
    pub fn rule(&mut self, marker: &Marker) -> RowId {
        self.evictions.begin();
        let id = self.blocks.next();
        self.put(&Incoming::marker(marker));
        self.make_room();
        id
    }

    /// Puts a row in its place. True when others stand after it.
    fn put(&mut self, row: &Incoming<'_>) -> bool {
        let place = self.blocks.push(row, &mut self.packer);
        place.is_some_and(|place| self.selections.insert(place, &self.blocks))
    }

    /// Drops the oldest rows until the rest is within the bounds.
    fn make_room(&mut self) {
        while self.bytes() > self.bounds.bytes || self.blocks.rows() > self.bounds.rows {
            let Some(oldest) = self.selections.all().order().row_at(0) else {
                break;
            };
            self.drop_block_of(oldest);
        }
    }

    /// Drops the block that holds a row.
    fn drop_block_of(&mut self, row: RowId) {
        let Some((block, _)) = self.blocks.get(row) else {
            return;
        };
        let block = Arc::clone(block);
        self.selections.forget(&block, &self.blocks);
        self.blocks.remove(row);
        self.evictions.add(block.ids());
    }

    /// Bytes of memory the log takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.blocks.bytes() + self.sources.bytes() + self.selections.bytes()
    }

    /// Rows that were dropped to keep the log within its bounds.
    #[must_use]
    pub const fn evicted(&self) -> u64 {
        self.evictions.total()
    }

    /// The numbers of the rows that the last call dropped: of events, a marker, or what a scan found.
    #[must_use]
    pub fn dropped(&self) -> &[Range<u64>] {
        self.evictions.latest()
    }

    /// The newest time seen, in Unix milliseconds; a clock that runs ahead does not count. `None` before any event.
    #[must_use]
    pub const fn watermark_ms(&self) -> Option<i64> {
        self.watermark.time_ms()
    }

    /// How many of the rows are markers. They pass every filter.
    #[must_use]
    pub const fn markers(&self) -> usize {
        self.blocks.markers()
    }

    /// Every row.
    #[must_use]
    pub const fn all(&self) -> View<'_> {
        View::new(self.selections.all(), &self.blocks)
    }

    /// Every row that is not hidden.
    #[must_use]
    pub fn shown(&self) -> View<'_> {
        View::new(self.selections.shown(), &self.blocks)
    }

    /// The rows that pass the filters.
    #[must_use]
    pub fn visible(&self) -> View<'_> {
        View::new(self.selections.visible(), &self.blocks)
    }

    /// The rows that pass the filters with those around them, once [`Self::look_around`] has found them.
    #[must_use]
    pub fn surrounded(&self) -> Option<View<'_>> {
        let around = self.selections.surrounded()?;
        Some(View::new(around, &self.blocks))
    }

    /// The rows that lead alike ones, and the rows they are looked for among, once [`Self::look_alike`] has found them.
    #[must_use]
    pub fn leads(&self) -> Option<(View<'_>, View<'_>)> {
        let (leads, rows) = self.selections.leads()?;
        let view = |selection| View::new(selection, &self.blocks);
        Some((view(leads), view(rows)))
    }

    /// The visible rows that were searched for; `None` without a search.
    #[must_use]
    pub fn hits(&self) -> Option<View<'_>> {
        let hits = self.selections.hits()?;
        Some(View::new(hits, &self.blocks))
    }

    /// Hides a row among all rows because another one stands for it, or shows it again. Filters and searches do not
    /// ask for that.
    pub fn hide(&mut self, row: RowId, hidden: bool) {
        if let Some(place) = self.blocks.place(row) {
            self.selections.hide(place, hidden, &self.blocks);
        }
    }

    /// The filters.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        self.query.filters()
    }

    /// What is searched for.
    #[must_use]
    pub const fn searched(&self) -> Option<&Matcher> {
        self.query.search()
    }

    /// Changes the filters. Rows that come from now on are filtered at once; the scans bring the older ones, so each
    /// is to be run and what it finds given to [`Self::found`].
    #[must_use]
    pub fn filter(&mut self, filters: Vec<Filter>) -> Vec<BufferScan> {
        let test = self.query.filter(filters);
        // What the filters before let through says nothing about these.
        self.selections.await_visible(None);
        let scan = test.map(|test| self.scan(ScanQuestion::Passing(test)));
        self.selections.await_visible(scan.as_ref());
        let search = self.search(self.query.search().cloned());
        scan.into_iter().chain(search).collect()
    }

    /// Searches among the visible rows, or stops searching. Run the scan and give what it finds to [`Self::found`].
    #[must_use]
    pub fn search(&mut self, search: Option<Matcher>) -> Option<BufferScan> {
        let test = self.query.look_for(search);
        let scan = test.map(|test| self.scan(ScanQuestion::Passing(test)));
        self.selections.await_hits(scan.as_ref());
        scan
    }

    /// Wants up to so many rows of the same stream on each side of every row that passes the filters. Ask again after
    /// each change of the filters, and whenever a scan has ended: these rows are looked for once all that pass are
    /// known. Run the scan and give what it finds to [`Self::found`].
    #[must_use]
    pub fn look_around(&mut self, lines: usize) -> Option<BufferScan> {
        let lines = if self.selections.is_filtered() {
            lines
        } else {
            0
        };
        if self.selections.has_around(lines) {
            return None;
        }
        let scan = (lines > 0).then(|| self.scan(ScanQuestion::Around(lines)));
        let asked = scan.as_ref().map(|scan| (scan, lines));
        self.selections.await_around(asked, self.blocks.next());
        scan
    }

    /// Wants to know which rows lead alike ones, among some rows or none. Ask again as for [`Self::look_around`].
    #[must_use]
    pub fn look_alike(&mut self, among: Option<LeadsAmong>) -> Option<BufferScan> {
        let among = among.filter(|among| self.selections.are_known(*among));
        if self.selections.has_leads(among) {
            return None;
        }
        let scan = among.map(|among| self.scan(ScanQuestion::Leading(among)));
        self.selections.await_leads(scan.as_ref().zip(among));
        scan
    }

    fn scan(&mut self, question: ScanQuestion) -> BufferScan {
        BufferScan {
            snapshot: match question {
                ScanQuestion::Leading(among) => self.snapshot_of(self.selections.among(among)),
                _ => self.snapshot(),
            },
            question,
            number: self.query.next_scan(),
        }
    }

    /// Takes what a scan found; false when filters or search have changed since, and the scan can be stopped.
    pub fn found(&mut self, found: &ScanResult) -> bool {
        self.evictions.begin();
        let is_wanted = self.selections.take_found(found, &self.blocks);
        self.make_room();
        is_wanted
    }

    /// The log as it is now, for work in another thread.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot_of(self.selections.visible())
    }

    fn snapshot_of(&self, rows: &Selection) -> Snapshot {
        let orders = [self.selections.all(), rows].map(|rows| rows.order().clone());
        Snapshot::new(self.blocks.clone(), orders, self.evicted())
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

    /// Where the event of a row came from; a marker came from nowhere.
    #[must_use]
    pub fn stream(&self, id: RowId) -> Option<&Arc<StreamId>> {
        let (block, slot) = self.blocks.get(id)?;
        block.source(slot)
    }

    /// Every stream that rows came from; in no order, and some rows may have been dropped since.
    pub fn streams(&self) -> impl Iterator<Item = &Arc<StreamId>> {
        self.sources.iter()
    }

    /// The whole text of a row, safe to draw, lines parted by `\n`.
    #[must_use]
    pub fn text(&self, id: RowId) -> Option<String> {
        RowReader::new(&self.blocks).text(id)
    }

    /// The messages of the rows with these names as they came, one after the other; without those that were dropped.
    pub fn raws<'a>(&'a self, ids: &'a [RowId]) -> impl Iterator<Item = (RowId, String)> + 'a {
        let mut reader = RowReader::new(&self.blocks);
        ids.iter()
            .filter_map(move |id| Some((*id, reader.raw(*id)?)))
    }

    /// The message of a row as it came, for copies and exports.
    #[must_use]
    pub fn raw(&self, id: RowId) -> Option<String> {
        RowReader::new(&self.blocks).raw(id)
    }
}
