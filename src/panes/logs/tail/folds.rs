//! Lambda invocations folded into one row each: which rows belong to which invocation, and which of them are hidden.
//!
//! Memory is bounded: what is known of a row goes with it, and of an invocation with the last of its rows or when
//! there are too many.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use crate::logs::invocation::{Folder, Invocation, InvocationId};
use crate::logs::{LogEvent, RowId, function_of};

/// Invocations that are known of all groups together; rows of older ones are shown as they are.
const KNOWN: usize = 20_000;
/// Invocations that are known of each group at least.
const LEAST: usize = 400;

/// The invocations of the followed groups.
#[derive(Debug)]
pub(super) struct Folds {
    groups: HashMap<Arc<str>, FoldedGroup>,
    /// Invocations a group's folder knows.
    bound: usize,
    known: HashMap<u32, Fold>,
    /// The number of the newest fold, counted from 1.
    newest: u32,
    /// By row, from `base` on: the number of its fold; 0 for none.
    owners: VecDeque<u32>,
    base: u64,
}

/// The folder of a group, and the numbers of its invocations, the oldest first.
#[derive(Debug)]
struct FoldedGroup {
    folder: Folder,
    numbers: BTreeMap<InvocationId, u32>,
}

/// An invocation and where its rows are.
#[derive(Debug)]
struct Fold {
    group: Arc<str>,
    id: InvocationId,
    /// In order of arrival, never empty; the first stands for all.
    rows: VecDeque<RowId>,
    is_unfolded: bool,
}

/// A row that is hidden in its invocation from now on, or stands for itself again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoldChange {
    pub(super) row: RowId,
    pub(super) hidden: bool,
}

impl Folds {
    /// Bytes of memory that are kept free for what is known of invocations and their rows.
    pub(super) const BYTES: usize = 40 << 20;

    /// Nothing yet of so many Lambda groups.
    pub(super) fn new(groups: usize) -> Self {
        Self {
            groups: HashMap::new(),
            bound: (KNOWN / groups.max(1)).max(LEAST),
            known: HashMap::new(),
            newest: 0,
            owners: VecDeque::new(),
            base: 0,
        }
    }

    /// Takes an event of a Lambda group, which stands in this row; tells what is hidden or shown now.
    pub(super) fn take(&mut self, row: RowId, event: &LogEvent, changes: &mut Vec<FoldChange>) {
        if self.owners.is_empty() {
            self.base = row.number();
        }
        let owner = self.owner_of(row, event, changes).unwrap_or(0);
        // Markers have rows too, and no owner.
        let missing = row
            .number()
            .saturating_sub(self.base + self.owners.len() as u64);
        self.owners.extend((0..missing).map(|_| 0));
        self.owners.push_back(owner);
    }

    fn owner_of(
        &mut self,
        row: RowId,
        event: &LogEvent,
        changes: &mut Vec<FoldChange>,
    ) -> Option<u32> {
        function_of(&event.group)?;
        let bound = self.bound;
        let new = || FoldedGroup {
            folder: Folder::new(bound),
            numbers: BTreeMap::new(),
        };
        let name = Arc::clone(&event.group);
        let group = self.groups.entry(name).or_insert_with(new);
        let taken = group
            .folder
            .take(&event.stream, &event.message, event.time_ms);
        let old = group.overflow();
        let number = taken
            .invocation
            .map(|id| self.number_for(row, event, id, changes));
        for number in old {
            self.dissolve(number, changes);
        }
        number.flatten()
    }

    /// The number of the fold of an invocation, a new one if need be; the row is put into it.
    fn number_for(
        &mut self,
        row: RowId,
        event: &LogEvent,
        id: InvocationId,
        changes: &mut Vec<FoldChange>,
    ) -> Option<u32> {
        let numbers = &mut self.groups.get_mut(&event.group)?.numbers;
        if let Some(number) = numbers.get(&id) {
            self.known.get_mut(number)?.rows.push_back(row);
            changes.push(FoldChange { row, hidden: true });
            return Some(*number);
        }
        self.newest = self.newest.checked_add(1)?;
        numbers.insert(id, self.newest);
        let fold = Fold {
            group: Arc::clone(&event.group),
            id,
            rows: VecDeque::from([row]),
            is_unfolded: false,
        };
        self.known.insert(self.newest, fold);
        Some(self.newest)
    }

    /// Forgets an invocation there is no room for: its rows stand for themselves.
    fn dissolve(&mut self, number: u32, changes: &mut Vec<FoldChange>) {
        let Some(fold) = self.known.remove(&number) else {
            return;
        };
        for &row in &fold.rows {
            self.disown(row.number());
        }
        let shown = fold.rows.iter().skip(1);
        changes.extend(shown.map(|&row| FoldChange { row, hidden: false }));
    }

    /// Forgets rows that were dropped. The next row of an invocation stands for it then.
    pub(super) fn forget(&mut self, dropped: &[Range<u64>], changes: &mut Vec<FoldChange>) {
        for row in dropped.iter().flat_map(Clone::clone) {
            let number = self.disown(row);
            self.leave(RowId::from_number(row), number, changes);
        }
        while self.owners.front() == Some(&0) {
            self.owners.pop_front();
            self.base += 1;
        }
    }

    /// Takes a row out of its fold, and the fold away with its last row.
    fn leave(&mut self, row: RowId, number: u32, changes: &mut Vec<FoldChange>) {
        let Some(fold) = self.known.get_mut(&number) else {
            return;
        };
        let Ok(at) = fold.rows.binary_search(&row) else {
            return;
        };
        fold.rows.remove(at);
        match fold.rows.front() {
            Some(&row) if at == 0 => changes.push(FoldChange { row, hidden: false }),
            Some(_) => {}
            None => {
                if let Some(group) = self.groups.get_mut(&fold.group) {
                    group.numbers.remove(&fold.id);
                }
                self.known.remove(&number);
            }
        }
    }

    /// Makes a row belong to no fold; tells to which it did.
    fn disown(&mut self, row: u64) -> u32 {
        let at = row.checked_sub(self.base).map(usize::try_from);
        let owner = at.and_then(|at| self.owners.get_mut(at.ok()?));
        owner.map(std::mem::take).unwrap_or_default()
    }

    /// The row that stands for the whole invocation a row belongs to.
    pub(super) fn head(&self, row: RowId) -> Option<RowId> {
        self.of(row)?.rows.front().copied()
    }

    /// The invocation a row stands for.
    pub(super) fn heads(&self, row: RowId) -> Option<&Invocation> {
        let fold = self.of(row)?;
        let group = self.groups.get(&fold.group)?;
        let is_head = fold.rows.front() == Some(&row);
        is_head.then(|| group.folder.invocation(fold.id)).flatten()
    }

    /// Whether the invocation of a row is unfolded.
    pub(super) fn is_unfolded(&self, row: RowId) -> bool {
        self.of(row).is_some_and(|fold| fold.is_unfolded)
    }

    /// Unfolds or folds the invocation of a row.
    pub(super) fn set_unfolded(&mut self, row: RowId, unfolded: bool) {
        let number = self.number(row).unwrap_or_default();
        if let Some(fold) = self.known.get_mut(&number) {
            fold.is_unfolded = unfolded;
        }
    }

    /// The rows of the invocation of a row, in order of arrival.
    pub(super) fn members(&self, row: RowId) -> impl Iterator<Item = RowId> {
        let rows = self.of(row).map(|fold| fold.rows.iter().copied());
        rows.into_iter().flatten()
    }

    /// The invocations that are known, in no order.
    pub(super) fn invocations(&self) -> impl Iterator<Item = &Invocation> {
        self.known.values().filter_map(|fold| self.invocation(fold))
    }

    fn invocation(&self, fold: &Fold) -> Option<&Invocation> {
        self.groups.get(&fold.group)?.folder.invocation(fold.id)
    }

    /// The rows of the invocations whose request ids match.
    pub(super) fn rows_of(&self, matches: impl Fn(&str) -> bool) -> BTreeSet<RowId> {
        let folds = self.known.values().filter(|fold| {
            let invocation = self.invocation(fold);
            let id = invocation.and_then(|invocation| invocation.request_id.as_deref());
            id.is_some_and(&matches)
        });
        folds.flat_map(|fold| fold.rows.iter().copied()).collect()
    }

    /// The last row of the invocation of a row.
    pub(super) fn last(&self, row: RowId) -> Option<RowId> {
        self.of(row)?.rows.back().copied()
    }

    /// The row so many places after one of the same invocation, before it for a negative number.
    pub(super) fn beside(&self, row: RowId, places: isize) -> Option<RowId> {
        let rows = &self.of(row)?.rows;
        let at = rows.binary_search(&row).ok()?;
        rows.get(at.checked_add_signed(places)?).copied()
    }

    fn number(&self, row: RowId) -> Option<u32> {
        let at = usize::try_from(row.number().checked_sub(self.base)?).ok()?;
        self.owners.get(at).copied().filter(|&number| number > 0)
    }

    fn of(&self, row: RowId) -> Option<&Fold> {
        self.known.get(&self.number(row)?)
    }
}

impl FoldedGroup {
    /// Takes out the numbers of invocations the folder has forgotten.
    fn overflow(&mut self) -> Vec<u32> {
        let mut old = Vec::new();
        while let Some(first) = self.numbers.first_entry() {
            if self.folder.invocation(*first.key()).is_some() {
                break;
            }
            old.push(first.remove());
        }
        old
    }
}

#[cfg(test)]
mod tests;
