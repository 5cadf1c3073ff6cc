//! Tables: aligned columns, wrapped within themselves where the page is narrow, or a record a row where it is too narrow.

use std::borrow::Cow;
use std::ops::Range;

use super::glyphs::PageGlyphs;
use super::margin::Margin;
use super::page_builder::PageBuilder;
use super::spans::{columns, frame, spans};
use super::table_grid::TableGrid;
use super::{records, wrap};
use crate::articles::body::{Flow, Table};
use crate::articles::{TextRole, TextSpan};

/// Draws a table in the way there is room for.
pub(super) fn draw(table: &Table, mut margin: Margin, page: &mut PageBuilder) {
    let first = page.next_line();
    let grid = TableGrid::new(table, page);
    match grid.widths(page.room(&margin)) {
        Some(widths) => aligned(&grid, &widths, &mut margin, page),
        None => records::draw(&grid, margin, page),
    }
    page.note_table(first);
}

fn aligned(grid: &TableGrid<'_>, widths: &[usize], margin: &mut Margin, page: &mut PageBuilder) {
    let numeric: Vec<bool> = (0..widths.len()).map(|at| grid.is_numeric(at)).collect();
    let cells = grid.rows().iter();
    let rows: Vec<Vec<Vec<Range<usize>>>> = cells.map(|row| wrapped(row, widths)).collect();
    let spread = rows.iter().any(|row| height(row) > 1);
    for (at, (row, cells)) in rows.iter().zip(grid.rows()).enumerate() {
        let is_head = at == 0 && grid.heads().is_some();
        for line in 0..height(row) {
            let columns = widths.iter().zip(&numeric).zip(row.iter().zip(cells));
            let mut spans = Vec::new();
            for ((&width, &right), (lines, cell)) in columns {
                if !spans.is_empty() {
                    spans.push(frame(page.glyphs().column));
                }
                spans.extend(padded(cell, lines.get(line), width, right, is_head));
            }
            page.line(margin, trimmed(spans));
        }
        let is_last = at + 1 == rows.len();
        if is_head || (spread && !is_last) {
            let rule = rule_between(widths, page.glyphs());
            page.line(margin, vec![frame(rule)]);
        }
    }
}

/// The rule between two rows.
fn rule_between(widths: &[usize], glyphs: &PageGlyphs) -> String {
    let parts: Vec<String> = widths.iter().map(|&width| glyphs.rule(width)).collect();
    let cross = format!("{0}{1}{0}", glyphs.rule, glyphs.cross);
    parts.join(&cross)
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
    let filler = frame(" ".repeat(width.saturating_sub(columns(&line))));
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
