//! The chart where there is room for a line or two, or nothing to draw yet.

use super::Chart;
use super::format::{duration_text, per_million_text};
use super::glyphs::ChartGlyphs;
use super::pen::{Pen, columns};
use crate::power::Point;

/// Draws one line: the size that matters most, with its duration and cost.
pub(super) fn draw(chart: &Chart<'_>, pen: &mut Pen<'_>) {
    let glyphs = ChartGlyphs::of(chart.form);
    let text = match foremost(chart) {
        Some(point) => format!(
            "{} MB {} {}",
            point.memory_mb,
            duration_text(point.duration_ms),
            per_million_text(point.cost_usd, chart.currency())
        ),
        None => nothing_yet(chart),
    };
    pen.text(0, 0, &glyphs.say(&text), chart.styles.text);
}

/// Says in the middle of the area that there are no points, and what is going on.
pub(super) fn draw_empty(chart: &Chart<'_>, pen: &mut Pen<'_>) {
    let middle = pen.height() / 2;
    let mut say = |row: i32, text: &str, style| {
        let x = ((pen.width() - columns(text)) / 2).max(0);
        pen.text(x, row, text, style);
    };
    say(middle - 1, &nothing_yet(chart), chart.styles.text);
    let reasons = chart.infeasible.iter().take(3);
    for (row, (size, reason)) in (middle + 1..).zip(reasons) {
        say(row, &format!("{size} MB: {reason}"), chart.styles.muted);
    }
}

/// The point under the cursor, else the recommended, the cheapest, the first.
fn foremost<'a>(chart: &Chart<'a>) -> Option<&'a Point> {
    let cheapest = chart.marks.picks.map(|picks| picks.cheapest);
    [chart.marks.cursor, chart.marks.recommended, cheapest]
        .into_iter()
        .flatten()
        .find_map(|size| chart.point_at(size))
        .or_else(|| chart.points().next())
}

fn nothing_yet(chart: &Chart<'_>) -> String {
    match (chart.pending.len(), chart.infeasible.len()) {
        (0, 0) => "No sizes measured.".to_owned(),
        (0, 1) => "The only size is infeasible.".to_owned(),
        (0, many) => format!("All {many} sizes are infeasible."),
        (1, _) => "No size measured yet; 1 to go.".to_owned(),
        (many, _) => format!("No size measured yet; {many} to go."),
    }
}
