//! The exact values of the size under the cursor, and what changed against the baseline.

use ratatui::style::Modifier;

use super::Chart;
use super::glyphs::ChartGlyphs;
use super::marks::{SizeMark, marks};
use super::pen::{Pen, Piece};
use crate::lambda::MemoryMb;

mod frame;
mod values;

/// The rows the values take, none without a cursor.
pub(super) fn rows(chart: &Chart<'_>, framed: bool) -> i32 {
    match chart.marks.cursor {
        None => 0,
        Some(_) => 3 + i32::from(chart.overlay.is_some()) + i32::from(framed),
    }
}

/// Draws the values, with a frame around them if asked.
pub(super) fn draw(chart: &Chart<'_>, pen: &mut Pen<'_>, framed: bool) {
    let Some(size) = chart.marks.cursor else {
        return;
    };
    let glyphs = ChartGlyphs::of(chart.form);
    let head = heading(chart, size);
    let lines = body(
        chart,
        glyphs,
        size,
        pen.width() - if framed { 4 } else { 0 },
    );
    if framed {
        frame::draw(chart, glyphs, pen, &head, &lines);
    } else {
        pen.pieces(0, 0, &head);
        for (row, line) in (1..).zip(&lines) {
            pen.pieces(0, row, line);
        }
    }
}

/// Size, what it was picked as, samples, baseline.
fn heading(chart: &Chart<'_>, size: MemoryMb) -> Vec<Piece> {
    let styles = &chart.styles;
    let bold = styles.cursor.add_modifier(Modifier::BOLD);
    let mut pieces = vec![(format!("{size} MB"), bold)];
    let marks: Vec<SizeMark> = marks(chart)
        .into_iter()
        .filter(|it| it.size == size)
        .collect();
    let words: Vec<&str> = marks.iter().filter_map(|mark| mark.word).collect();
    if !words.is_empty() {
        pieces.push((format!("  {}", words.join(", ")), styles.pick));
    }
    for mark in marks.iter().filter(|mark| mark.word.is_none()) {
        pieces.push((format!(" {}", mark.sign), styles.pick));
    }
    if let Some(point) = chart.point_at(size).filter(|point| point.samples > 0) {
        let noun = if point.samples == 1 {
            "sample"
        } else {
            "samples"
        };
        pieces.push((format!("  {} {noun}", point.samples), styles.muted));
    }
    match chart.baseline_point() {
        Some(baseline) if baseline.memory_mb == size => {
            pieces.push(("  baseline".to_owned(), styles.baseline));
        }
        Some(baseline) if chart.point_at(size).is_some() => {
            pieces.push((format!("  vs {} MB", baseline.memory_mb), styles.baseline));
        }
        _ => {}
    }
    pieces
}

fn body(chart: &Chart<'_>, glyphs: &ChartGlyphs, size: MemoryMb, width: i32) -> Vec<Vec<Piece>> {
    let styles = &chart.styles;
    let mut lines = match chart.point_at(size) {
        Some(point) => values::lines(chart, glyphs, point, width),
        None => vec![vec![(without_point(chart, size), styles.text)]],
    };
    if let Some(line) = values::behind(chart, glyphs, size, width) {
        lines.push(line);
    }
    lines
}

fn without_point(chart: &Chart<'_>, size: MemoryMb) -> String {
    match chart.why_infeasible(size) {
        Some(reason) => format!("infeasible: {reason}"),
        None if chart.pending.contains(&size) => "still to measure".to_owned(),
        None => "not measured".to_owned(),
    }
}
