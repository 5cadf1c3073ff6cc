//! A short list of names in four bytes each.

use super::super::row::RowId;

/// Names of rows, each as its distance from the first that came. Rows that are there at the same time are less than
/// 2^31 apart: memory ends long before.
#[derive(Debug, Clone)]
pub(super) struct RowRun {
    base: RowId,
    distances: Vec<i32>,
}

impl RowRun {
    /// Bytes a row takes.
    pub(super) const ROW: usize = size_of::<i32>();

    /// These rows, as they are.
    pub(super) fn of(rows: &[RowId]) -> Self {
        let base = rows.first().copied().unwrap_or(RowId(0));
        let mut distances = Vec::with_capacity(rows.len());
        distances.extend(rows.iter().map(|row| distance(base, *row)));
        Self { base, distances }
    }

    pub(super) fn len(&self) -> usize {
        self.distances.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.distances.is_empty()
    }

    pub(super) fn get(&self, at: usize) -> Option<RowId> {
        self.distances.get(at).map(|distance| self.row(*distance))
    }

    pub(super) fn first(&self) -> Option<RowId> {
        self.get(0)
    }

    pub(super) fn last(&self) -> Option<RowId> {
        self.get(self.len().checked_sub(1)?)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = RowId> + '_ {
        self.distances.iter().map(|distance| self.row(*distance))
    }

    pub(super) fn partition_point(&self, is_before: impl Fn(RowId) -> bool) -> usize {
        self.distances
            .partition_point(|distance| is_before(self.row(*distance)))
    }

    pub(super) fn insert(&mut self, at: usize, row: RowId) {
        let at = at.min(self.len());
        self.distances.insert(at, distance(self.base, row));
    }

    pub(super) fn remove(&mut self, at: usize) {
        if at < self.len() {
            self.distances.remove(at);
        }
    }

    /// Keeps what is before `at`; what is from there on is returned.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let at = at.min(self.len());
        Self {
            base: self.base,
            distances: self.distances.split_off(at),
        }
    }

    fn row(&self, distance: i32) -> RowId {
        RowId(self.base.0.wrapping_add_signed(distance.into()))
    }
}

fn distance(base: RowId, row: RowId) -> i32 {
    let distance = row.0.wrapping_sub(base.0).cast_signed();
    debug_assert!(i32::try_from(distance).is_ok(), "rows are near each other");
    i32::try_from(distance).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::row::RowId;
    use super::RowRun;

    #[test]
    fn names_come_back_as_they_were() {
        let rows = [7_000_000_000, 7_000_000_002, 6_999_999_000].map(RowId);
        let mut run = RowRun::of(&rows);
        assert_eq!(run.iter().collect::<Vec<_>>(), rows);
        run.insert(1, RowId(7_000_000_001));
        assert_eq!(run.get(1), Some(RowId(7_000_000_001)));
        let rest = run.split_off(2);
        assert_eq!((run.len(), rest.len()), (2, 2));
        assert_eq!(rest.last(), Some(RowId(6_999_999_000)));
    }
}
