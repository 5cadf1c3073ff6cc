//! Lambda invocations folded into one row each: which rows belong to which invocation, and which of them are hidden.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::logs::invocation::{Folder, Invocation, InvocationId};
use crate::logs::{Buffer, Event, RowId, function_of};

/// Invocations a group's folder knows; rows of older ones are shown as they are.
const KNOWN: usize = 20_000;

/// The invocations of the followed groups.
#[derive(Debug, Default)]
pub(super) struct Folds {
    groups: HashMap<Arc<str>, Group>,
    known: Vec<Fold>,
    /// By row, from `base` on: the number of its invocation, counted from 1; 0 for none.
    owners: VecDeque<u32>,
    base: u64,
}

/// The folder of a group, and the numbers of its invocations.
#[derive(Debug)]
struct Group {
    folder: Folder,
    numbers: HashMap<InvocationId, u32>,
}

/// An invocation and where its rows are.
#[derive(Debug)]
struct Fold {
    group: Arc<str>,
    id: InvocationId,
    first: RowId,
    last: RowId,
    is_unfolded: bool,
}

impl Folds {
    /// Takes an event of a Lambda group, which stands in this row.
    pub(super) fn take(&mut self, row: RowId, event: &Event) {
        let owner = self.owner_of(row, event).unwrap_or(0);
        if self.owners.is_empty() {
            self.base = row.number();
        }
        // Rulers have rows too, and no owner.
        let missing = row
            .number()
            .saturating_sub(self.base + self.owners.len() as u64);
        self.owners.extend((0..missing).map(|_| 0));
        self.owners.push_back(owner);
    }

    fn owner_of(&mut self, row: RowId, event: &Event) -> Option<u32> {
        function_of(&event.group)?;
        let group = self
            .groups
            .entry(Arc::clone(&event.group))
            .or_insert_with(|| Group {
                folder: Folder::new(KNOWN),
                numbers: HashMap::new(),
            });
        let taken = group
            .folder
            .take(&event.stream, &event.message, event.time_ms);
        let id = taken.invocation?;
        if let Some(&number) = group.numbers.get(&id) {
            self.fold_mut(number)?.last = row;
            return Some(number);
        }
        let number = u32::try_from(self.known.len() + 1).ok()?;
        if group.numbers.len() > 2 * KNOWN {
            let folder = &group.folder;
            group
                .numbers
                .retain(|&id, _| folder.invocation(id).is_some());
        }
        group.numbers.insert(id, number);
        self.known.push(Fold {
            group: Arc::clone(&event.group),
            id,
            first: row,
            last: row,
            is_unfolded: false,
        });
        Some(number)
    }

    /// Forgets what is known of rows before this one.
    pub(super) fn forget_before(&mut self, row: RowId) {
        let gone = row.number().saturating_sub(self.base);
        let gone = usize::try_from(gone)
            .unwrap_or(usize::MAX)
            .min(self.owners.len());
        self.owners.drain(..gone);
        self.base += gone as u64;
    }

    /// The row that stands for the whole invocation a row belongs to.
    pub(super) fn head(&self, row: RowId, buffer: &Buffer) -> Option<RowId> {
        let fold = self.of(row)?;
        self.invocation_of(fold)?;
        buffer.brief(fold.first)?;
        Some(fold.first)
    }

    /// The invocation a row stands for.
    pub(super) fn heads(&self, row: RowId) -> Option<&Invocation> {
        let fold = self.of(row).filter(|fold| fold.first == row)?;
        self.invocation_of(fold)
    }

    /// Whether the invocation of a row is unfolded.
    pub(super) fn is_unfolded(&self, row: RowId) -> bool {
        self.of(row).is_some_and(|fold| fold.is_unfolded)
    }

    /// Unfolds or folds the invocation of a row.
    pub(super) fn set_unfolded(&mut self, row: RowId, unfolded: bool) {
        if let Some(fold) = self.number(row).and_then(|number| self.fold_mut(number)) {
            fold.is_unfolded = unfolded;
        }
    }

    /// The rows of the invocation of a row, in order of arrival.
    pub(super) fn members(&self, row: RowId) -> impl DoubleEndedIterator<Item = RowId> {
        let fold = self.of(row);
        let number = self.number(row).unwrap_or_default();
        let range = fold.map_or(0..0, |fold| {
            let place = |row: RowId| usize::try_from(row.number().saturating_sub(self.base));
            place(fold.first).unwrap_or(0)..place(fold.last).map_or(0, |last| last + 1)
        });
        let rows = range.filter(move |&at| self.owners.get(at) == Some(&number));
        rows.map(|at| RowId::from_number(self.base + at as u64))
    }

    fn number(&self, row: RowId) -> Option<u32> {
        let at = usize::try_from(row.number().checked_sub(self.base)?).ok()?;
        self.owners.get(at).copied().filter(|&number| number > 0)
    }

    fn of(&self, row: RowId) -> Option<&Fold> {
        let at = usize::try_from(self.number(row)?).ok()?;
        self.known.get(at.checked_sub(1)?)
    }

    fn fold_mut(&mut self, number: u32) -> Option<&mut Fold> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.known.get_mut(at)
    }

    fn invocation_of(&self, fold: &Fold) -> Option<&Invocation> {
        let group = self.groups.get(&fold.group)?;
        group.folder.invocation(fold.id)
    }
}
