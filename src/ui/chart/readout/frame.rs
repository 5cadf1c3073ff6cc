//! A frame around the exact values.

use ratatui::style::Style;

use super::super::Chart;
use super::super::glyphs::ChartGlyphs;
use super::super::pen::{Pen, Piece, columns_of};

/// Draws a frame as wide as its content, with the heading in its upper edge.
pub(super) fn draw(
    chart: &Chart<'_>,
    glyphs: &ChartGlyphs,
    pen: &mut Pen<'_>,
    head: &[Piece],
    lines: &[Vec<Piece>],
) {
    let inner = lines
        .iter()
        .map(|line| columns_of(line))
        .chain([columns_of(head) + 2])
        .max()
        .unwrap_or(0)
        .min(pen.width() - 4);
    let muted = chart.styles.muted;
    let bottom = pen.height() - 1;
    edges(glyphs, &mut pen.part(0, 0, inner + 4, bottom + 1), muted);
    let mut inside = pen.part(2, 0, inner, bottom);
    let after = inside.text(0, 0, " ", muted);
    let after = inside.pieces(after, 0, head);
    inside.text(after, 0, " ", muted);
    for (row, line) in (1..).zip(lines) {
        inside.pieces(0, row, line);
    }
}

fn edges(glyphs: &ChartGlyphs, pen: &mut Pen<'_>, style: Style) {
    let [
        upper_left,
        upper_right,
        lower_left,
        lower_right,
        across,
        down,
    ] = glyphs.frame;
    let (right, bottom) = (pen.width() - 1, pen.height() - 1);
    for x in 1..right {
        pen.put(x, 0, across, style);
        pen.put(x, bottom, across, style);
    }
    for y in 1..bottom {
        pen.put(0, y, down, style);
        pen.put(right, y, down, style);
    }
    pen.put(0, 0, upper_left, style);
    pen.put(right, 0, upper_right, style);
    pen.put(0, bottom, lower_left, style);
    pen.put(right, bottom, lower_right, style);
}
