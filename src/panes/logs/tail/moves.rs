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

    /// Goes to a row; what it is folded in is unfolded.
    pub(in crate::panes::logs) fn go_to_row(&mut self, row: RowId) {
        let head = self.order().bundles().head(row);
        let mut spot = Position::of(row);
        if head != row {
            self.rows.set_unfolded(head, true, self.look.folds);
            spot.under = true;
        }
        self.move_reader(|reader, order| reader.put_cursor(order, spot));
    }

    /// Unfolds the invocation or the alike neighbours of the row under the cursor, or folds them; says whether there are any.
    pub(in crate::panes::logs) fn toggle_fold(&mut self) -> bool {
        let cursor = self.move_reader(TailReader::hold_cursor);
        let bundles = self.order().bundles();
        let head = cursor.map(|cursor| bundles.head(cursor.row));
        let Some(head) = head.filter(|head| bundles.is_head(*head)) else {
            return false;
        };
        let unfolded = bundles.is_unfolded(head);
        self.rows.set_unfolded(head, !unfolded, self.look.folds);
        self.move_reader(|reader, order| reader.put_cursor(order, Position::of(head)));
        true
    }

    /// Whether there is something unfolded under the cursor of a held reader.
    pub(in crate::panes::logs) fn is_held_unfolded(&self) -> bool {
        let bundles = self.order().bundles();
        let held = self.reader.held();
        held.is_some_and(|spot| bundles.is_unfolded(spot.row))
    }

    /// Whether the row under the cursor stands for an invocation or for alike neighbours.
    pub(in crate::panes::logs) fn is_on_bundle(&self) -> bool {
        let bundles = self.order().bundles();
        let cursor = self.reader.cursor();
        cursor.is_some_and(|spot| !spot.under && bundles.is_head(spot.row))
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
