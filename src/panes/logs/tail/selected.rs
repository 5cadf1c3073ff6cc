//! The selection: from the row where it began to the row under the cursor.

use super::{Position, Tail};
use crate::logs::RowId;

impl Tail {
    /// Begins a selection with the row under the cursor, or ends it.
    pub(in crate::panes::logs) fn turn_selection(&mut self) {
        let cursor = self.hold_cursor();
        self.marks.anchor = match self.marks.anchor {
            Some(_) => None,
            None => cursor,
        };
    }

    /// Ends the selection; says whether there was one.
    pub(in crate::panes::logs) fn unselect(&mut self) -> bool {
        self.marks.anchor.take().is_some()
    }

    /// Whether rows are being selected.
    #[must_use]
    pub const fn is_selecting(&self) -> bool {
        self.marks.anchor.is_some()
    }

    /// Whether a place is selected.
    #[must_use]
    pub fn is_selected(&self, spot: Position) -> bool {
        let ends = self.ends().filter(|_| self.held().is_some());
        ends.is_some_and(|(first, last)| {
            let lane = self.lane();
            (lane.key(first)..=lane.key(last)).contains(&lane.key(spot))
        })
    }

    /// How many rows are selected, those of folded invocations among them; nothing without a selection.
    pub(in crate::panes::logs) fn selected_count(&self) -> Option<usize> {
        self.selected().map(|selected| selected.len())
    }

    /// The first selected rows, at most this many, and how many there are.
    pub(super) fn selected_up_to(&self, most: usize) -> Option<(Vec<RowId>, usize)> {
        if self.is_folding() {
            let mut selected = self.selected()?;
            let all = selected.len();
            selected.truncate(most);
            return Some((selected, all));
        }
        let (first, last) = self.ends()?;
        let rows = self.rows();
        let (from, to) = (rows.near(first.row), rows.near(last.row) + 1);
        Some((rows.ids(from..to.min(from + most)), to - from))
    }

    /// The selected rows as they stand under each other; a folded invocation is all its rows.
    pub(super) fn selected(&self) -> Option<Vec<RowId>> {
        let (first, last) = self.ends()?;
        if !self.is_folding() {
            let rows = self.rows();
            return Some(rows.ids(rows.near(first.row)..rows.near(last.row) + 1));
        }
        let lane = self.lane();
        let next = |spot: &Position| (*spot != last).then(|| lane.next(*spot)).flatten();
        let mut selected = Vec::new();
        for spot in std::iter::successors(Some(first), next) {
            let before = selected.len();
            let is_whole = spot == last || !self.folds.is_unfolded(spot.row);
            if !spot.under && is_whole {
                selected.extend(self.folds.members(spot.row));
            }
            let stands_alone = self.folds.head(spot.row).is_none();
            if selected.len() == before && (spot.under || stands_alone) {
                selected.push(spot.row);
            }
        }
        Some(selected)
    }

    /// The first and the last place of the selection.
    fn ends(&self) -> Option<(Position, Position)> {
        let lane = self.lane();
        let (anchor, cursor) = self.marks.anchor.zip(self.cursor())?;
        let (anchor, cursor) = (lane.settle(anchor)?, lane.settle(cursor)?);
        Some(if lane.key(anchor) <= lane.key(cursor) {
            (anchor, cursor)
        } else {
            (cursor, anchor)
        })
    }
}
