//! Tables: cells are read as running text; a table that only places blocks is dissolved into them.

use super::attributes::Attributes;
use crate::articles::body::{BlockContent, Flow, Table};

/// Columns that a cell may be said to span, and a row may have.
const MAX_COLUMNS: usize = 64;

/// A table being read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TableReader {
    rows: Vec<Vec<Flow>>,
    /// How many further rows the cells above each column take.
    below: Vec<usize>,
    /// Further rows that the open cell takes.
    descends: usize,
    /// Whether a cell is open.
    in_cell: bool,
    /// Further columns that the open cell takes.
    spans: usize,
    /// Whether the first row has only been heads so far.
    headed: bool,
    /// Whether the open cell names its row.
    names_row: bool,
}

impl TableReader {
    /// Whether it has heads: then it is no mere frame for blocks.
    pub(super) const fn is_headed(&self) -> bool {
        self.headed
    }

    /// Whether the open cell names its row.
    pub(super) const fn names_row(&self) -> bool {
        self.names_row
    }

    /// A row begins.
    pub(super) fn open_row(&mut self) {
        self.pass_cells_from_above();
        let written = self.rows.last().map_or(0, Vec::len);
        for rows in self.below.iter_mut().skip(written) {
            *rows = rows.saturating_sub(1);
        }
        self.rows.push(Vec::new());
    }

    /// Where a cell above reaches down the row has nothing of its own.
    fn pass_cells_from_above(&mut self) {
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        while let Some(rows) = self.below.get_mut(row.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            row.push(Flow::default());
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self, is_head: bool, attributes: Attributes<'_>) {
        if self.rows.is_empty() {
            self.open_row();
        }
        self.pass_cells_from_above();
        let first = self.rows.len() == 1;
        let begins = self.rows.last().is_some_and(Vec::is_empty);
        if first {
            self.headed = is_head && (begins || self.headed);
        }
        self.names_row = is_head && !first;
        self.in_cell = true;
        let further = |name| {
            let span = attributes.number(name).unwrap_or(1).saturating_sub(1);
            usize::try_from(span).unwrap_or(0)
        };
        self.spans = further("colspan").min(MAX_COLUMNS);
        self.descends = further("rowspan");
    }

    /// The open cell ends, if there is one: its text is taken. A row that is full leaves it for the next one.
    pub(super) fn close_cell(&mut self, flow: &mut Flow) {
        if !self.in_cell {
            return;
        }
        self.in_cell = false;
        self.names_row = false;
        let cell = flow.take();
        if let Some(row) = self.rows.last_mut().filter(|row| row.len() < MAX_COLUMNS) {
            let from = row.len();
            row.push(cell);
            row.extend((0..self.spans).map(|_| Flow::default()));
            self.below.resize(self.below.len().max(row.len()), 0);
            for rows in self.below.iter_mut().take(row.len()).skip(from) {
                *rows = self.descends;
            }
        } else {
            *flow = cell;
            flow.push_break();
        }
    }

    /// The table, or a block for each cell when it has neither columns nor heads.
    pub(super) fn finish(mut self) -> Vec<BlockContent> {
        self.rows
            .retain(|row| row.iter().any(|cell| !cell.is_blank()));
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns > 1 || self.headed {
            let (headed, rows) = (self.headed, self.rows);
            vec![BlockContent::Table(Table { headed, rows })]
        } else {
            self.dissolve().collect()
        }
    }

    /// A block for each cell.
    pub(super) fn dissolve(self) -> impl Iterator<Item = BlockContent> {
        self.rows.into_iter().flatten().map(BlockContent::Paragraph)
    }
}
