//! The rows that pass a test: kept up to date as rows come and go, and found in older rows by a scan.

use std::ops::Range;
use std::sync::Arc;

use super::block::RowBlock;
use super::blocks::Blocks;
use super::filter::{RowTest, Scratch};
use super::histogram::Histogram;
use super::order::SortedRows;
use super::row::RowKey;
use super::scan::{BufferScan, ScanResult};

/// The rows that pass a test.
#[derive(Debug)]
pub(super) struct Selection {
    test: RowTest,
    order: SortedRows,
    histogram: Histogram,
    scratch: Scratch,
    /// Names the scan that brings older rows; answers of others are stale.
    scan: u64,
    /// Whether that scan has ended.
    is_complete: bool,
}

impl Selection {
    /// Nothing yet: rows that come from now on are tested here, older ones are brought by the scan.
    pub(super) fn of(scan: &BufferScan, test: RowTest) -> Self {
        Self::new(test, scan.number)
    }

    fn new(test: RowTest, scan: u64) -> Self {
        Self {
            test,
            order: SortedRows::default(),
            histogram: Histogram::default(),
            scratch: Scratch::default(),
            scan,
            is_complete: false,
        }
    }

    /// Every row, from the first on.
    pub(super) fn everything() -> Self {
        Self {
            is_complete: true,
            ..Self::new(RowTest::default(), 0)
        }
    }

    /// The same rows, on their own from now on.
    pub(super) fn copy(&self) -> Self {
        Self {
            order: self.order.clone(),
            histogram: self.histogram.clone(),
            is_complete: self.is_complete,
            ..Self::new(self.test.clone(), self.scan)
        }
    }

    pub(super) const fn order(&self) -> &SortedRows {
        &self.order
    }

    pub(super) const fn histogram(&self) -> &Histogram {
        &self.histogram
    }

    /// Bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.order.bytes() + self.histogram.bytes()
    }

    pub(super) const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Takes a row that has just come, if it passes. True when it stands before others.
    pub(super) fn insert(&mut self, place: RowKey, blocks: &Blocks) -> bool {
        let Some((block, slot)) = blocks.get(place.id) else {
            return false;
        };
        let passes = self.test.is_empty()
            || !self
                .test
                .passing(block, slot..slot + 1, &mut self.scratch)
                .is_empty();
        if !passes {
            return false;
        }
        if let Some((time_ms, level)) = block.counted(slot) {
            self.histogram.add(time_ms, level);
        }
        self.order.insert(place, blocks)
    }

    /// Takes what a scan found; false when it is an answer to an older question.
    pub(super) fn take_found(&mut self, found: &ScanResult, blocks: &Blocks) -> bool {
        if found.scan != self.scan {
            return false;
        }
        let mut rows = Vec::with_capacity(found.rows.len());
        let mut counted = Vec::with_capacity(found.rows.len());
        let mut last: Option<&Arc<RowBlock>> = None;
        for place in &found.rows {
            // Most are in the block of the one before; some may have been dropped since.
            let known = last.and_then(|block| Some((block, block.slot(place.id)?)));
            if let Some((block, slot)) = known.or_else(|| blocks.get(place.id)) {
                rows.push(*place);
                counted.extend(block.counted(slot));
                last = Some(block);
            }
        }
        self.histogram.add_all(counted.into_iter());
        self.order.merge(&rows, blocks);
        self.is_complete |= found.is_last;
        true
    }

    /// Takes a row out; it stays where it stands in other selections.
    pub(super) fn leave(&mut self, place: RowKey, blocks: &Blocks) {
        if self.order.take_out(place, blocks)
            && let Some((block, slot)) = blocks.get(place.id)
            && let Some((time_ms, level)) = block.counted(slot)
        {
            self.histogram.remove(time_ms, level);
        }
    }

    /// Forgets the rows of a block that is about to go; all stand between two places.
    pub(super) fn forget(&mut self, ids: &Range<u64>, between: (RowKey, RowKey), blocks: &Blocks) {
        for row in self.order.remove(ids, between, blocks) {
            let counted = blocks
                .get(row)
                .and_then(|(block, slot)| block.counted(slot));
            if let Some((time_ms, level)) = counted {
                self.histogram.remove(time_ms, level);
            }
        }
    }
}
