//! Every selection of rows that is kept in order as rows come and go: all, those that are not hidden, those that pass the
//! filters, and the hits among these.

use super::block::RowBlock;
use super::blocks::Blocks;
use super::row::RowKey;
use super::scan::{BufferScan, ScanResult};
use super::selection::Selection;

/// The selections.
#[derive(Debug)]
pub(super) struct Selections {
    all: Selection,
    /// The rows that are not hidden, once any is.
    shown: Option<Selection>,
    /// The rows that pass the filters, when there are any.
    visible: Option<Selection>,
    /// The rows that pass the filters and are searched for.
    hits: Option<Selection>,
}

impl Selections {
    /// No row yet; nothing is hidden, filtered or searched for.
    pub(super) fn new() -> Self {
        Self {
            all: Selection::everything(),
            shown: None,
            visible: None,
            hits: None,
        }
    }

    pub(super) const fn all(&self) -> &Selection {
        &self.all
    }

    pub(super) fn shown(&self) -> &Selection {
        self.shown.as_ref().unwrap_or(&self.all)
    }

    pub(super) fn visible(&self) -> &Selection {
        self.visible.as_ref().unwrap_or(&self.all)
    }

    pub(super) const fn hits(&self) -> Option<&Selection> {
        self.hits.as_ref()
    }

    /// Begins anew with the rows that pass the filters, which a scan will bring; without one all are visible.
    pub(super) fn await_visible(&mut self, scan: Option<&BufferScan>) {
        self.visible = scan.map(Selection::of);
    }

    /// Begins anew with the rows that are searched for, which a scan will bring; without one nothing is.
    pub(super) fn await_hits(&mut self, scan: Option<&BufferScan>) {
        self.hits = scan.map(Selection::of);
    }

    /// Hides a row among all rows, or shows it again. Filters and searches do not ask for that.
    pub(super) fn hide(&mut self, place: RowKey, hidden: bool, blocks: &Blocks) {
        if hidden && self.shown.is_none() {
            self.shown = Some(self.all.copy());
        }
        if let Some(shown) = &mut self.shown {
            if hidden {
                shown.leave(place, blocks);
            } else if shown.order().position(place.row(), blocks).is_none() {
                shown.insert(place, blocks);
            }
        }
    }

    /// Takes a row that has just come into each selection it passes. True when others stand after it among all.
    pub(super) fn insert(&mut self, place: RowKey, blocks: &Blocks) -> bool {
        for part in self.parts_mut() {
            part.insert(place, blocks);
        }
        self.all.insert(place, blocks)
    }

    /// Forgets the rows of a block that is about to go.
    pub(super) fn forget(&mut self, block: &RowBlock, blocks: &Blocks) {
        let places = || (0..block.len()).filter_map(|slot| block.place(slot));
        let Some(between) = places().min().zip(places().max()) else {
            return;
        };
        for part in self.parts_mut() {
            part.forget(&block.ids(), between, blocks);
        }
        self.all.forget(&block.ids(), between, blocks);
    }

    /// Takes what a scan found; false when nobody waits for it any more.
    pub(super) fn take_found(&mut self, found: &ScanResult, blocks: &Blocks) -> bool {
        let mut scanned = self.visible.iter_mut().chain(&mut self.hits);
        scanned.any(|selection| selection.take_found(found, blocks))
    }

    /// Bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        let parts = self.visible.iter().chain(&self.hits).chain(&self.shown);
        self.all.bytes() + parts.map(Selection::bytes).sum::<usize>()
    }

    /// The selections beside that of all rows.
    fn parts_mut(&mut self) -> impl Iterator<Item = &mut Selection> {
        let scanned = self.visible.iter_mut().chain(&mut self.hits);
        scanned.chain(&mut self.shown)
    }
}
