//! Every selection of rows that is kept in order as rows come and go: all, those that are not hidden, those that pass the
//! filters, and the hits among these.

use super::around::{Around, Surroundings};
use super::block::RowBlock;
use super::blocks::Blocks;
use super::leads::{Leads, LeadsAmong};
use super::row::{RowId, RowKey};
use super::scan::{BufferScan, ScanQuestion, ScanResult};
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
    /// The rows that pass the filters with those around them.
    around: Option<Around>,
    /// The rows that lead alike ones.
    leads: Option<Leads>,
}

impl Selections {
    /// No row yet; nothing is hidden, filtered or searched for.
    pub(super) fn new() -> Self {
        Self {
            all: Selection::everything(),
            shown: None,
            visible: None,
            hits: None,
            around: None,
            leads: None,
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

    /// The rows that pass the filters with those around them, once these are known.
    pub(super) fn surrounded(&self) -> Option<&Selection> {
        let around = self.around.as_ref().map(Around::selection);
        around.filter(|selection| selection.is_complete())
    }

    /// Begins anew with the rows that pass the filters, which a scan will bring; without one all are visible.
    pub(super) fn await_visible(&mut self, scan: Option<&BufferScan>) {
        self.around = None;
        self.leads = None;
        self.visible = scan.and_then(of);
    }

    /// Begins anew with up to so many rows around each that passes, which a scan will bring, or with none.
    pub(super) fn await_around(&mut self, scan: Option<(&BufferScan, usize)>, since: RowId) {
        self.around = scan.map(|(scan, lines)| Around::of(scan, lines, since));
    }

    /// Whether up to so many rows around those that pass are shown or looked for.
    pub(super) fn has_around(&self, lines: usize) -> bool {
        let known = self.around.as_ref().map(Around::lines);
        known.unwrap_or(0) == lines
    }

    /// The rows that lead others, and those they are looked for among, once they are known.
    pub(super) fn leads(&self) -> Option<(&Selection, &Selection)> {
        let leads = self.leads.as_ref()?;
        let is_known = leads.selection().is_complete();
        is_known.then(|| (leads.selection(), self.among(leads.among())))
    }

    /// Begins anew with the rows that lead others, which a scan will bring, or with none.
    pub(super) fn await_leads(&mut self, scan: Option<(&BufferScan, LeadsAmong)>) {
        self.leads = scan.map(|(scan, among)| Leads::of(scan, among));
    }

    /// Whether leads are known or looked for among these rows, or among none.
    pub(super) fn has_leads(&self, among: Option<LeadsAmong>) -> bool {
        self.leads.as_ref().map(Leads::among) == among
    }

    /// The rows others may be led among.
    pub(super) fn among(&self, among: LeadsAmong) -> &Selection {
        match among {
            LeadsAmong::Shown => self.shown(),
            LeadsAmong::Visible => self.visible(),
        }
    }

    /// Whether these rows are known, all of them.
    pub(super) fn are_known(&self, among: LeadsAmong) -> bool {
        self.among(among).is_complete()
    }

    /// A row has come or gone, or is hidden or shown: those that lead others may be others.
    fn change_leads(&mut self, place: RowKey, blocks: &Blocks) {
        let Some(mut leads) = self.leads.take() else {
            return;
        };
        leads.change(place, self.among(leads.among()).order(), blocks);
        self.leads = Some(leads);
    }

    /// Whether all rows that pass the filters are known, and some may not.
    pub(super) fn is_filtered(&self) -> bool {
        self.visible.as_ref().is_some_and(Selection::is_complete)
    }

    /// Begins anew with the rows that are searched for, which a scan will bring; without one nothing is.
    pub(super) fn await_hits(&mut self, scan: Option<&BufferScan>) {
        self.hits = scan.and_then(of);
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
        self.change_leads(place, blocks);
    }

    /// Takes a row that has just come into each selection it passes. True when others stand after it among all.
    pub(super) fn insert(&mut self, place: RowKey, blocks: &Blocks) -> bool {
        for part in self.parts_mut() {
            part.insert(place, blocks);
        }
        let is_before = self.all.insert(place, blocks);
        if let (Some(around), Some(visible)) = (&mut self.around, &self.visible) {
            around.insert(place, surroundings(&self.all, visible, blocks));
        }
        self.change_leads(place, blocks);
        is_before
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
        if let Some(around) = &mut self.around {
            let selection = around.selection_mut();
            selection.forget(&block.ids(), between, blocks);
        }
        if let Some(leads) = &mut self.leads {
            let selection = leads.selection_mut();
            selection.forget(&block.ids(), between, blocks);
        }
        self.all.forget(&block.ids(), between, blocks);
        if self.leads.is_some() {
            places().for_each(|place| self.change_leads(place, blocks));
        }
    }

    /// Takes what a scan found; false when nobody waits for it any more.
    pub(super) fn take_found(&mut self, found: &ScanResult, blocks: &Blocks) -> bool {
        let mut scanned = self.visible.iter_mut().chain(&mut self.hits);
        if scanned.any(|selection| selection.take_found(found, blocks)) {
            return true;
        }
        let around = self.around.as_mut().zip(self.visible.as_ref());
        let is_around = around.is_some_and(|(around, visible)| {
            around.take_found(found, surroundings(&self.all, visible, blocks))
        });
        is_around || self.take_leads(found, blocks)
    }

    /// Takes what a scan found if these rows lead others.
    fn take_leads(&mut self, found: &ScanResult, blocks: &Blocks) -> bool {
        let Some(mut leads) = self.leads.take() else {
            return false;
        };
        let rows = self.among(leads.among()).order();
        let is_wanted = leads.take_found(found, rows, blocks);
        self.leads = Some(leads);
        is_wanted
    }

    /// Bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        let around = self.around.as_ref().map(Around::selection);
        let parts = self.visible.iter().chain(&self.hits).chain(&self.shown);
        let parts = parts.chain(around);
        let parts = parts.chain(self.leads.as_ref().map(Leads::selection));
        self.all.bytes() + parts.map(Selection::bytes).sum::<usize>()
    }

    /// The selections beside that of all rows.
    fn parts_mut(&mut self) -> impl Iterator<Item = &mut Selection> {
        let scanned = self.visible.iter_mut().chain(&mut self.hits);
        scanned.chain(&mut self.shown)
    }
}

/// What a scan will bring, of the rows that pass its test.
fn of(scan: &BufferScan) -> Option<Selection> {
    match &scan.question {
        ScanQuestion::Passing(test) => Some(Selection::of(scan, test.clone())),
        ScanQuestion::Around(_) | ScanQuestion::Leading(_) => None,
    }
}

const fn surroundings<'a>(
    all: &'a Selection,
    visible: &'a Selection,
    blocks: &'a Blocks,
) -> Surroundings<'a> {
    Surroundings {
        all: all.order(),
        visible: visible.order(),
        blocks,
    }
}
