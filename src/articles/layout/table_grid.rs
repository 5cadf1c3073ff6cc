//! A table as a grid of cells: how wide its columns are, and which of them hold figures.

use std::borrow::Cow;

use super::page_builder::PageBuilder;
use super::wrap;
use crate::articles::body::{Flow, Table};
use crate::text;

/// Words up to this width are not broken to make a table fit.
const WORD: usize = 14;
/// Columns narrower than this are no pleasure to read.
const NARROW: usize = 6;

/// A table ready to be measured. All rows are as long as the longest.
pub(super) struct TableGrid<'a> {
    headed: bool,
    rows: Vec<Vec<Cow<'a, Flow>>>,
}

impl<'a> TableGrid<'a> {
    /// The cells as the page draws them.
    pub(super) fn new(table: &'a Table, page: &PageBuilder) -> Self {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().map(|cell| page.prepared(cell));
            let missing = std::iter::repeat_with(|| Cow::Owned(Flow::default()));
            cells.chain(missing).take(columns).collect()
        });
        Self {
            headed: table.headed,
            rows: rows.collect(),
        }
    }

    /// All rows, top to bottom.
    pub(super) fn rows(&self) -> &[Vec<Cow<'a, Flow>>] {
        &self.rows
    }

    /// The row that names the columns.
    pub(super) fn heads(&self) -> Option<&[Cow<'a, Flow>]> {
        let first = self.rows.first().filter(|_| self.headed);
        first.map(Vec::as_slice)
    }

    /// The rows below that one.
    pub(super) fn body(&self) -> &[Vec<Cow<'a, Flow>>] {
        self.rows.get(usize::from(self.headed)..).unwrap_or(&[])
    }

    /// The widths of the columns, with room for what stands between them; none when the page is too narrow.
    pub(super) fn widths(&self, room: usize) -> Option<Vec<usize>> {
        let columns = self.rows.first()?.len();
        let between = 3 * columns.checked_sub(1)?;
        let room = room.checked_sub(between)?;
        let measure = |of: fn(&str) -> usize| (0..columns).map(move |at| self.widest(at, of));
        let natural: Vec<usize> = measure(longest_line).collect();
        if natural.iter().sum::<usize>() <= room {
            return Some(natural);
        }
        let least: Vec<usize> = measure(wrap::widest_word)
            .map(|word| word.clamp(2, WORD))
            .collect();
        let fits = |level: usize| -> Vec<usize> {
            let sizes = natural.iter().zip(&least);
            sizes
                .map(|(&natural, &least)| level.max(least).min(natural.max(least)))
                .collect()
        };
        let sum = |widths: &[usize]| widths.iter().sum::<usize>();
        if sum(&fits(NARROW)) > room {
            return None;
        }
        (NARROW..=room)
            .map(fits)
            .take_while(|widths| sum(widths) <= room)
            .last()
    }

    /// The largest measure of a column's cells.
    fn widest(&self, column: usize, measure: fn(&str) -> usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure(&cell.text)).max().unwrap_or(0)
    }

    /// Whether a column holds figures: then it is aligned on the right.
    pub(super) fn is_numeric(&self, column: usize) -> bool {
        let cells = self.body().iter().filter_map(|row| row.get(column));
        let mut filled = cells.filter(|cell| !cell.text.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| is_figure(&cell.text))
    }
}

fn longest_line(text: &str) -> usize {
    text.split('\n').map(text::width).max().unwrap_or(0)
}

fn is_figure(text: &str) -> bool {
    let figure = text.trim_start_matches(['$', '€', '~', '<', '>', '+', '-', '−', '≤', '≥', ' ']);
    figure.starts_with(|c: char| c.is_ascii_digit())
        && figure.len() <= 12
        && figure.split(' ').count() <= 2
}
