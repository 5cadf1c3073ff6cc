//! The selected rows: from the row where the selection began to the row under the cursor.

use super::row_order::{Position, RowOrder};
use crate::logs::RowId;

/// A stretch of rows under each other, never empty.
#[derive(Debug, Clone, Copy)]
pub(in crate::panes::logs) struct SelectedRows<'a> {
    order: RowOrder<'a>,
    first: Position,
    last: Position,
}

impl<'a> SelectedRows<'a> {
    /// The rows from one place to another, whichever is above; nothing where there is no row.
    pub(super) fn between(order: RowOrder<'a>, anchor: Position, cursor: Position) -> Option<Self> {
        let (anchor, cursor) = (order.settle(anchor)?, order.settle(cursor)?);
        let (first, last) = if order.key(anchor) <= order.key(cursor) {
            (anchor, cursor)
        } else {
            (cursor, anchor)
        };
        Some(Self { order, first, last })
    }

    /// Whether a place is among them.
    pub(super) fn contains(&self, spot: Position) -> bool {
        let key = |spot| self.order.key(spot);
        (key(self.first)..=key(self.last)).contains(&key(spot))
    }

    /// How many there are, those of folded invocations among them.
    pub(in crate::panes::logs) fn count(&self) -> usize {
        self.first_ids(0).1
    }

    /// The rows as they stand under each other; one that stands for others is all of them.
    pub(super) fn ids(&self) -> Vec<RowId> {
        self.first_ids(usize::MAX).0
    }

    /// The first rows, at most this many, and how many there are.
    pub(super) fn first_ids(&self, most: usize) -> (Vec<RowId>, usize) {
        if !self.order.bundles().are_none() {
            let mut ids = self.ids_with_members();
            let all = ids.len();
            ids.truncate(most);
            return (ids, all);
        }
        let rows = self.order.view();
        let (from, to) = (rows.near(self.first.row), rows.near(self.last.row) + 1);
        (rows.ids(from..to.min(from.saturating_add(most))), to - from)
    }

    /// The rows with those for which they stand.
    fn ids_with_members(&self) -> Vec<RowId> {
        let bundles = self.order.bundles();
        let next = |spot: &Position| {
            let goes_on = *spot != self.last;
            goes_on.then(|| self.order.next(*spot)).flatten()
        };
        let mut selected = Vec::new();
        for spot in std::iter::successors(Some(self.first), next) {
            let is_whole = spot == self.last || !bundles.is_unfolded(spot.row);
            if spot.under {
                selected.push(spot.row);
            } else if is_whole {
                selected.extend(bundles.members(spot.row, usize::MAX).0);
            }
        }
        selected
    }
}
