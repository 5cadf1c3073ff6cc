//! The rows around those that pass the filters: up to so many before and after each, of the same stream.
//!
//! A scan goes through the rows there are, in order; rows that come are taken one by one, with what the scan knew of
//! their streams at its end. Neighbours of a row that came late are looked for near its place only.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::blocks::Blocks;
use super::filter::RowTest;
use super::order::SortedRows;
use super::row::{RowId, RowKey, StreamId};
use super::scan::{BufferScan, ScanResult};
use super::selection::Selection;
use super::snapshot::Snapshot;

/// Rows that are looked through for one part of an answer.
const PART: usize = 1 << 16;
/// Rows on each side of a late row that are looked through for its neighbours.
const NEAR: usize = 2_000;
/// Streams that are known before those without rows are forgotten.
const STREAMS: usize = 1_024;

/// What is known of the last rows of each stream.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct StreamEnds {
    streams: HashMap<Arc<StreamId>, StreamEnd>,
    /// Streams that had rows when it was looked last.
    left: usize,
}

/// What is known of the last rows of a stream.
#[derive(Debug, Clone, PartialEq)]
struct StreamEnd {
    last: RowKey,
    /// Those of the last rows that are not shown so far.
    hidden: VecDeque<RowKey>,
    /// So many rows are still shown after the last one that passes.
    left: usize,
}

impl StreamEnds {
    /// Takes the next row of a stream. Tells the rows to show for it beside those that pass; false for a row that does
    /// not stand at the end of its stream, which is not taken.
    fn take(
        &mut self,
        (place, stream): (RowKey, &Arc<StreamId>),
        passes: bool,
        lines: usize,
        shown: &mut Vec<RowKey>,
    ) -> bool {
        let new = || StreamEnd {
            last: place,
            hidden: VecDeque::new(),
            left: 0,
        };
        let end = self.streams.entry(Arc::clone(stream)).or_insert_with(new);
        if place < end.last {
            return false;
        }
        end.last = place;
        if passes {
            shown.extend(end.hidden.drain(..));
            end.left = lines;
        } else if end.left > 0 {
            end.left -= 1;
            shown.push(place);
        } else {
            if end.hidden.len() == lines {
                end.hidden.pop_front();
            }
            end.hidden.push_back(place);
        }
        true
    }

    /// Forgets streams of which no row is kept.
    fn purge(&mut self, blocks: &Blocks) {
        if self.streams.len() > STREAMS.max(2 * self.left) {
            let is_kept = |end: &StreamEnd| blocks.place(end.last.row()).is_some();
            self.streams.retain(|_, end| is_kept(end));
            self.left = self.streams.len();
        }
    }
}

/// Looks through the rows of a snapshot, in order, for those around the ones that pass.
#[derive(Debug, Default)]
pub(super) struct AroundSweep {
    /// Rows looked through so far, and how many of them pass.
    at: usize,
    passed: usize,
    ends: StreamEnds,
}

impl AroundSweep {
    /// The rows to show of the next part; what is known of the streams after the last one.
    pub(super) fn next_part(
        &mut self,
        snapshot: &Snapshot,
        lines: usize,
    ) -> (Vec<RowKey>, Option<StreamEnds>) {
        let (all, visible, blocks) = (snapshot.all(), snapshot.visible(), snapshot.blocks());
        let mut passing = visible.from(self.passed).peekable();
        let mut shown = Vec::new();
        for row in all.from(self.at).take(PART) {
            self.at += 1;
            let passes = passing.next_if_eq(&row).is_some();
            self.passed += usize::from(passes);
            let known = blocks.get(row);
            let Some((block, place)) =
                known.and_then(|(it, slot)| Some(((it, slot), it.place(slot)?)))
            else {
                continue;
            };
            if passes {
                shown.push(place);
            }
            if let Some(stream) = block.0.source(block.1) {
                self.ends.take((place, stream), passes, lines, &mut shown);
            }
        }
        shown.sort_unstable();
        let is_last = self.at >= all.len();
        (shown, is_last.then(|| std::mem::take(&mut self.ends)))
    }
}

/// The rows that pass the filters with those around them.
#[derive(Debug)]
pub(super) struct Around {
    lines: usize,
    selection: Selection,
    ends: StreamEnds,
    /// Rows from this one on came after the scan began.
    since: RowId,
}

/// What rows stand among.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) all: &'a SortedRows,
    pub(super) visible: &'a SortedRows,
    pub(super) blocks: &'a Blocks,
}

impl Around {
    /// Nothing yet: this scan will bring up to so many rows on each side.
    pub(super) fn of(scan: &BufferScan, lines: usize, since: RowId) -> Self {
        Self {
            lines,
            selection: Selection::of(scan, RowTest::default()),
            ends: StreamEnds::default(),
            since,
        }
    }

    /// How many rows on each side are shown.
    pub(super) const fn lines(&self) -> usize {
        self.lines
    }

    pub(super) const fn selection(&self) -> &Selection {
        &self.selection
    }

    pub(super) const fn selection_mut(&mut self) -> &mut Selection {
        &mut self.selection
    }

    /// Takes what the scan found; after its last part also the rows that came meanwhile.
    pub(super) fn take_found(&mut self, found: &ScanResult, among: Surroundings<'_>) -> bool {
        if !self.selection.take_found(found, among.blocks) {
            return false;
        }
        if let Some(ends) = &found.ends {
            self.ends = ends.clone();
            for row in self.since.0..among.blocks.next().0 {
                if let Some(place) = among.blocks.place(RowId(row)) {
                    self.put(place, among);
                }
            }
        }
        true
    }

    /// Takes a row that has just come.
    pub(super) fn insert(&mut self, place: RowKey, among: Surroundings<'_>) {
        if self.selection.is_complete() {
            self.put(place, among);
        }
    }

    fn put(&mut self, place: RowKey, among: Surroundings<'_>) {
        let Some((block, slot)) = among.blocks.get(place.id) else {
            return;
        };
        let passes = among.visible.position(place.id, among.blocks).is_some();
        let mut shown = Vec::new();
        if let Some(stream) = block.source(slot) {
            let taken = self
                .ends
                .take((place, stream), passes, self.lines, &mut shown);
            if !taken {
                late(place, stream, (passes, self.lines), among, &mut shown);
            }
            self.ends.purge(among.blocks);
        }
        shown.extend(passes.then_some(place));
        for place in shown {
            let is_new = self
                .selection
                .order()
                .position(place.id, among.blocks)
                .is_none();
            if is_new && among.blocks.place(place.id).is_some() {
                self.selection.insert(place, among.blocks);
            }
        }
    }
}

/// The rows to show for one that came late: its neighbours if it passes, itself if one of them does.
fn late(
    place: RowKey,
    stream: &Arc<StreamId>,
    (passes, lines): (bool, usize),
    among: Surroundings<'_>,
    shown: &mut Vec<RowKey>,
) {
    let blocks = among.blocks;
    let of_stream = |row: &RowId| {
        let (block, slot) = blocks.get(*row)?;
        let is_of = block.source(slot).is_some_and(|it| Arc::ptr_eq(it, stream));
        is_of.then(|| block.place(slot)).flatten()
    };
    let here = among.all.rank(place, blocks);
    let above = among.all.before(here).take(NEAR);
    let below = among.all.from(here + 1).take(NEAR);
    let above = above.filter_map(|row| of_stream(&row)).take(lines);
    let below = below.filter_map(|row| of_stream(&row)).take(lines);
    let neighbours: Vec<RowKey> = above.chain(below).collect();
    let does_pass = |it: &RowKey| among.visible.position(it.id, blocks).is_some();
    if passes {
        shown.extend(neighbours);
    } else if neighbours.iter().any(does_pass) {
        shown.push(place);
    }
}
