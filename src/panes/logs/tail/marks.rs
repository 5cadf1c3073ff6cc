//! Marked rows.

use crate::logs::{RowId, View};

/// The marks of a tail.
#[derive(Debug, Default)]
pub(in crate::panes::logs) struct RowMarks {
    /// In the order they were made.
    rows: Vec<RowId>,
}

impl RowMarks {
    /// Marks a row, or takes the mark back.
    pub(super) fn toggle(&mut self, row: RowId) {
        let before = self.rows.len();
        self.rows.retain(|marked| *marked != row);
        if self.rows.len() == before {
            self.rows.push(row);
        }
    }

    /// Whether a row is marked.
    pub(super) fn has(&self, row: RowId) -> bool {
        self.rows.contains(&row)
    }

    /// The row that was marked last: times are told from it.
    pub(super) fn reference(&self) -> Option<RowId> {
        self.rows.last().copied()
    }

    /// The nearest mark below a row, or above.
    pub(in crate::panes::logs) fn beside(
        &self,
        rows: &View<'_>,
        row: RowId,
        below: bool,
    ) -> Option<RowId> {
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
