//! How the reader moves: some moves unfold invocations or fold them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::row_order::RowOrder;
use super::{Position, Tail, TailReader};
use crate::logs::{Moment, RowId};
use crate::panes::logs::clock;

impl Tail {
    /// Moves the reader among the rows as they stand under each other.
    pub(in crate::panes::logs) fn move_reader<T>(
        &mut self,
        step: impl FnOnce(&mut TailReader, RowOrder<'_>) -> T,
    ) -> T {
        let order = self.rows.order(self.look.folds);
        step(&mut self.reader, order)
    }

    /// Goes to a row; one inside a folded invocation is unfolded.
    pub(in crate::panes::logs) fn go_to_row(&mut self, row: RowId) {
        let head = self.order().folds().and_then(|folds| folds.head(row));
        let mut spot = Position::of(row);
        if let Some(head) = head.filter(|head| *head != row) {
            self.rows.set_unfolded(head, true);
            spot.under = true;
        }
        self.move_reader(|reader, order| reader.put_cursor(order, spot));
    }

    /// Unfolds the invocation of the row under the cursor, or folds it; says whether there is one.
    pub(in crate::panes::logs) fn toggle_fold(&mut self) -> bool {
        let cursor = self.move_reader(TailReader::hold_cursor);
        let Some((cursor, folds)) = cursor.zip(self.order().folds()) else {
            return false;
        };
        let Some(head) = folds.head(cursor.row) else {
            return false;
        };
        let unfolded = folds.is_unfolded(head);
        self.rows.set_unfolded(head, !unfolded);
        self.move_reader(|reader, order| reader.put_cursor(order, Position::of(head)));
        true
    }

    /// Folds the unfolded invocation under the cursor of a held reader; says whether there is one.
    pub(in crate::panes::logs) fn fold_held(&mut self) -> bool {
        let held = self.reader.held().zip(self.order().folds());
        held.is_some_and(|(spot, folds)| folds.is_unfolded(spot.row)) && self.toggle_fold()
    }

    /// Whether the row under the cursor stands for an invocation.
    pub(in crate::panes::logs) fn is_on_invocation(&self) -> bool {
        let on = self.reader.cursor().zip(self.order().folds());
        on.is_some_and(|(spot, folds)| !spot.under && folds.heads(spot.row).is_some())
    }

    /// Reads a time a user typed: in local time where times are shown so, else in UTC.
    ///
    /// # Errors
    /// A sentence that says what can be typed.
    pub(in crate::panes::logs) fn typed_time(
        &self,
        text: &str,
        now: Timestamp,
    ) -> Result<Timestamp, String> {
        let zone = if self.look.time == clock::TimeMode::Local {
            &self.zone
        } else {
            &TimeZone::UTC
        };
        text.parse::<Moment>()
            .map(|moment| moment.in_zone(now, zone))
    }
}
