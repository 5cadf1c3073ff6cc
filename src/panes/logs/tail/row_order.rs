//! The rows as they stand under each other: those that pass the filters and those around them, invocations and
//! alike neighbours folded or not. No step costs more with more rows hidden.

use std::collections::HashSet;
use std::sync::Arc;

use super::bundles::{AlikeRows, Bundles};
use super::folds::Folds;
use crate::logs::{Brief, Buffer, Row, RowId, View};

/// Rows between two others that are looked at for one of the same stream.
const BETWEEN: usize = 200;

/// A place among the rows as they stand under each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The row that stands here.
    pub row: RowId,
    /// Whether it stands under the row of its unfolded invocation.
    pub under: bool,
}

impl Position {
    pub(super) const fn of(row: RowId) -> Self {
        Self { row, under: false }
    }
}

/// The rows under each other.
#[derive(Debug, Clone, Copy)]
pub(in crate::panes::logs) struct RowOrder<'a> {
    buffer: &'a Buffer,
    view: View<'a>,
    bundles: Bundles<'a>,
}

impl<'a> RowOrder<'a> {
    pub(super) fn new(
        buffer: &'a Buffer,
        folds: Option<&'a Folds>,
        unfolded: &'a HashSet<RowId>,
    ) -> Self {
        let view = match folds {
            Some(_) => buffer.shown(),
            None => buffer.surrounded().unwrap_or_else(|| buffer.visible()),
        };
        let alike = buffer.leads().map(|(leads, rows)| AlikeRows {
            leads,
            rows,
            unfolded,
        });
        Self {
            buffer,
            view: alike.map_or(view, |alike| alike.leads),
            bundles: Bundles { folds, alike },
        }
    }

    /// The rows that pass the filters, those inside folded invocations among them.
    pub(in crate::panes::logs) fn visible(&self) -> View<'a> {
        self.buffer.visible()
    }

    /// The rows that stand under each other, without those that stand under an invocation.
    pub(in crate::panes::logs) const fn view(&self) -> View<'a> {
        self.view
    }

    /// Whether a row is only here because one near it passes the filters.
    pub(super) fn is_around(&self, row: RowId) -> bool {
        let surrounds = self.bundles.are_none() && self.buffer.surrounded().is_some();
        surrounds && self.visible().position(row).is_none()
    }

    /// How many rows are left out between a row and the one above it, where rows around those that pass are shown;
    /// nothing for one that follows the other in their stream.
    pub(super) fn left_out(&self, row: RowId) -> Option<usize> {
        self.buffer
            .surrounded()
            .filter(|_| self.bundles.are_none())?;
        let above = self.view.before(row)?;
        let all = self.buffer.all();
        let (from, to) = (all.position(above)? + 1, all.position(row)?);
        let count = to.checked_sub(from).filter(|count| *count > 0)?;
        let stream = |row| self.buffer.stream(row);
        let (here, there) = stream(row).zip(stream(above))?;
        let is_of = |row: &RowId| stream(*row).is_some_and(|it| Arc::ptr_eq(it, here));
        let follows =
            count <= BETWEEN && Arc::ptr_eq(here, there) && !all.ids(from..to).iter().any(is_of);
        (!follows).then_some(count)
    }

    /// The invocations, where they are folded.
    pub(super) const fn folds(&self) -> Option<&'a Folds> {
        self.bundles.folds
    }

    /// The rows for which one stands.
    pub(in crate::panes::logs) const fn bundles(&self) -> Bundles<'a> {
        self.bundles
    }

    /// What is known of a row without its text.
    pub(super) fn brief(&self, row: RowId) -> Option<Brief> {
        self.buffer.brief(row)
    }

    /// The time of a row in Unix milliseconds.
    pub(super) fn time_ms(&self, row: RowId) -> Option<i64> {
        self.brief(row).map(|brief| brief.time_ms)
    }

    /// Rows with their texts; those that were dropped meanwhile are left out.
    pub(super) fn rows(&self, ids: &[RowId]) -> Vec<Row> {
        self.buffer.rows(ids)
    }

    /// How many rows stand under each other, without those that stand under an invocation.
    pub(super) fn count(&self) -> usize {
        self.view.len()
    }

    /// How many of them there are up to a row, itself among them; up to where it would stand if it is none of them.
    pub(super) fn count_to(&self, row: RowId) -> usize {
        let own = self.view.position(row);
        own.map_or_else(|| self.view.near(row), |own| own + 1)
    }

    /// Where a place is among the others: of two the one with the greater key is below.
    pub(super) fn key(&self, spot: Position) -> (usize, Option<RowId>) {
        let near = self.view.near(self.head(spot.row));
        (near, spot.under.then_some(spot.row))
    }

    /// The last place.
    pub(super) fn last(&self) -> Option<Position> {
        self.view.last().map(|row| self.end_of(row))
    }

    /// The first place.
    pub(super) fn first(&self) -> Option<Position> {
        self.view.row_at(0).map(Position::of)
    }

    /// The place below.
    pub(super) fn next(&self, spot: Position) -> Option<Position> {
        if self.bundles.is_unfolded(spot.row) {
            let below = if spot.under {
                self.bundles.beside(spot.row, 1)
            } else {
                Some(spot.row)
            };
            if let Some(row) = below {
                return Some(Position { row, under: true });
            }
        }
        self.view.after(self.head(spot.row)).map(Position::of)
    }

    /// The place above.
    pub(super) fn previous(&self, spot: Position) -> Option<Position> {
        if spot.under {
            let above = self.bundles.beside(spot.row, -1);
            let head = self.bundles.head(spot.row);
            return Some(above.map_or(Position::of(head), |row| Position { row, under: true }));
        }
        self.view.before(spot.row).map(|row| self.end_of(row))
    }

    /// The place so many places below, or above for a negative number; the last or first where there are fewer.
    pub(in crate::panes::logs) fn step(&self, from: Position, places: isize) -> Position {
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
    pub(super) fn distance(&self, from: Position, to: Position, most: usize) -> Option<isize> {
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
    pub(super) fn settle(&self, spot: Position) -> Option<Position> {
        let head = self.bundles.head(spot.row);
        if self.bundles.is_unfolded(head) {
            return Some(Position {
                row: spot.row,
                under: spot.under || spot.row != head,
            });
        }
        if head != spot.row {
            return Some(Position::of(head));
        }
        let near = self.view.row_at(self.view.near(spot.row));
        near.or_else(|| self.view.last()).map(Position::of)
    }

    /// The first place at or after a time in Unix milliseconds, else the last one.
    pub(super) fn at_time(&self, time_ms: i64) -> Option<Position> {
        let row = self.view.row_at(self.view.at_time(time_ms));
        row.map(Position::of).or_else(|| self.last())
    }

    fn end_of(&self, row: RowId) -> Position {
        let is_unfolded = self.bundles.is_unfolded(row);
        let last = is_unfolded.then(|| self.bundles.last(row)).flatten();
        last.map_or(Position::of(row), |row| Position { row, under: true })
    }

    /// The row that stands for a row.
    pub(super) fn head(&self, row: RowId) -> RowId {
        self.bundles.head(row)
    }
}
