//! Rows by position: all of them, those that pass the filters, or those that were searched for.

use std::ops::Range;

use super::blocks::Blocks;
use super::histogram::Histogram;
use super::row::{Brief, RowId, RowKey};
use super::selection::Selection;

/// Rows by position, counted from 0 for the oldest. Positions change when rows come and go; names do not.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    selection: &'a Selection,
    blocks: &'a Blocks,
}

impl<'a> View<'a> {
    pub(super) const fn new(selection: &'a Selection, blocks: &'a Blocks) -> Self {
        Self { selection, blocks }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.selection.order().len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every row there is was looked at; false while a scan is under way.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.selection.is_complete()
    }

    /// How many events there are when, of these rows.
    #[must_use]
    pub const fn histogram(&self) -> &'a Histogram {
        self.selection.histogram()
    }

    /// The row at a position.
    #[must_use]
    pub fn row_at(&self, position: usize) -> Option<RowId> {
        self.selection.order().row_at(position)
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> Option<RowId> {
        self.row_at(self.len().checked_sub(1)?)
    }

    /// The position of a row; `None` when it is not among these, or gone.
    #[must_use]
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.selection.order().position(row, self.blocks)
    }

    /// The position of a row, or where it would be: of the first row after it. 0 for a row that was dropped.
    #[must_use]
    pub fn near(&self, row: RowId) -> usize {
        let place = self.blocks.place(row);
        place.map_or(0, |place| self.selection.order().rank(place, self.blocks))
    }

    /// The position of the first row that stands at or after a time in Unix milliseconds; the number of rows when
    /// there is none.
    #[must_use]
    pub fn at_time(&self, time_ms: i64) -> usize {
        let place = RowKey {
            time_ms,
            ingested_ms: i64::MIN,
            id: RowId(0),
        };
        self.selection.order().rank(place, self.blocks)
    }

    /// The rows at these positions; fewer where there are fewer.
    #[must_use]
    pub fn ids(&self, positions: Range<usize>) -> Vec<RowId> {
        let rows = self.selection.order().from(positions.start);
        rows.take(positions.len()).collect()
    }

    /// The next row after `row` among these, wherever `row` itself is.
    #[must_use]
    pub fn after(&self, row: RowId) -> Option<RowId> {
        let near = self.near(row);
        let next = if self.row_at(near) == Some(row) {
            near + 1
        } else {
            near
        };
        self.row_at(next)
    }

    /// The last row before `row` among these, wherever `row` itself is.
    #[must_use]
    pub fn before(&self, row: RowId) -> Option<RowId> {
        self.row_at(self.near(row).checked_sub(1)?)
    }

    /// The first row from a position on that is wanted. Looks at the index only.
    pub fn find_from(&self, position: usize, wanted: impl Fn(&Brief) -> bool) -> Option<RowId> {
        let rows = self.selection.order().from(position);
        self.first(rows, wanted)
    }

    /// The last row before a position that is wanted. Looks at the index only.
    pub fn find_before(&self, position: usize, wanted: impl Fn(&Brief) -> bool) -> Option<RowId> {
        let rows = self.selection.order().before(position);
        self.first(rows, wanted)
    }

    fn first(
        &self,
        mut rows: impl Iterator<Item = RowId>,
        wanted: impl Fn(&Brief) -> bool,
    ) -> Option<RowId> {
        rows.find(|row| self.blocks.brief(*row).is_some_and(|brief| wanted(&brief)))
    }
}
