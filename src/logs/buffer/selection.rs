//! The rows that pass a test: kept up to date as rows come and go, and found in older rows by a scan.

use std::ops::Range;

use super::block::Block;
use super::blocks::Blocks;
use super::filter::{Scratch, Test};
use super::histogram::Histogram;
use super::order::Order;
use super::row::Place;
use super::scan::Found;

/// The rows that pass a test.
#[derive(Debug)]
pub(super) struct Selection {
    test: Test,
    order: Order,
    histogram: Histogram,
    scratch: Scratch,
    /// Names the scan that brings older rows; answers of others are stale.
    scan: u64,
    /// Whether that scan has ended.
    is_complete: bool,
}

impl Selection {
    /// Nothing yet: rows that come from now on are tested here, older ones are brought by the scan with this number.
    pub(super) fn new(test: Test, scan: u64) -> Self {
        Self {
            test,
            order: Order::default(),
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
            ..Self::new(Test::default(), 0)
        }
    }

    pub(super) const fn order(&self) -> &Order {
        &self.order
    }

    pub(super) const fn histogram(&self) -> &Histogram {
        &self.histogram
    }

    pub(super) const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Takes a row that has just come, if it passes. True when it stands before others.
    pub(super) fn arrived(&mut self, place: Place, blocks: &Blocks) -> bool {
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
        self.count(block, slot);
        self.order.insert(place, blocks)
    }

    /// Takes what a scan found; false when it is an answer to an older question.
    pub(super) fn found(&mut self, found: &Found, blocks: &Blocks) -> bool {
        if found.scan != self.scan {
            return false;
        }
        let mut rows = Vec::with_capacity(found.rows.len());
        for place in &found.rows {
            // Some may have been dropped since.
            if let Some((block, slot)) = blocks.get(place.id) {
                self.count(block, slot);
                rows.push(*place);
            }
        }
        self.order.merge(&rows, blocks);
        self.is_complete |= found.is_last;
        true
    }

    /// Forgets the rows of a block that is about to go; all stand between two places.
    pub(super) fn forget(&mut self, ids: &Range<u64>, between: (Place, Place), blocks: &Blocks) {
        for row in self.order.remove(ids, between, blocks) {
            if let Some(brief) = blocks.brief(row).filter(|brief| !brief.is_ruler()) {
                self.histogram.remove(brief.time_ms, brief.level);
            }
        }
    }

    fn count(&mut self, block: &Block, slot: usize) {
        if let Some(brief) = block.brief(slot).filter(|brief| !brief.is_ruler()) {
            self.histogram.add(brief.time_ms, brief.level);
        }
    }
}
