//! Marked rows, and the beginning of a selection.

use super::row_order::Position;
use crate::logs::{RowId, View};

/// The marks of a tail.
#[derive(Debug, Default)]
pub(super) struct RowMarks {
    /// In the order they were made.
    rows: Vec<RowId>,
    /// Where a selection began, while there is one.
    pub(super) anchor: Option<Position>,
}

impl RowMarks {
    /// Marks a row, or takes the mark back; says whether it is marked now.
    pub(super) fn turn(&mut self, row: RowId) -> bool {
        let before = self.rows.len();
        self.rows.retain(|marked| *marked != row);
        let is_new = self.rows.len() == before;
        if is_new {
            self.rows.push(row);
        }
        is_new
    }

    pub(super) fn has(&self, row: RowId) -> bool {
        self.rows.contains(&row)
    }

    /// The row that was marked last: times are told from it.
    pub(super) fn reference(&self) -> Option<RowId> {
        self.rows.last().copied()
    }

    /// The nearest mark below a row, or above.
    pub(super) fn beside(&self, rows: &View<'_>, row: RowId, below: bool) -> Option<RowId> {
        let here = rows.near(row);
        let there = self
            .rows
            .iter()
            .filter(|marked| rows.position(**marked).is_some());
        let places = there.map(|marked| (rows.near(*marked), *marked));
        let beside = if below {
            places.filter(|(place, _)| *place > here).min()
        } else {
            places.filter(|(place, _)| *place < here).max()
        };
        beside.map(|(_, row)| row)
    }
}
