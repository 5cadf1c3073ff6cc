//! The chart as a table: one row per size, columns as the width allows, the cursor's row always in view.

use ratatui::style::{Modifier, Style};

use super::glyphs::ChartGlyphs;
use super::legend;
use super::pen::{Pen, Piece, columns};
use super::{Chart, ChartMarks};
use crate::lambda::MemoryMb;

mod column;

use column::{DISPENSABLE, TableColumn, wanted};

/// A row: a size and its cells.
struct SizeRow {
    size: MemoryMb,
    cells: Vec<String>,
    /// Instead of the cells: why there are none.
    note: Option<String>,
}

/// Draws the table.
pub(super) fn draw(chart: &Chart<'_>, pen: &mut Pen<'_>) {
    let glyphs = ChartGlyphs::of(chart.form);
    let (shown, rows, widths) = fitting(chart, glyphs, pen.width());
    let marked = only_marks(chart);
    let legend = if pen.height() >= 8 {
        legend::rows(&marked, pen.width(), 1)
    } else {
        0
    };
    let needed = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let title = i32::from(pen.height() >= needed.saturating_add(legend + 2));
    if title == 1 {
        let bold = chart.styles.text.add_modifier(Modifier::BOLD);
        let after = pen.text(0, 0, &chart.curve.name, bold);
        if let Some(base) = chart.baseline_point() {
            let text = format!("  changes against {} MB", base.memory_mb);
            pen.text(after, 0, &text, chart.styles.baseline);
        }
    }
    let heads: Vec<String> = shown
        .iter()
        .map(|column| column.head(chart, glyphs))
        .collect();
    let muted = chart.styles.muted;
    cells(pen, title, &heads, &widths, &shown, |_| muted);
    let mut part = pen.part(0, title + 1, pen.width(), pen.height() - title - 1 - legend);
    let used = body(chart, &mut part, &shown, &rows, &widths);
    let below = title + 1 + used;
    legend::draw(&marked, &mut pen.part(0, below, pen.width(), legend));
}

/// The chart as far as the legend of a table goes: the rest says what it is where it stands.
fn only_marks<'a>(chart: &Chart<'a>) -> Chart<'a> {
    Chart {
        marks: ChartMarks {
            baseline: None,
            ..chart.marks
        },
        pending: &[],
        infeasible: &[],
        ..*chart
    }
}

/// The columns between two cells.
const fn gap(width: i32) -> i32 {
    if width < 48 { 1 } else { 2 }
}

/// The columns that fit, their cells and their widths.
fn fitting(
    chart: &Chart<'_>,
    glyphs: &ChartGlyphs,
    width: i32,
) -> (Vec<TableColumn>, Vec<SizeRow>, Vec<i32>) {
    let mut shown = wanted(chart);
    let mut dispensable = DISPENSABLE.iter();
    loop {
        let rows = rows(chart, glyphs, &shown);
        let widths = widths(chart, glyphs, &shown, &rows);
        let total: i32 = widths.iter().sum::<i32>() + gap(width) * (count(&widths) - 1);
        if total <= width {
            return (shown, rows, widths);
        }
        let Some(gone) = dispensable.next() else {
            return (shown, rows, widths);
        };
        shown.retain(|column| column != gone);
    }
}

fn rows(chart: &Chart<'_>, glyphs: &ChartGlyphs, shown: &[TableColumn]) -> Vec<SizeRow> {
    let measured = chart.points().map(|point| SizeRow {
        size: point.memory_mb,
        cells: shown
            .iter()
            .map(|column| glyphs.say(&column.cell(chart, point)).into_owned())
            .collect(),
        note: None,
    });
    let note = |size: MemoryMb, note: String| SizeRow {
        size,
        cells: vec![size.to_string()],
        note: Some(note),
    };
    let mut rows: Vec<SizeRow> = measured
        .chain(
            chart
                .infeasible
                .iter()
                .map(|(size, why)| note(*size, format!("infeasible: {why}"))),
        )
        .chain(
            chart
                .pending
                .iter()
                .map(|size| note(*size, "still to measure".to_owned())),
        )
        .collect();
    rows.sort_by_key(|row| row.size);
    rows
}

fn widths(
    chart: &Chart<'_>,
    glyphs: &ChartGlyphs,
    shown: &[TableColumn],
    rows: &[SizeRow],
) -> Vec<i32> {
    let mut widths: Vec<i32> = shown
        .iter()
        .map(|column| columns(&column.head(chart, glyphs)))
        .collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = (*width).max(columns(cell));
        }
    }
    widths
}

/// Draws as many rows as there is room for; returns how many lines that took.
fn body(
    chart: &Chart<'_>,
    pen: &mut Pen<'_>,
    shown: &[TableColumn],
    rows: &[SizeRow],
    widths: &[i32],
) -> i32 {
    let all = count(rows);
    if all == 0 {
        pen.text(0, 0, "No sizes measured.", chart.styles.text);
        return 1;
    }
    let room = if all > pen.height() {
        (pen.height() - 1).max(1)
    } else {
        all
    };
    let first = first_row(chart, rows, room);
    let visible = rows.iter().skip(usize::try_from(first).unwrap_or(0));
    for (y, row) in (0..room).zip(visible) {
        draw_row(chart, pen, y, shown, row, widths);
    }
    if all > room {
        let text = format!(
            "{} to {} of {all} sizes",
            first + 1,
            (first + room).min(all)
        );
        pen.text(0, room, &text, chart.styles.muted);
        return room + 1;
    }
    room
}

/// The first row to show so that the cursor, or else the pick, is in the middle.
fn first_row(chart: &Chart<'_>, rows: &[SizeRow], room: i32) -> i32 {
    let marks = &chart.marks;
    let focus = marks
        .cursor
        .or(marks.recommended)
        .or(marks.picks.map(|picks| picks.cheapest));
    let at = rows.iter().position(|row| Some(row.size) == focus);
    let at = at.and_then(|at| i32::try_from(at).ok()).unwrap_or(0);
    (at - room / 2).min(count(rows) - room).max(0)
}

fn draw_row(
    chart: &Chart<'_>,
    pen: &mut Pen<'_>,
    y: i32,
    shown: &[TableColumn],
    row: &SizeRow,
    widths: &[i32],
) {
    let styles = &chart.styles;
    let cursor = chart.marks.cursor == Some(row.size);
    let style = |column: TableColumn| -> Style {
        let style = match column {
            _ if row.note.is_some() => styles.muted,
            TableColumn::Duration
            | TableColumn::Interval
            | TableColumn::Speed
            | TableColumn::Time => styles.duration,
            TableColumn::Million | TableColumn::Cost => styles.cost,
            TableColumn::Marks => styles.pick,
            TableColumn::OverlayDuration | TableColumn::OverlayCost => styles.overlay,
            TableColumn::Samples => styles.muted,
            TableColumn::Size if chart.marks.baseline == Some(row.size) => styles.baseline,
            TableColumn::Size => styles.text,
        };
        if cursor {
            style.add_modifier(Modifier::REVERSED)
        } else {
            style
        }
    };
    let after = cells(pen, y, &row.cells, widths, shown, style);
    if let Some(note) = &row.note {
        let piece: Piece = (format!("  {note}"), style(TableColumn::Samples));
        pen.pieces(after, y, &[piece]);
    }
}

/// Writes cells, marks to the left and everything else to the right; returns the column after the last.
fn cells(
    pen: &mut Pen<'_>,
    y: i32,
    texts: &[String],
    widths: &[i32],
    shown: &[TableColumn],
    style: impl Fn(TableColumn) -> Style,
) -> i32 {
    let mut x = 0;
    for ((text, width), column) in texts.iter().zip(widths).zip(shown) {
        let start = if x == 0 { 0 } else { x + gap(pen.width()) };
        let indent = if *column == TableColumn::Marks {
            0
        } else {
            width - columns(text)
        };
        pen.text(start + indent, y, text, style(*column));
        x = start + width;
    }
    x
}

fn count<T>(items: &[T]) -> i32 {
    i32::try_from(items.len()).unwrap_or(i32::MAX)
}
