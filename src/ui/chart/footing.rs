//! What stands under the plot: the memory axis, the letters of the picks, the labels of the sizes.

use ratatui::style::{Modifier, Style};

use super::axis::labels;
use super::marks::{marks, signs_at};
use super::pen::{Pen, columns};
use super::scene::Scene;
use super::{Chart, drawable};
use crate::lambda::MemoryMb;

/// The rows that the footing takes.
pub(super) const ROWS: i32 = 3;

/// Draws the three rows.
pub(super) fn draw(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let top = 1 + scene.rows;
    floor(scene, pen, top);
    signs(scene, pen, top + 1);
    sizes(scene, pen, top + 2);
}

fn floor(scene: &Scene<'_>, pen: &mut Pen<'_>, row: i32) {
    let (chart, glyphs) = (scene.chart, scene.glyphs);
    let muted = chart.styles.muted;
    let (left, right) = (scene.left, scene.left + scene.columns);
    for column in left..right {
        pen.put(column, row, glyphs.floor, muted);
    }
    pen.put(left - 1, row, glyphs.corner_left, muted);
    pen.put(right, row, glyphs.corner_right, muted);
    let mut tick = |size: MemoryMb, glyph, style| {
        pen.put(left + scene.memory.column(size), row, glyph, style);
    };
    for size in chart.pending {
        tick(*size, glyphs.pending, muted);
    }
    for (size, _) in chart.infeasible {
        tick(*size, glyphs.infeasible, chart.styles.text);
    }
    for point in chart
        .overlay
        .into_iter()
        .flat_map(drawable)
        .chain(chart.points())
    {
        tick(point.memory_mb, glyphs.measured, muted);
    }
    if let Some(size) = chart.marks.cursor {
        tick(size, glyphs.cursor_foot, chart.styles.cursor);
    }
}

/// The signs of the marks, under the sizes that carry them; neighbours are moved apart.
fn signs(scene: &Scene<'_>, pen: &mut Pen<'_>, row: i32) {
    let chart = scene.chart;
    let bold = chart.styles.pick.add_modifier(Modifier::BOLD);
    let mut free = 0;
    let mut marked: Vec<MemoryMb> = marks(chart).iter().map(|mark| mark.size).collect();
    marked.sort_unstable();
    marked.dedup();
    for size in marked {
        let letters = signs_at(chart, size);
        let width = columns(&letters);
        let centred = scene.left + scene.memory.column(size) - (width - 1) / 2;
        let last = (pen.width() - width).max(0);
        free = pen.text(centred.min(last).max(free), row, &letters, bold) + 1;
    }
}

fn sizes(scene: &Scene<'_>, pen: &mut Pen<'_>, row: i32) {
    let chart = scene.chart;
    pen.text(scene.left - 4, row, "MB", chart.styles.muted);
    let wanted = by_importance(chart);
    let right = pen.width() - scene.left;
    for label in labels(&scene.memory, &wanted, -1, right) {
        let style = size_style(chart, label.size);
        pen.text(
            scene.left + label.start,
            row,
            &label.size.to_string(),
            style,
        );
    }
}

/// The sizes to label, the most important first.
fn by_importance(chart: &Chart<'_>) -> Vec<MemoryMb> {
    let measured = || chart.points().map(|point| point.memory_mb);
    let overlay = chart.overlay.into_iter().flat_map(drawable);
    let picks = chart
        .marks
        .picks
        .iter()
        .flat_map(|picks| [picks.cheapest, picks.balanced, picks.fastest]);
    let others = || {
        measured()
            .chain(chart.infeasible.iter().map(|(size, _)| *size))
            .chain(chart.pending.iter().copied())
    };
    chart
        .marks
        .cursor
        .into_iter()
        .chain(chart.marks.recommended)
        .chain(picks)
        .chain(
            chart
                .marks
                .baseline
                .filter(|_| chart.baseline_point().is_some()),
        )
        .chain(others().min())
        .chain(others().max())
        .chain(others().filter(|size| size.megabytes().is_power_of_two()))
        .chain(others())
        .chain(overlay.map(|point| point.memory_mb))
        .collect()
}

fn size_style(chart: &Chart<'_>, size: MemoryMb) -> Style {
    if chart.marks.cursor == Some(size) {
        chart.styles.cursor.add_modifier(Modifier::BOLD)
    } else if chart.marks.baseline == Some(size) {
        chart.styles.baseline
    } else if chart.point_at(size).is_some() {
        chart.styles.text
    } else {
        chart.styles.muted
    }
}
