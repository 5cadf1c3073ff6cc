//! The exact values of the size under the cursor, and what changed against the baseline.

use ratatui::style::{Modifier, Style};

use super::format::{
    cost_change, duration_change, duration_exact, duration_with_interval, per_million_text,
    usd_text,
};
use super::glyphs::Glyphs;
use super::pen::{Pen, Piece, columns, columns_of};
use super::{Chart, drawable};
use crate::lambda::MemoryMb;
use crate::power::Point;

/// The rows the values take, none without a cursor.
pub(super) fn rows(chart: &Chart<'_>, framed: bool) -> i32 {
    match chart.cursor {
        None => 0,
        Some(_) => 3 + i32::from(chart.overlay.is_some()) + i32::from(framed),
    }
}

/// Draws the values, with a frame around them if asked.
pub(super) fn draw(chart: &Chart<'_>, pen: &mut Pen<'_>, framed: bool) {
    let Some(size) = chart.cursor else {
        return;
    };
    let glyphs = Glyphs::of(chart.form);
    let head = heading(chart, glyphs, size);
    let lines = body(
        chart,
        glyphs,
        size,
        pen.width() - if framed { 4 } else { 0 },
    );
    if framed {
        frame(chart, glyphs, pen, &head, &lines);
    } else {
        pen.pieces(0, 0, &head);
        for (row, line) in (1..).zip(&lines) {
            pen.pieces(0, row, line);
        }
    }
}

/// Size, what it was picked as, samples, baseline.
fn heading(chart: &Chart<'_>, glyphs: &Glyphs, size: MemoryMb) -> Vec<Piece> {
    let styles = &chart.styles;
    let bold = styles.cursor.add_modifier(Modifier::BOLD);
    let mut pieces = vec![(format!("{size} MB"), bold)];
    let words = picked_as(chart, size).join(", ");
    if !words.is_empty() {
        pieces.push((format!("  {words}"), styles.pick));
    }
    if chart.recommended == Some(size) {
        pieces.push((format!(" {}", glyphs.recommended), styles.pick));
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

fn picked_as(chart: &Chart<'_>, size: MemoryMb) -> Vec<&'static str> {
    let Some(picks) = &chart.picks else {
        return Vec::new();
    };
    [
        (picks.cheapest, "cheapest"),
        (picks.fastest, "fastest"),
        (picks.balanced, "balanced"),
    ]
    .into_iter()
    .filter(|(pick, _)| *pick == size)
    .map(|(_, word)| word)
    .collect()
}

fn body(chart: &Chart<'_>, glyphs: &Glyphs, size: MemoryMb, width: i32) -> Vec<Vec<Piece>> {
    let styles = &chart.styles;
    let mut lines = match chart.point_at(size) {
        Some(point) => values(chart, glyphs, point, width),
        None => vec![vec![(without_point(chart, size), styles.text)]],
    };
    if let Some(line) = behind(chart, glyphs, size, width) {
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

/// Two lines in columns: name, value, change. The name goes first when it is narrow.
fn values(chart: &Chart<'_>, glyphs: &Glyphs, point: &Point, width: i32) -> Vec<Vec<Piece>> {
    let duration = duration_with_interval(point.duration_ms, point.duration_interval);
    let million = per_million_text(point.cost_usd, chart.currency);
    let each = usd_text(point.cost_usd, chart.currency);
    let duration = glyphs.say(&duration).into_owned();
    let long = glyphs
        .say(&format!("{million} · {each} per invocation"))
        .into_owned();
    let short = glyphs.say(&format!("{million} · {each}")).into_owned();
    let changes = changes(chart, glyphs, point);
    let styles = &chart.styles;
    let named = |costs: &str, names: bool| {
        let wide = columns(costs).max(columns(&duration));
        let line = |sign: &str, name: &str, value: &str, change: &str, style: Style| {
            let name = if names {
                format!("{name:<10}")
            } else {
                String::new()
            };
            let room = usize::try_from(wide - columns(value)).unwrap_or(0);
            vec![
                (format!("{sign} {name}"), style),
                (format!("{value}{:room$}", ""), styles.text),
                (format!("   {change}"), styles.text),
            ]
        };
        vec![
            line(
                glyphs.duration,
                "duration",
                &duration,
                &changes.0,
                styles.duration,
            ),
            line(glyphs.cost, "cost", costs, &changes.1, styles.cost),
        ]
    };
    let fits = |lines: &Vec<Vec<Piece>>| lines.iter().all(|line| columns_of(line) <= width);
    [(&long, true), (&short, true), (&short, false)]
        .into_iter()
        .map(|(costs, names)| named(costs, names))
        .find(fits)
        .unwrap_or_else(|| named(&glyphs.say(&million), false))
}

/// What changed against the baseline: duration, cost. Empty at the baseline itself.
fn changes(chart: &Chart<'_>, glyphs: &Glyphs, point: &Point) -> (String, String) {
    let baseline = chart
        .baseline_point()
        .filter(|baseline| baseline.memory_mb != point.memory_mb);
    let Some(baseline) = baseline else {
        return (String::new(), String::new());
    };
    let duration = duration_change(baseline.duration_ms, point.duration_ms).unwrap_or_default();
    let cost = cost_change(baseline.cost_usd, point.cost_usd).unwrap_or_default();
    (
        glyphs.say(&duration).into_owned(),
        glyphs.say(&cost).into_owned(),
    )
}

/// The second run at the same size, and how the first one compares with it.
fn behind(chart: &Chart<'_>, glyphs: &Glyphs, size: MemoryMb, width: i32) -> Option<Vec<Piece>> {
    let styles = &chart.styles;
    let overlay = chart.overlay?;
    let Some(other) = drawable(overlay).find(|point| point.memory_mb == size) else {
        let text = format!(
            "{} not measured by {}",
            glyphs.overlay_duration, overlay.name
        );
        return Some(vec![(text, styles.overlay)]);
    };
    let values = format!(
        "{} {}  {} {}",
        glyphs.overlay_duration,
        duration_exact(other.duration_ms),
        glyphs.overlay_cost,
        per_million_text(other.cost_usd, chart.currency),
    );
    let values = glyphs.say(&values).into_owned();
    let words = against(chart, size, other)
        .into_iter()
        .map(|words| format!("   {}", glyphs.say(&words)))
        .find(|words| columns(&values) + columns(words) <= width)
        .unwrap_or_default();
    Some(vec![(values, styles.overlay), (words, styles.text)])
}

/// How the first run compares with a point of the second, in words of three lengths, the longest first.
fn against(chart: &Chart<'_>, size: MemoryMb, other: &Point) -> Vec<String> {
    let Some(point) = chart.point_at(size) else {
        return Vec::new();
    };
    let duration = duration_change(other.duration_ms, point.duration_ms);
    let cost = cost_change(other.cost_usd, point.cost_usd);
    let (Some(duration), Some(cost)) = (duration, cost) else {
        return Vec::new();
    };
    let ratio = duration.split_once(" (").map_or("", |(ratio, _)| ratio);
    vec![
        format!("this run: {duration}, {cost}"),
        format!("{duration}, {cost}"),
        format!("{ratio}, {cost}"),
    ]
}

/// A frame as wide as its content, with the heading in its upper edge.
fn frame(
    chart: &Chart<'_>,
    glyphs: &Glyphs,
    pen: &mut Pen<'_>,
    head: &[Piece],
    lines: &[Vec<Piece>],
) {
    let muted = chart.styles.muted;
    let [
        upper_left,
        upper_right,
        lower_left,
        lower_right,
        across,
        down,
    ] = glyphs.frame;
    let inner = lines
        .iter()
        .map(|line| columns_of(line))
        .chain([columns_of(head) + 2])
        .max()
        .unwrap_or(0)
        .min(pen.width() - 4);
    let (right, bottom) = (inner + 3, pen.height() - 1);
    for x in 1..right {
        pen.put(x, 0, across, muted);
        pen.put(x, bottom, across, muted);
    }
    for y in 1..bottom {
        pen.put(0, y, down, muted);
        pen.put(right, y, down, muted);
    }
    pen.put(0, 0, upper_left, muted);
    pen.put(right, 0, upper_right, muted);
    pen.put(0, bottom, lower_left, muted);
    pen.put(right, bottom, lower_right, muted);
    let mut inside = pen.part(2, 0, inner, bottom);
    let after = inside.text(0, 0, " ", muted);
    let after = inside.pieces(after, 0, head);
    inside.text(after, 0, " ", muted);
    for (row, line) in (1..).zip(lines) {
        inside.pieces(0, row, line);
    }
}
