//! The rows that lead alike neighbours: each row that is not alike to the one above it.
//!
//! That depends on the two rows alone, so that it is kept up to date as rows come, go and are hidden, at a cost that does
//! not grow with the number of alike rows. The rows there are already are looked through by a scan.

use super::blocks::Blocks;
use super::filter::RowTest;
use super::order::SortedRows;
use super::row::{RowId, RowKey};
use super::scan::{BufferScan, ScanResult};
use super::selection::Selection;
use super::snapshot::Snapshot;
use crate::logs::function_of;

/// Rows that are looked through for one part of an answer.
const PART: usize = 1 << 16;

/// Among which rows alike neighbours are led by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadsAmong {
    /// Those that are not hidden.
    Shown,
    /// Those that pass the filters.
    Visible,
}

impl LeadsAmong {
    /// Whether a row is led by the one above it. Among rows of which some are hidden those of functions are not: each
    /// may stand for an invocation.
    fn joins(self, above: RowId, row: RowId, blocks: &Blocks) -> bool {
        let stream = || blocks.get(row).and_then(|(block, slot)| block.source(slot));
        let may_join = match self {
            Self::Shown => stream().is_some_and(|it| function_of(&it.group).is_none()),
            Self::Visible => true,
        };
        blocks.are_alike(above, row) && may_join
    }
}

/// The rows that lead others.
#[derive(Debug)]
pub(super) struct Leads {
    among: LeadsAmong,
    selection: Selection,
    /// Rows to look at again when the scan has ended.
    changed: Vec<RowId>,
}

impl Leads {
    /// Nothing yet: this scan will bring them.
    pub(super) fn of(scan: &BufferScan, among: LeadsAmong) -> Self {
        Self {
            among,
            selection: Selection::of(scan, RowTest::default()),
            changed: Vec::new(),
        }
    }

    pub(super) const fn among(&self) -> LeadsAmong {
        self.among
    }

    pub(super) const fn selection(&self) -> &Selection {
        &self.selection
    }

    pub(super) const fn selection_mut(&mut self) -> &mut Selection {
        &mut self.selection
    }

    /// Takes what the scan found; after its last part also what changed meanwhile.
    pub(super) fn take_found(
        &mut self,
        found: &ScanResult,
        rows: &SortedRows,
        blocks: &Blocks,
    ) -> bool {
        if !self.selection.take_found(found, blocks) {
            return false;
        }
        if self.selection.is_complete() {
            for row in std::mem::take(&mut self.changed) {
                self.settle(row, rows, blocks);
            }
        }
        true
    }

    /// A row has come among the others or has gone, though it is still kept: looks at it and at the next one again.
    pub(super) fn change(&mut self, place: RowKey, rows: &SortedRows, blocks: &Blocks) {
        let here = rows.rank(place, blocks);
        let own = rows.row_at(here) == Some(place.id);
        self.settle(place.id, rows, blocks);
        if let Some(next) = rows.row_at(here + usize::from(own)) {
            self.settle(next, rows, blocks);
        }
    }

    /// Takes a row for one that leads if it does, and out if not.
    fn settle(&mut self, row: RowId, rows: &SortedRows, blocks: &Blocks) {
        if !self.selection.is_complete() {
            self.changed.push(row);
            return;
        }
        let Some(place) = blocks.place(row) else {
            return;
        };
        let leads = rows.position(row, blocks).is_some_and(|at| {
            let above = at.checked_sub(1).and_then(|above| rows.row_at(above));
            !above.is_some_and(|above| self.among.joins(above, row, blocks))
        });
        let known = self.selection.order().position(row, blocks).is_some();
        match (leads, known) {
            (true, false) => {
                self.selection.insert(place, blocks);
            }
            (false, true) => self.selection.leave(place, blocks),
            _ => {}
        }
    }
}

/// Looks through the rows of a snapshot, in order, for those that lead.
#[derive(Debug, Default)]
pub(super) struct LeadSweep {
    /// Rows looked through so far, and the last of them.
    at: usize,
    above: Option<RowId>,
}

impl LeadSweep {
    /// The rows that lead of the next part, and whether it is the last one.
    pub(super) fn next_part(
        &mut self,
        snapshot: &Snapshot,
        among: LeadsAmong,
    ) -> (Vec<RowKey>, bool) {
        let (rows, blocks) = (snapshot.visible(), snapshot.blocks());
        let mut leads = Vec::new();
        for row in rows.from(self.at).take(PART) {
            self.at += 1;
            let follows = self
                .above
                .is_some_and(|above| among.joins(above, row, blocks));
            if !follows {
                leads.extend(blocks.place(row));
            }
            self.above = Some(row);
        }
        (leads, self.at >= rows.len())
    }
}
