//! Tables: aligned columns, wrapped within themselves where the page is narrow, or a record a row where it is too narrow.

use std::borrow::Cow;
use std::ops::Range;

use super::margin::Margin;
use super::{PageBuilder, frame, prepared, spans, wrap};
use crate::articles::body::{Flow, Table};
use crate::articles::{TextRole, TextSpan};
use crate::text;

/// Words up to this width are not broken to make a table fit.
const WORD: usize = 14;
/// Columns narrower than this are no pleasure to read.
const NARROW: usize = 6;

/// A table ready to be measured.
pub(super) struct TableGrid<'a> {
    pub(super) headed: bool,
    pub(super) rows: Vec<Vec<Cow<'a, Flow>>>,
}

impl PageBuilder<'_> {
    pub(super) fn table(&mut self, table: &Table, mut margin: Margin) {
        let first = self.layout.lines.len();
        let grid = self.grid(table);
        match widths(&grid, self.room(&margin)) {
            Some(widths) => self.aligned(&grid, &widths, &mut margin),
            None => self.records(&grid, &margin),
        }
        self.layout.tables.push(first..self.layout.lines.len());
    }

    /// All rows are made as long as the longest.
    fn grid<'a>(&self, table: &'a Table) -> TableGrid<'a> {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().map(|cell| prepared(cell, self.options));
            let missing = std::iter::repeat_with(|| Cow::Owned(Flow::default()));
            cells.chain(missing).take(columns).collect()
        });
        TableGrid {
            headed: table.headed,
            rows: rows.collect(),
        }
    }

    fn aligned(&mut self, grid: &TableGrid<'_>, widths: &[usize], margin: &mut Margin) {
        let numeric: Vec<bool> = (0..widths.len())
            .map(|column| is_numeric(grid, column))
            .collect();
        let rows: Vec<Vec<Vec<Range<usize>>>> =
            grid.rows.iter().map(|row| wrapped(row, widths)).collect();
        let spread = rows.iter().any(|row| height(row) > 1);
        for (at, (row, cells)) in rows.iter().zip(&grid.rows).enumerate() {
            let is_head = grid.headed && at == 0;
            for line in 0..height(row) {
                let columns = widths.iter().zip(&numeric).zip(row.iter().zip(cells));
                let mut spans = Vec::new();
                for ((&width, &right), (lines, cell)) in columns {
                    if !spans.is_empty() {
                        spans.push(frame(self.glyphs.column));
                    }
                    spans.extend(padded(cell, lines.get(line), width, right, is_head));
                }
                self.line(margin, trimmed(spans));
            }
            let is_last = at + 1 == rows.len();
            if is_head || (spread && !is_last) {
                let rule = self.between(widths);
                self.line(margin, vec![frame(rule)]);
            }
        }
    }

    /// The rule between two rows.
    fn between(&self, widths: &[usize]) -> String {
        let rule = |columns: usize| self.glyphs.rule.to_string().repeat(columns);
        let parts: Vec<String> = widths.iter().map(|&width| rule(width)).collect();
        let cross = format!("{0}{1}{0}", self.glyphs.rule, self.glyphs.cross);
        parts.join(&cross)
    }
}

/// The widths of the columns; none when the page is too narrow for them.
fn widths(grid: &TableGrid<'_>, room: usize) -> Option<Vec<usize>> {
    let columns = grid.rows.first()?.len();
    let between = 3 * columns.checked_sub(1)?;
    let room = room.checked_sub(between)?;
    let measure = |column: usize, of: fn(&str) -> usize| {
        let cells = grid.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| of(&cell.text)).max().unwrap_or(0)
    };
    let natural: Vec<usize> = (0..columns)
        .map(|column| measure(column, longest_line))
        .collect();
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let least: Vec<usize> = (0..columns)
        .map(|column| measure(column, wrap::widest_word).clamp(2, WORD))
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

fn longest_line(text: &str) -> usize {
    text.split('\n').map(text::width).max().unwrap_or(0)
}

/// The lines of every cell of a row.
fn wrapped(row: &[Cow<'_, Flow>], widths: &[usize]) -> Vec<Vec<Range<usize>>> {
    let cells = row.iter().zip(widths);
    cells
        .map(|(cell, &width)| wrap::wrap(&cell.text, width.max(2)))
        .collect()
}

fn height(row: &[Vec<Range<usize>>]) -> usize {
    row.iter().map(Vec::len).max().unwrap_or(0)
}

/// One line of a cell, filled up to the width of its column.
fn padded(
    cell: &Flow,
    line: Option<&Range<usize>>,
    width: usize,
    right: bool,
    is_head: bool,
) -> Vec<TextSpan> {
    let look = |role| match role {
        TextRole::Body if is_head => TextRole::Strong,
        role => role,
    };
    let mut line = line.map_or_else(Vec::new, |line| spans(cell, line.clone(), look));
    let used: usize = line.iter().map(|span| text::width(&span.text)).sum();
    let filler = frame(" ".repeat(width.saturating_sub(used)));
    if !filler.text.is_empty() {
        line.insert(if right { 0 } else { line.len() }, filler);
    }
    line
}

/// A line without blank frames at its end.
fn trimmed(mut line: Vec<TextSpan>) -> Vec<TextSpan> {
    while line
        .last()
        .is_some_and(|span| span.role == TextRole::Frame && span.text.trim().is_empty())
    {
        line.pop();
    }
    if let Some(last) = line.last_mut().filter(|span| span.role == TextRole::Frame) {
        last.text.truncate(last.text.trim_end().len());
    }
    line
}

/// Whether a column holds figures: then it is aligned on the right.
fn is_numeric(grid: &TableGrid<'_>, column: usize) -> bool {
    let body = grid.rows.iter().skip(usize::from(grid.headed));
    let mut cells = body
        .filter_map(|row| row.get(column))
        .filter(|cell| !cell.text.is_empty())
        .peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            let figure = cell
                .text
                .trim_start_matches(['$', '€', '~', '<', '>', '+', '-', '−', '≤', '≥', ' ']);
            figure.starts_with(|c: char| c.is_ascii_digit())
                && figure.len() <= 12
                && figure.split(' ').count() <= 2
        })
}
