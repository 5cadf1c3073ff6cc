//! What lies beside a row in the order of the rows: the next error, the next minute.

use std::cell::Cell;

use super::row_order::{Position, RowOrder};
use crate::logs::{Brief, Level, RowId};

/// Rows that are looked at for one key press, so that it never waits for long.
pub(in crate::panes::logs) const LOOKED: usize = 50_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// What looking for an error came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panes::logs) enum ErrorSearch {
    /// The row of an error.
    Found(RowId),
    /// No row on that side is one.
    NoError,
    /// None of the rows up to this one is; further ones were not looked at.
    GaveUp(RowId),
}

impl RowOrder<'_> {
    /// Looks for the next error, or the one before, among as many rows as one key press may cost.
    pub(in crate::panes::logs) fn error_beside(&self, row: RowId, below: bool) -> ErrorSearch {
        let rows = self.visible();
        let near = rows.near(row);
        let left = Cell::new(LOOKED);
        let is_over = |brief: &Brief| {
            left.set(left.get() - 1);
            brief.level >= Level::Error || left.get() == 0
        };
        let end = if below {
            let here = usize::from(rows.row_at(near) == Some(row));
            rows.find_from(near + here, is_over)
        } else {
            rows.find_before(near, is_over)
        };
        let is_error = |row| {
            let brief = self.brief(row);
            brief.is_some_and(|brief| brief.level >= Level::Error)
        };
        match end {
            Some(row) if is_error(row) => ErrorSearch::Found(row),
            Some(row) => ErrorSearch::GaveUp(row),
            None => ErrorSearch::NoError,
        }
    }

    /// The beginning of the next minute in Unix milliseconds; or of this one, or of the one before when the place is the
    /// first of its own.
    pub(super) fn minute_beside(&self, spot: Position, below: bool) -> Option<i64> {
        let minute = |time_ms: i64| time_ms.div_euclid(MINUTE) * MINUTE;
        let here = minute(self.time_ms(spot.row)?);
        if below {
            return Some(here + MINUTE);
        }
        let is_first = self.at_time(here) == Some(spot);
        let earlier = self.visible().before(spot.row).filter(|_| is_first);
        let earlier = earlier.and_then(|row| self.time_ms(row));
        Some(earlier.map_or(here, minute))
    }
}
