//! Tables: cells are read as running text; a table that only places blocks is dissolved into them.

use super::attributes::Attributes;
use super::builder::Builder;
use crate::articles::TextRole;
use crate::articles::body::{BlockContent, Flow, Table};

/// Columns that a cell may be said to span, and a row may have.
const MAX_COLUMNS: usize = 64;

/// A table being read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TableReader {
    rows: Vec<Vec<Flow>>,
    /// Whether a cell is open.
    in_cell: bool,
    /// Further columns that the open cell takes.
    spans: usize,
    /// Whether the first row has only been heads so far.
    headed: bool,
    /// Whether the open cell names its row.
    pub(super) names_row: bool,
}

impl TableReader {
    /// Whether it has heads: then it is no mere frame for blocks.
    pub(super) const fn is_headed(&self) -> bool {
        self.headed
    }
}

impl Builder {
    /// A table begins. One within another one shows that the outer one only places things.
    pub(super) fn open_table(&mut self, attributes: Attributes<'_>) {
        self.dissolve();
        self.close_block();
        let places = matches!(attributes.value("role"), Some("presentation" | "none"));
        if places {
            self.dissolved = self.dissolved.saturating_add(1);
        } else {
            self.table = Some(TableReader::default());
        }
    }

    /// A row begins.
    pub(super) fn open_row(&mut self) {
        self.close_cell();
        match &mut self.table {
            Some(table) => table.rows.push(Vec::new()),
            None => self.close_block(),
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self, is_head: bool, attributes: Attributes<'_>) {
        self.close_cell();
        let Some(table) = &mut self.table else {
            self.close_block();
            return;
        };
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        let first = table.rows.len() == 1;
        let begins = table.rows.last().is_some_and(Vec::is_empty);
        if first {
            table.headed = is_head && (begins || table.headed);
        }
        table.names_row = is_head && !first;
        table.in_cell = true;
        let span = attributes.number("colspan").unwrap_or(1);
        table.spans = usize::try_from(span - 1).unwrap_or(0).min(MAX_COLUMNS);
    }

    /// A cell or a row ends.
    pub(super) fn close_cell(&mut self) {
        let Some(table) = self.table.as_mut().filter(|table| table.in_cell) else {
            return;
        };
        table.in_cell = false;
        table.names_row = false;
        let cell = self.flow.take();
        if let Some(row) = table.rows.last_mut().filter(|row| row.len() < MAX_COLUMNS) {
            row.push(cell);
            row.extend((0..table.spans).map(|_| Flow::default()));
        } else {
            self.flow = cell;
            self.flow.push_break();
        }
    }

    /// The caption ends: it stands before the table.
    pub(super) fn close_caption(&mut self) {
        let caption = self.flow.take();
        if !caption.is_blank() {
            self.emit(BlockContent::Paragraph(caption));
        }
    }

    /// A table ends.
    pub(super) fn end_table(&mut self) {
        if self.dissolved > 0 && self.table.is_none() {
            self.dissolved -= 1;
            self.close_block();
            return;
        }
        self.close_cell();
        let Some(mut table) = self.table.take() else {
            return;
        };
        table
            .rows
            .retain(|row| row.iter().any(|cell| !cell.is_blank()));
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns > 1 || table.headed {
            let (headed, rows) = (table.headed, table.rows);
            self.emit(BlockContent::Table(Table { headed, rows }));
        } else {
            self.emit_cells(table);
        }
        self.close_block();
    }

    /// Makes blocks of the open table, if there is one.
    pub(super) fn dissolve(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        self.dissolved = self.dissolved.saturating_add(1);
        let open = std::mem::take(&mut self.flow);
        self.emit_cells(table);
        self.flow = open;
        self.close_block();
    }

    fn emit_cells(&mut self, table: TableReader) {
        for cell in table.rows.into_iter().flatten() {
            if !cell.is_blank() {
                self.emit(BlockContent::Paragraph(cell));
            }
        }
    }

    /// Begins an item of a list within a cell, if a cell is what is open.
    pub(super) fn item_in_cell(&mut self) -> bool {
        let in_cell = self.table.is_some();
        if in_cell {
            self.flow.push_break();
            self.flow.push("• ", TextRole::Frame, None);
        }
        in_cell
    }
}
