//! Rows for which one stands: those of a Lambda invocation, or alike neighbours.
//!
//! The first row of a bundle stands for all; unfolded, all stand under it, itself among them.

use std::collections::HashSet;
use std::ops::Range;

use super::folds::Folds;
use crate::logs::{RowId, View};

/// The bundles of the rows.
#[derive(Debug, Clone, Copy)]
pub(in crate::panes::logs) struct Bundles<'a> {
    /// Nothing where invocations are not folded.
    pub(super) folds: Option<&'a Folds>,
    /// Nothing where alike neighbours are not.
    pub(super) alike: Option<AlikeRows<'a>>,
}

/// Alike neighbours, led by the first of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct AlikeRows<'a> {
    pub(super) leads: View<'a>,
    /// All rows they are looked for among.
    pub(super) rows: View<'a>,
    pub(super) unfolded: &'a HashSet<RowId>,
}

impl<'a> Bundles<'a> {
    /// Whether no row stands for others.
    pub(super) const fn are_none(&self) -> bool {
        self.folds.is_none() && self.alike.is_none()
    }

    /// The row that stands for all of the bundle a row belongs to; the row itself where it is alone.
    pub(super) fn head(&self, row: RowId) -> RowId {
        let head = self.folds.and_then(|folds| folds.head(row));
        let led = || self.alike.and_then(|alike| alike.head(row));
        head.or_else(led).unwrap_or(row)
    }

    /// The invocations, if the row belongs to one.
    fn folds_of(&self, row: RowId) -> Option<&'a Folds> {
        self.folds.filter(|folds| folds.head(row).is_some())
    }

    /// Whether a row stands for others or for an invocation.
    pub(super) fn is_head(&self, row: RowId) -> bool {
        match self.folds_of(row) {
            Some(folds) => folds.heads(row).is_some(),
            None => self.alike_count(row) > 1,
        }
    }

    /// How many alike rows a row stands for; 1 where it stands for itself.
    pub(super) fn alike_count(&self, row: RowId) -> usize {
        let alike = self.alike.filter(|_| self.folds_of(row).is_none());
        alike.map_or(1, |alike| alike.length(row))
    }

    /// Whether the bundle of a row is unfolded.
    pub(super) fn is_unfolded(&self, row: RowId) -> bool {
        match (self.folds_of(row), self.alike) {
            (Some(folds), _) => folds.is_unfolded(row),
            (None, Some(alike)) => alike.is_unfolded(row),
            (None, None) => false,
        }
    }

    /// The row so many places after one of the same bundle, before it for a negative number.
    pub(super) fn beside(&self, row: RowId, places: isize) -> Option<RowId> {
        match self.folds_of(row) {
            Some(folds) => folds.beside(row, places),
            None => self.alike?.beside(row, places),
        }
    }

    /// The last row of the bundle of a row.
    pub(super) fn last(&self, row: RowId) -> Option<RowId> {
        match self.folds_of(row) {
            Some(folds) => folds.last(row),
            None => self.alike?.last(row),
        }
    }

    /// The rows of the bundle of a row, at most so many, and how many there are; the row itself where it is alone.
    pub(in crate::panes::logs) fn members(&self, row: RowId, most: usize) -> (Vec<RowId>, usize) {
        if let Some(folds) = self.folds_of(row) {
            let all = folds.members(row).count();
            return (folds.members(row).take(most).collect(), all);
        }
        match self.alike {
            Some(alike) => alike.members(row, most),
            None => (vec![row], 1),
        }
    }
}

impl AlikeRows<'_> {
    /// The row that leads the bundle of a row; nothing for a row that is none of these.
    fn head(&self, row: RowId) -> Option<RowId> {
        self.rows.position(row)?;
        match self.leads.position(row) {
            Some(_) => Some(row),
            None => self.leads.before(row),
        }
    }

    /// Where the bundle of a row is among the rows.
    fn places(&self, row: RowId) -> Option<Range<usize>> {
        let head = self.head(row)?;
        let next = self.leads.after(head);
        let end = next.map_or(self.rows.len(), |next| self.rows.near(next));
        Some(self.rows.near(head)..end)
    }

    fn length(&self, row: RowId) -> usize {
        self.places(row).map_or(1, |places| places.len())
    }

    fn is_unfolded(&self, row: RowId) -> bool {
        !self.unfolded.is_empty()
            && self
                .head(row)
                .is_some_and(|head| self.unfolded.contains(&head))
    }

    fn beside(&self, row: RowId, places: isize) -> Option<RowId> {
        let at = self.rows.position(row)?.checked_add_signed(places)?;
        let is_here = self.places(row)?.contains(&at);
        is_here.then(|| self.rows.row_at(at)).flatten()
    }

    fn last(&self, row: RowId) -> Option<RowId> {
        self.rows.row_at(self.places(row)?.end.checked_sub(1)?)
    }

    fn members(&self, row: RowId, most: usize) -> (Vec<RowId>, usize) {
        let Some(places) = self.places(row) else {
            return (vec![row], 1);
        };
        let count = places.len();
        let end = places.end.min(places.start.saturating_add(most));
        (self.rows.ids(places.start..end), count)
    }
}
