//! The rows as they stand under each other: those that pass the filters, invocations folded or not.

use super::folds::Folds;
use crate::logs::{Buffer, RowId, View};

/// Rows looked at together while hidden ones are skipped.
const STRIDE: usize = 256;

/// A place in the lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The row that stands here.
    pub row: RowId,
    /// Whether it stands under the row of its unfolded invocation.
    pub under: bool,
}

impl Spot {
    pub(super) const fn of(row: RowId) -> Self {
        Self { row, under: false }
    }
}

/// The rows under each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lane<'a> {
    buffer: &'a Buffer,
    view: View<'a>,
    /// Nothing where invocations are not folded.
    folds: Option<&'a Folds>,
}

impl<'a> Lane<'a> {
    pub(super) fn new(buffer: &'a Buffer, folds: Option<&'a Folds>) -> Self {
        Self {
            buffer,
            view: buffer.visible(),
            folds,
        }
    }

    /// The last place.
    pub(super) fn last(&self) -> Option<Spot> {
        self.shown_before(self.view.len())
            .map(|row| self.end_of(row))
    }

    /// The first place.
    pub(super) fn first(&self) -> Option<Spot> {
        self.shown_from(0).map(Spot::of)
    }

    /// The place below.
    pub(super) fn next(&self, spot: Spot) -> Option<Spot> {
        let Some(folds) = self.folds else {
            return self.view.after(spot.row).map(Spot::of);
        };
        let head = folds.head(spot.row, self.buffer).unwrap_or(spot.row);
        if folds.is_unfolded(spot.row) {
            let mut members = folds.members(head);
            let below = if spot.under {
                members.find(|row| *row > spot.row)
            } else {
                members.next()
            };
            if let Some(row) = below {
                return Some(Spot { row, under: true });
            }
        }
        self.shown_from(self.after(head)).map(Spot::of)
    }

    /// The place above.
    pub(super) fn previous(&self, spot: Spot) -> Option<Spot> {
        if let Some(folds) = self.folds.filter(|_| spot.under) {
            let above = folds.members(spot.row).rev().find(|row| *row < spot.row);
            let head = folds.head(spot.row, self.buffer)?;
            return Some(above.map_or(Spot::of(head), |row| Spot { row, under: true }));
        }
        let row = self.shown_before(self.view.near(spot.row))?;
        Some(self.end_of(row))
    }

    /// The place so many places below, or above for a negative number; the last or first where there are fewer.
    pub(super) fn step(&self, from: Spot, places: isize) -> Spot {
        let mut spot = from;
        for _ in 0..places.unsigned_abs() {
            let next = if places < 0 {
                self.previous(spot)
            } else {
                self.next(spot)
            };
            match next {
                Some(next) => spot = next,
                None => break,
            }
        }
        spot
    }

    /// How many places `to` is below `from`, negative above; `None` when it is further than `most`.
    pub(super) fn distance(&self, from: Spot, to: Spot, most: usize) -> Option<isize> {
        let most = isize::try_from(most).unwrap_or(isize::MAX);
        let (mut up, mut down) = (Some(from), Some(from));
        for places in 0..=most {
            if down == Some(to) {
                return Some(places);
            }
            if up == Some(to) {
                return Some(-places);
            }
            down = down.and_then(|spot| self.next(spot));
            up = up.and_then(|spot| self.previous(spot));
        }
        None
    }

    /// The place itself if it is there, else the place of its invocation, else the nearest one.
    pub(super) fn settle(&self, spot: Spot) -> Option<Spot> {
        if let Some(folds) = self.folds
            && let Some(head) = folds.head(spot.row, self.buffer)
        {
            let is_there = folds.is_unfolded(head);
            let own = Spot {
                row: spot.row,
                under: is_there && (spot.under || spot.row != head),
            };
            return Some(if is_there { own } else { Spot::of(head) });
        }
        let near = self.view.near(spot.row);
        let row = self.shown_from(near).or_else(|| self.shown_before(near));
        row.map(Spot::of)
    }

    /// The first place at or after a time in Unix milliseconds, else the last one.
    pub(super) fn at_time(&self, time_ms: i64) -> Option<Spot> {
        let from = self.view.at_time(time_ms);
        self.shown_from(from).map(Spot::of).or_else(|| self.last())
    }

    fn end_of(&self, row: RowId) -> Spot {
        let last = self
            .folds
            .filter(|folds| folds.is_unfolded(row))
            .and_then(|folds| folds.members(row).next_back());
        last.map_or(Spot::of(row), |row| Spot { row, under: true })
    }

    fn after(&self, row: RowId) -> usize {
        let near = self.view.near(row);
        near + usize::from(self.view.row_at(near) == Some(row))
    }

    fn is_hidden(&self, row: RowId) -> bool {
        self.folds
            .and_then(|folds| folds.head(row, self.buffer))
            .is_some_and(|head| head != row)
    }

    /// The first row from a position on that is not hidden in an invocation.
    fn shown_from(&self, position: usize) -> Option<RowId> {
        let mut from = position;
        loop {
            let rows = self.view.ids(from..from + STRIDE);
            if let Some(row) = rows.iter().find(|row| !self.is_hidden(**row)) {
                return Some(*row);
            }
            if rows.len() < STRIDE {
                return None;
            }
            from += STRIDE;
        }
    }

    /// The last row before a position that is not hidden in an invocation.
    fn shown_before(&self, position: usize) -> Option<RowId> {
        let mut until = position;
        while until > 0 {
            let from = until.saturating_sub(STRIDE);
            let rows = self.view.ids(from..until);
            if let Some(row) = rows.iter().rev().find(|row| !self.is_hidden(**row)) {
                return Some(*row);
            }
            until = from;
        }
        None
    }
}
