//! Reads rows; keeps the blocks it unpacked last, because neighbours are often in the same ones.

use std::collections::VecDeque;

use super::block::{RowBlock, Unpacked};
use super::blocks::Blocks;
use super::row::{Row, RowId};
use super::safe;
use crate::logs::colours::colours;
use crate::logs::facts::head;

/// Blocks that are kept unpacked beside the current one.
const KEPT: usize = 7;

/// Reads rows out of blocks.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    blocks: &'a Blocks,
    current: Unpacked,
    others: VecDeque<Unpacked>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(blocks: &'a Blocks) -> Self {
        Self {
            blocks,
            current: Unpacked::default(),
            others: VecDeque::new(),
        }
    }

    /// A row with the beginning of its text; `None` once it was dropped.
    pub(super) fn row(&mut self, id: RowId) -> Option<Row> {
        let (block, slot) = self.blocks.get(id)?;
        let range = block.range(slot);
        let stored = match block.head() {
            Some(head) => head.to_owned(),
            None => self.stored(block, slot, Row::TEXT),
        };
        let text = safe::shown(&stored);
        let is_cut = stored.len() < range.len();
        Some(Row {
            brief: block.brief(slot)?,
            source: block.source(slot).cloned(),
            colours: if is_cut || !block.has_raw(slot) {
                Vec::new()
            } else {
                let raw = block.raw(slot, self.turn_to(block)).unwrap_or_default();
                colours(&raw, &text)
            },
            text,
            bytes: range.len(),
            is_cut,
        })
    }

    /// The whole text of a row, safe to draw.
    pub(super) fn text(&mut self, id: RowId) -> Option<String> {
        let (block, slot) = self.blocks.get(id)?;
        Some(safe::shown(&self.stored(block, slot, usize::MAX)))
    }

    /// The message of a row as it came.
    pub(super) fn raw(&mut self, id: RowId) -> Option<String> {
        let (block, slot) = self.blocks.get(id)?;
        block.raw(slot, self.turn_to(block))
    }

    /// At most `limit` bytes of a row's text as it is stored.
    fn stored(&mut self, block: &RowBlock, slot: usize, limit: usize) -> String {
        /// Of a character that is cut off at the end.
        const REST: usize = 4;
        let range = block.range(slot);
        let end = range.start.saturating_add(limit).saturating_add(REST);
        let text = block.text(self.turn_to(block));
        let text = text
            .get(range.start..range.end.min(end))
            .unwrap_or_default();
        head(&String::from_utf8_lossy(text), limit).to_owned()
    }

    /// The place that holds a block unpacked, or that was not used for longest.
    fn turn_to(&mut self, block: &RowBlock) -> &mut Unpacked {
        if !self.current.holds(block.first()) {
            let known = self
                .others
                .iter()
                .position(|other| other.holds(block.first()));
            let next = match known {
                Some(at) => self.others.remove(at),
                None if self.others.len() < KEPT => None,
                None => self.others.pop_front(),
            };
            let before = std::mem::replace(&mut self.current, next.unwrap_or_default());
            self.others.push_back(before);
        }
        &mut self.current
    }
}
