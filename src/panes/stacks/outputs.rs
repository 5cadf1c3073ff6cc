//! The outputs of stacks side by side.

use super::StackRow;
use crate::iac::{OutputCell, OutputColumn, OutputGrid, OutputGridRow};

/// The outputs, and the cell in front.
#[derive(Debug, Default)]
pub struct OutputsView {
    grid: OutputGrid,
    /// Whether only those are shown that a stack lacks, or that differ.
    pub only_differences: bool,
    row: usize,
    column: usize,
}

impl OutputsView {
    /// Takes the outputs of these stacks.
    pub(super) fn fill<'k>(&mut self, rows: impl Iterator<Item = StackRow<'k>>) {
        let stacks = rows.filter_map(|row| Some((row.project, row.stack?)));
        self.grid = OutputGrid::of(stacks);
        self.step(0);
        self.turn(0);
    }

    /// What the stacks that stand side by side are called.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        self.grid.titles()
    }

    /// The stacks that stand side by side.
    #[must_use]
    pub fn columns(&self) -> &[OutputColumn] {
        &self.grid.columns
    }

    /// The outputs that are shown.
    pub fn rows(&self) -> impl Iterator<Item = &OutputGridRow> {
        let all = self.grid.rows.iter();
        all.filter(|row| !self.only_differences || row.is_difference())
    }

    /// How many outputs there are, and how many of them a stack lacks, or differ.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let different = self.grid.rows.iter().filter(|row| row.is_difference());
        (self.grid.rows.len(), different.count())
    }

    /// The numbers of the row and the column in front.
    #[must_use]
    pub const fn position(&self) -> (usize, usize) {
        (self.row, self.column)
    }

    /// The row in front.
    #[must_use]
    pub fn selected(&self) -> Option<&OutputGridRow> {
        self.rows().nth(self.row)
    }

    /// The cell in front; `None` where the stack lacks it.
    #[must_use]
    pub fn cell(&self) -> Option<&OutputCell> {
        self.selected()?.cells.get(self.column)?.as_ref()
    }

    /// What is missing in the row in front, in a sentence.
    #[must_use]
    pub fn gap(&self) -> Option<String> {
        self.grid.gap(self.selected()?)
    }

    /// Moves through the outputs; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let last = self.rows().count().saturating_sub(1);
        self.row = self.row.min(last).saturating_add_signed(rows).min(last);
    }

    /// Moves through the stacks; it stops at the ends.
    pub(super) fn turn(&mut self, columns: isize) {
        let last = self.columns().len().saturating_sub(1);
        let there = self.column.min(last).saturating_add_signed(columns);
        self.column = there.min(last);
    }

    /// Shows all outputs, or only those that differ.
    pub(super) fn narrow(&mut self) {
        self.only_differences = !self.only_differences;
        self.step(0);
    }
}
