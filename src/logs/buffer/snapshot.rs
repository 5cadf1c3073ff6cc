//! The log at one moment, for work in another thread: sealed blocks are shared, nothing is copied but their list.

use std::sync::Arc;

use super::blocks::Blocks;
use super::order::SortedRows;
use super::reader::RowReader;
use super::row::{Row, RowId};

/// The log at one moment, or a part of its rows. Two are equal only when they are the same part of the same one.
#[derive(Debug, Clone)]
pub struct Snapshot {
    moment: Arc<SnapshotTime>,
    /// The rows that are told, in order; nothing for all that pass the filters.
    part: Option<Arc<[RowId]>>,
}

#[derive(Debug)]
struct SnapshotTime {
    blocks: Blocks,
    all: SortedRows,
    visible: SortedRows,
    evicted: u64,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.moment, &other.moment) && self.part == other.part
    }
}

impl Snapshot {
    pub(super) fn new(blocks: Blocks, [all, visible]: [SortedRows; 2], evicted: u64) -> Self {
        let moment = Arc::new(SnapshotTime {
            blocks,
            all,
            visible,
            evicted,
        });
        Self { moment, part: None }
    }

    /// Of all rows only these, in this order.
    #[must_use]
    pub fn only(self, rows: Vec<RowId>) -> Self {
        Self {
            part: Some(rows.into()),
            ..self
        }
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.moment.blocks
    }

    /// Every row, in order.
    pub(super) fn all(&self) -> &SortedRows {
        &self.moment.all
    }

    /// The rows that pass the filters, in order.
    pub(super) fn visible(&self) -> &SortedRows {
        &self.moment.visible
    }

    /// How many rows it tells: those that pass the filters, or a part of them.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.part {
            Some(part) => part.len(),
            None => self.moment.visible.len(),
        }
    }

    /// Whether it tells no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When its first and its last row stand, in Unix milliseconds; `None` without rows.
    #[must_use]
    pub fn span_ms(&self) -> Option<(i64, i64)> {
        let time_ms = |id| Some(self.moment.blocks.brief(id)?.time_ms);
        let mut times = self.ids().filter_map(time_ms);
        let first_ms = times.next()?;
        let whole = times.fold((first_ms, first_ms), |(from, to), at| {
            (from.min(at), to.max(at))
        });
        Some(whole)
    }

    /// Rows that had been dropped by then to keep the log within its bounds.
    #[must_use]
    pub fn evicted(&self) -> u64 {
        self.moment.evicted
    }

    /// The rows it tells, in order, each with its raw message.
    pub fn rows(&self) -> impl Iterator<Item = (Row, String)> + '_ {
        let mut reader = RowReader::new(&self.moment.blocks);
        self.ids()
            .filter_map(move |id| Some((reader.row(id)?, reader.raw(id)?)))
    }

    /// The names of the rows it tells, in order.
    pub fn ids(&self) -> impl Iterator<Item = RowId> + '_ {
        let all = self.part.is_none();
        let all = all.then(|| self.moment.visible.from(0));
        let part = self.part.iter().flat_map(|part| part.iter().copied());
        part.chain(all.into_iter().flatten())
    }
}
