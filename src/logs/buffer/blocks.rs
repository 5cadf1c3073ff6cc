//! All blocks, in order of arrival. Sealed ones are shared, so a copy of the list is cheap.

use std::collections::VecDeque;
use std::sync::Arc;

use super::block::{Packer, RowBlock};
use super::incoming::Incoming;
use super::row::{Brief, RowId, RowKey};

/// All blocks, in order of arrival; the last one may still be open.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    list: VecDeque<(u64, Arc<RowBlock>)>,
    next: u64,
    rows: usize,
    /// The rows that are markers.
    markers: usize,
    /// Bytes of all blocks but the last.
    settled: usize,
}

impl Blocks {
    /// Adds a row at the end; tells where it stands.
    pub(super) fn push(&mut self, row: &Incoming<'_>, packer: &mut Packer) -> Option<RowKey> {
        let id = RowId(self.next);
        if !self.list.back().is_some_and(|(_, block)| block.takes(row)) {
            self.seal(packer);
            self.settled += self.last_bytes();
            let block = RowBlock::new(id, row.time_ms);
            self.list.push_back((id.0, Arc::new(block)));
        }
        let (_, last) = self.list.back_mut()?;
        let block = Arc::make_mut(last);
        block.push(row);
        self.next += 1;
        self.rows += 1;
        self.markers += usize::from(row.source.is_none());
        block.place(block.len() - 1)
    }

    /// Seals the last block.
    pub(super) fn seal(&mut self, packer: &mut Packer) {
        if let Some((_, last)) = self.list.back_mut() {
            Arc::make_mut(last).seal(packer);
        }
    }

    fn last_bytes(&self) -> usize {
        self.list.back().map_or(0, |(_, block)| block.bytes())
    }

    /// Bytes of memory all blocks take.
    pub(super) fn bytes(&self) -> usize {
        self.settled + self.last_bytes()
    }

    /// Rows in all blocks.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// How many of the rows are markers.
    pub(super) const fn markers(&self) -> usize {
        self.markers
    }

    /// The id the next row will get.
    pub(super) const fn next(&self) -> RowId {
        RowId(self.next)
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The block with this number, the oldest arrival first.
    pub(super) fn at(&self, number: usize) -> Option<&Arc<RowBlock>> {
        self.list.get(number).map(|(_, block)| block)
    }

    /// The number of the block that holds a row, and the row's slot there.
    fn find(&self, id: RowId) -> Option<(usize, usize)> {
        let after = self.list.partition_point(|(first, _)| *first <= id.0);
        let number = after.checked_sub(1)?;
        let slot = self.at(number)?.slot(id)?;
        Some((number, slot))
    }

    /// The block that holds a row, and the row's slot there.
    pub(super) fn get(&self, id: RowId) -> Option<(&Arc<RowBlock>, usize)> {
        let (number, slot) = self.find(id)?;
        Some((self.at(number)?, slot))
    }

    /// Takes out the block that holds a row.
    pub(super) fn remove(&mut self, id: RowId) -> Option<Arc<RowBlock>> {
        let (number, _) = self.find(id)?;
        let is_last = number + 1 == self.list.len();
        let (_, block) = self.list.remove(number)?;
        // What was before the last is the last now, and counted as such.
        let uncounted = if is_last {
            self.last_bytes()
        } else {
            block.bytes()
        };
        self.settled = self.settled.saturating_sub(uncounted);
        self.rows = self.rows.saturating_sub(block.len());
        self.markers = self.markers.saturating_sub(block.markers());
        Some(block)
    }

    /// Whether two rows say the same but for numbers and ids.
    pub(super) fn are_alike(&self, one: RowId, other: RowId) -> bool {
        let shape = |row| self.get(row).and_then(|(block, slot)| block.shape(slot));
        shape(one).is_some_and(|one| shape(other) == Some(one))
    }

    /// Where a row stands.
    pub(super) fn place(&self, id: RowId) -> Option<RowKey> {
        let (block, slot) = self.get(id)?;
        block.place(slot)
    }

    /// What the index knows of a row.
    pub(super) fn brief(&self, id: RowId) -> Option<Brief> {
        let (block, slot) = self.get(id)?;
        block.brief(slot)
    }
}
