//! An answer that is looked at: which of its rows and columns are shown, in which order, and where the cursor is.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::effect::{QueryOutcome, QueryReading};
use crate::logs::query::{
    AnswerBars, AnswerExport, AnswerTable, MOST_ANSWER_ROWS, QueryProgress, TimeBars, ValueKind,
};
use crate::panes::filter::FilterWords;
use crate::text::json_line;

/// Columns of the screen that a column takes at most, unless it is the last one.
const WIDEST: usize = 40;
/// Columns of the screen between two columns.
const GAP: usize = 2;
/// Columns of the screen before the first column.
const EDGE: usize = 1;
/// Columns of the screen that the words beside the strip take.
const STRIP_WORDS: usize = 54;
/// Columns a sideways step goes within a value.
const STEP: usize = 40;

/// What a query was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerBasis {
    /// The groups, in order of name.
    pub groups: Vec<String>,
    /// The stretch of time, as it was typed.
    pub range: String,
}

/// An answer and its reader.
#[derive(Debug)]
pub struct AnswerPage {
    /// What was asked about.
    pub basis: AnswerBasis,
    /// What was read for the answer.
    pub reading: QueryReading,
    /// Whether the answer is whole.
    pub progress: QueryProgress,
    table: Arc<AnswerTable>,
    /// The rows that pass the filter, in order.
    order: Vec<usize>,
    filter: String,
    /// The column by which the rows are sorted, and whether the largest comes first.
    sort: Option<(usize, bool)>,
    cursor: usize,
    /// The column of the cursor.
    column: usize,
    /// Columns of the answer left of the screen.
    first: usize,
    /// Columns of the screen that the last column is moved by.
    offset: usize,
    figures: DrawnFigures,
}

/// The figures that are drawn, as they were worked out for a column of the cursor and a width of the screen.
#[derive(Debug, Default)]
struct DrawnFigures {
    of: Option<(usize, usize)>,
    bars: Option<AnswerBars>,
    strip: Option<TimeBars>,
}

/// A column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownColumn {
    /// Its place in the answer.
    pub column: usize,
    /// Columns of the screen before it.
    pub x: usize,
    /// Columns of the screen it takes.
    pub width: usize,
}

impl AnswerPage {
    /// Looks at what a query came to.
    pub(super) fn new(outcome: QueryOutcome, basis: AnswerBasis) -> Self {
        Self {
            basis,
            reading: outcome.reading,
            progress: outcome.progress,
            order: (0..outcome.table.count()).collect(),
            table: outcome.table,
            filter: String::new(),
            sort: None,
            cursor: 0,
            column: 0,
            first: 0,
            offset: 0,
            figures: DrawnFigures::default(),
        }
    }

    /// The rows and columns.
    #[must_use]
    pub fn table(&self) -> &AnswerTable {
        &self.table
    }

    /// The rows that are shown, in order, by their places in the table.
    #[must_use]
    pub fn rows(&self) -> &[usize] {
        &self.order
    }

    /// The words that rows must have.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The column by which the rows are sorted, and whether the largest comes first.
    #[must_use]
    pub const fn sort(&self) -> Option<(usize, bool)> {
        self.sort
    }

    /// Where the cursor is: the place of its row among those that are shown, and its column.
    #[must_use]
    pub const fn cursor(&self) -> (usize, usize) {
        (self.cursor, self.column)
    }

    /// Columns of the screen that the last column is moved by.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Whether there may be rows that the answer does not hold.
    #[must_use]
    pub fn may_be_cut(&self) -> bool {
        self.table.count() >= MOST_ANSWER_ROWS
    }

    /// The row under the cursor, by its place in the table.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.order.get(self.cursor).copied()
    }

    /// Whether the row under the cursor stands for an event that can be opened.
    pub(in crate::panes::logs) fn opens_event(&self) -> bool {
        let is_one = |row| {
            let points = self.table.pointer(row).is_some();
            points || self.table.place(row, &self.basis.groups).is_some()
        };
        self.row().is_some_and(is_one)
    }

    /// The value under the cursor, as it came.
    #[must_use]
    pub fn cell(&self) -> Option<&str> {
        self.table.cell(self.row()?, self.column)
    }

    /// The row under the cursor as a JSON object.
    pub(in crate::panes::logs) fn row_json(&self) -> Option<String> {
        let fields = self.table.fields(self.row()?);
        json_line(&fields.collect::<BTreeMap<_, _>>()).ok()
    }

    /// A bar for each row, where there is a figure to draw.
    #[must_use]
    pub const fn bars(&self) -> Option<AnswerBars> {
        self.figures.bars
    }

    /// The figures over time, where the rows are stretches of time.
    #[must_use]
    pub const fn time_bars(&self) -> Option<&TimeBars> {
        self.figures.strip.as_ref()
    }

    /// What is written to a new file: the rows that are shown, in their order.
    pub(super) fn export(&self, path: &str, redacts: bool) -> AnswerExport {
        AnswerExport {
            redacts,
            table: Arc::clone(&self.table),
            rows: self.order.clone(),
            figures: self.reading.figures,
            path: path.to_owned(),
        }
    }

    /// Moves the cursor over the rows; it stops at the ends.
    pub(in crate::panes::logs) fn step(&mut self, rows: isize) {
        let last = self.order.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Moves the cursor to the next column or the one before; in the last column its values move.
    pub(in crate::panes::logs) fn scroll(&mut self, right: bool) {
        let last = self.table.columns().len().saturating_sub(1);
        match (right, self.column == last) {
            (true, true) => self.offset = self.offset.saturating_add(STEP),
            (true, false) => self.column += 1,
            (false, _) if self.offset > 0 => self.offset = self.offset.saturating_sub(STEP),
            (false, _) => self.column = self.column.saturating_sub(1),
        }
    }

    /// Sorts by the column of the cursor: numbers and times with the largest first, then round, then as it came.
    pub(in crate::panes::logs) fn sort_by_column(&mut self) {
        let kind = self.table.columns().get(self.column).map(|it| it.kind);
        let Some(kind) = kind else { return };
        let largest_first = kind != ValueKind::Text;
        self.sort = match self.sort {
            Some((column, way)) if column == self.column && way == largest_first => {
                Some((column, !way))
            }
            Some((column, _)) if column == self.column => None,
            _ => Some((self.column, largest_first)),
        };
        self.arrange();
    }

    /// Shows only rows with these words.
    pub(in crate::panes::logs) fn narrow(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.arrange();
        self.cursor = 0;
    }

    /// Works out which rows are shown, in which order; the cursor stays with its row. There are at most as many rows as
    /// a query gives.
    fn arrange(&mut self) {
        let here = self.row();
        let words = FilterWords::of(&self.filter);
        let mut text = String::new();
        let passes = |row: &usize| {
            text.clear();
            for (_, value) in self.table.fields(*row) {
                text.push_str(value);
                text.push(' ');
            }
            words.are_in(&mut text)
        };
        self.order = (0..self.table.count()).filter(passes).collect();
        if let Some((column, largest_first)) = self.sort {
            self.table.sort(&mut self.order, column, largest_first);
        }
        let again = self.order.iter().position(|row| Some(*row) == here);
        self.cursor = again.unwrap_or(0);
    }

    /// The columns on a screen of this width, from the first that is shown on; the last column has what is left.
    #[must_use]
    pub fn columns(&self, width: usize) -> Vec<ShownColumn> {
        self.columns_from(self.first, width)
    }

    fn columns_from(&self, first: usize, width: usize) -> Vec<ShownColumn> {
        let columns = self.table.columns();
        let mut shown = Vec::new();
        let mut x = EDGE;
        for (column, it) in columns.iter().enumerate().skip(first) {
            let left = width.saturating_sub(x);
            if left == 0 {
                break;
            }
            let is_last = column + 1 == columns.len();
            let most = if is_last { left } else { WIDEST.min(left) };
            let width = it.width.clamp(1, most.max(1));
            shown.push(ShownColumn { column, x, width });
            x += width + GAP;
        }
        shown
    }

    /// Brings the column of the cursor onto a screen of this width, whole if there is room; works out the figures when
    /// another column or another width is drawn.
    pub(in crate::panes::logs) fn settle(&mut self, width: usize) {
        self.first = 0;
        while self.first < self.column && !self.shows_column(width) {
            self.first += 1;
        }
        if self.figures.of != Some((self.column, width)) {
            self.figures = DrawnFigures {
                of: Some((self.column, width)),
                bars: AnswerBars::of(&self.table, self.column),
                strip: TimeBars::of(&self.table, self.column, strip_columns(width)),
            };
        }
    }

    fn shows_column(&self, width: usize) -> bool {
        let shown = self.columns(width);
        let here = shown.iter().find(|it| it.column == self.column);
        let wanted = self.table.columns().get(self.column);
        let wanted = wanted.map_or(0, |it| it.width.min(WIDEST));
        here.is_some_and(|it| it.width.cmp(&wanted) != Ordering::Less)
    }
}

/// Columns of the strip on a screen of this width: what its words leave, a third at least.
fn strip_columns(width: usize) -> usize {
    width.saturating_sub(STRIP_WORDS).max(width / 3)
}

#[cfg(test)]
mod tests;
