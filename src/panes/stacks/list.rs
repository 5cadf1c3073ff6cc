//! The stack in front, and those that are marked.

use std::collections::BTreeSet;

use super::{KnownStacks, StackRow};
use crate::iac::StackKey;
use crate::panes::stepped;

/// What is chosen of the rows.
#[derive(Debug, Default)]
pub struct StackList {
    selected: Option<StackKey>,
    marked: BTreeSet<StackKey>,
}

impl StackList {
    /// The row in front: the selected one, else the first.
    #[must_use]
    pub fn selected<'k>(&self, known: &'k KnownStacks) -> Option<StackRow<'k>> {
        known.rows().nth(self.position(known))
    }

    /// The number of the row in front.
    #[must_use]
    pub fn position(&self, known: &KnownStacks) -> usize {
        let at = known
            .rows()
            .position(|row| Some(row.key()) == self.selected);
        at.unwrap_or_default()
    }

    /// Moves the selection; it stops at the ends.
    pub(super) fn step(&mut self, known: &KnownStacks, rows: isize) {
        let keys = known.rows().map(|row| row.key());
        self.selected = stepped(keys, self.selected.take(), rows);
    }

    /// Marks the row in front, or takes its mark away, and goes on to the next.
    pub(super) fn mark(&mut self, known: &KnownStacks) {
        let Some(key) = self.selected(known).map(|row| row.key()) else {
            return;
        };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.step(known, 1);
    }

    /// Marks all rows with a stack; none when they are all marked.
    pub(super) fn mark_all(&mut self, known: &KnownStacks) {
        let stacks = known.rows().filter(|row| row.stack.is_some());
        let all: BTreeSet<StackKey> = stacks.map(|row| row.key()).collect();
        let is_all = all == self.marked;
        self.marked = if is_all { BTreeSet::new() } else { all };
    }

    /// Takes all marks away.
    pub(super) fn unmark(&mut self) {
        self.marked.clear();
    }

    /// Whether this row is marked.
    #[must_use]
    pub fn is_marked(&self, row: StackRow<'_>) -> bool {
        self.marked.contains(&row.key())
    }

    /// Whether any is.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        !self.marked.is_empty()
    }

    /// The stacks whose outputs stand side by side: the marked ones, else all that have outputs.
    pub(super) fn compared<'k>(
        &'k self,
        known: &'k KnownStacks,
    ) -> impl Iterator<Item = StackRow<'k>> {
        let is_compared = |row: &StackRow<'_>| {
            let has_outputs = row.stack.is_some_and(|stack| !stack.outputs.is_empty());
            if self.has_marks() {
                row.stack.is_some() && self.is_marked(*row)
            } else {
                has_outputs
            }
        };
        known.rows().filter(is_compared)
    }
}
