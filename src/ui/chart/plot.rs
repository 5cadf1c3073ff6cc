//! The plot itself: titles, value axes, connections, intervals, markers, and the lines of cursor, baseline, limit.

use std::collections::HashSet;

use ratatui::style::{Modifier, Style};

use super::axis::{DOTS_ACROSS, DOTS_DOWN, ValueAxis};
use super::canvas::{Canvas, Stroke};
use super::format;
use super::pen::{Pen, columns};
use super::scene::{Scene, tick_text};
use super::series::{self, ChartSeries, SeriesPoint};
use crate::power::{DurationLimit, LimitFigure};

/// Names the axes and, between them, the run.
pub(super) fn titles(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let (chart, glyphs) = (scene.chart, scene.glyphs);
    let log = if scene.duration.is_log() {
        " (log)"
    } else {
        ""
    };
    let left = format!(
        "{} duration{log}, {}",
        glyphs.duration, scene.units.duration_name
    );
    let right = cost_title(scene, pen.width() - columns(&left) - 1);
    let right = glyphs.say(&right);
    let after = pen.text(0, 0, &left, chart.styles.duration);
    let start = pen.width() - columns(&right);
    pen.text(start, 0, &right, chart.styles.cost);
    let name = &chart.curve.name;
    let (first, last) = (after + 2, start - 2 - columns(name));
    if first <= last {
        let centred = (pen.width() - columns(name)) / 2;
        let bold = chart.styles.text.add_modifier(Modifier::BOLD);
        pen.text(centred.clamp(first, last), 0, name, bold);
    }
}

/// Names the axis of costs, in at most so many columns where that is possible, and says when it does not begin at zero.
fn cost_title(scene: &Scene<'_>, most: i32) -> String {
    let (sign, glyph) = (scene.chart.currency().sign(), scene.glyphs.cost);
    let unit = scene.units.cost_name;
    if scene.cost.is_from_zero() {
        return format!("cost, {sign} {unit} {glyph}");
    }
    let whole = format!("cost (not from 0), {sign} {unit} {glyph}");
    if columns(&whole) <= most {
        whole
    } else {
        format!("not from 0, {sign} {glyph}")
    }
}

/// Draws both value axes with their labels.
pub(super) fn axes(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let glyphs = scene.glyphs;
    let right = scene.left + scene.columns;
    let styles = &scene.chart.styles;
    for row in 1..=scene.rows {
        pen.put(scene.left - 1, row, glyphs.side, styles.muted);
        pen.put(right, row, glyphs.side, styles.muted);
    }
    for tick in scene.duration.ticks() {
        let text = tick_text(&scene.duration, tick.value, scene.units.duration);
        let x = scene.left - 2 - columns(&text);
        pen.text(x, tick.row + 1, &text, styles.duration);
        pen.put(scene.left - 1, tick.row + 1, glyphs.tick_left, styles.muted);
    }
    for tick in scene.cost.ticks() {
        let text = tick_text(&scene.cost, tick.value, scene.units.cost);
        pen.text(right + 2, tick.row + 1, &text, styles.cost);
        pen.put(right, tick.row + 1, glyphs.tick_right, styles.muted);
    }
}

/// Draws everything between the axes; what matters most comes last.
pub(super) fn inside(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let chart = scene.chart;
    limits(scene, pen);
    if let Some(size) = chart
        .marks
        .baseline
        .filter(|_| chart.baseline_point().is_some())
    {
        upright(
            scene,
            pen,
            scene.memory.column(size),
            scene.glyphs.baseline,
            chart.styles.baseline,
        );
    }
    if let Some(size) = chart.marks.cursor {
        upright(
            scene,
            pen,
            scene.memory.column(size),
            scene.glyphs.cursor,
            chart.styles.cursor,
        );
    }
    let all = series::of(scene);
    let mut canvas = Canvas::new(scene.columns, scene.rows);
    samples(scene, &mut canvas, pen);
    for series in &all {
        connect(scene, series, &mut canvas);
    }
    canvas.paint(pen, scene.glyphs.ascii);
    for series in &all {
        intervals(scene, series, pen);
    }
    markers(scene, &all, pen);
    pick_mark(scene, pen);
    limits_of(scene).for_each(|limit| limit_name(scene, limit, pen));
}

fn upright(scene: &Scene<'_>, pen: &mut Pen<'_>, column: i32, glyph: &str, style: Style) {
    for row in 0..scene.rows {
        pen.put(column, row, glyph, style);
    }
}

/// The limits that are durations at all.
fn limits_of(scene: &Scene<'_>) -> impl Iterator<Item = DurationLimit> + use<> {
    let limits = scene.chart.marks.limits.on_durations();
    limits.filter(|limit| limit.most_ms.is_finite() && limit.most_ms > 0.0)
}

/// The lines that durations should stay under, where they lie within the plot.
fn limits(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let top = scene.duration.top();
    for limit in limits_of(scene).filter(|limit| limit.most_ms <= top) {
        let (row, glyph) = (scene.duration.row(limit.most_ms), scene.glyphs.limit);
        for column in 0..scene.columns {
            pen.put(column, row, glyph, scene.chart.styles.muted);
        }
    }
}

/// What a limit is called; one on the mean, which is what the points show, by its duration alone.
fn limit_text(limit: DurationLimit) -> String {
    let most = format::duration_text(limit.most_ms);
    match limit.figure {
        LimitFigure::Mean => format!(" limit {most} "),
        figure => format!(" limit {figure} {most} "),
    }
}

/// Names a limit on its line, or as near to it as there is room: nothing measured is covered, and nothing covers the
/// name. At the top, when it lies above the plot.
fn limit_name(scene: &Scene<'_>, limit: DurationLimit, pen: &mut Pen<'_>) {
    let glyphs = scene.glyphs;
    let mut text = limit_text(limit);
    if limit.most_ms > scene.duration.top() {
        text.push_str(glyphs.above);
        text.push(' ');
    }
    let width = columns(&text);
    let last = scene.columns - width - 1;
    let free = |row: i32| {
        let fits = |start: &i32| (*start..start + width).all(|x| pen.is_free(x, row, glyphs.limit));
        (0..=last).rev().find(fits).map(|start| (start, row))
    };
    let line = scene.duration.row(limit.most_ms);
    let mut rows: Vec<i32> = (0..scene.rows).collect();
    rows.sort_by_key(|row| (row - line).abs());
    if let Some((start, row)) = rows.into_iter().find_map(free) {
        pen.text(start, row, &text, scene.chart.styles.muted);
    }
}

/// Dots for single samples, on both sides of the marker of their size; an arrow for those above the plot.
fn samples(scene: &Scene<'_>, canvas: &mut Canvas, pen: &mut Pen<'_>) {
    let samples = scene.chart.samples;
    let most = usize::try_from(scene.columns * scene.rows * DOTS_ACROSS).unwrap_or(1);
    let stride = samples.len() / most.max(1) + 1;
    let style = scene.chart.styles.muted;
    for (index, (size, ms)) in samples.iter().step_by(stride).enumerate() {
        let column = scene.memory.column(*size);
        if *ms <= scene.duration.top() {
            let aside = [-1, 2, -2, 3].get(index % 4).copied().unwrap_or(0);
            canvas.dot(column * DOTS_ACROSS + aside, scene.duration.dot(*ms), style);
        } else if *ms > scene.duration.top() {
            pen.put(column + 1, 0, scene.glyphs.above, style);
        }
    }
}

/// Straight lines from point to point.
fn connect(scene: &Scene<'_>, series: &ChartSeries<'_>, canvas: &mut Canvas) {
    let stroke = if series.behind {
        Stroke::Dashed
    } else {
        Stroke::Solid
    };
    let mut before: Option<(i32, i32)> = None;
    for spot in &series.spots {
        let here = (scene.memory.dot(spot.size), series.axis.dot(spot.value));
        if let Some(before) = before {
            canvas.line(before, here, series.style, stroke);
        }
        before = Some(here);
    }
}

/// Thin vertical bars over the 95 % intervals.
fn intervals(scene: &Scene<'_>, series: &ChartSeries<'_>, pen: &mut Pen<'_>) {
    for spot in &series.spots {
        let Some(interval) = spot.interval.filter(|ends| ends.low <= ends.high) else {
            continue;
        };
        let column = scene.memory.column(spot.size);
        let (top, bottom) = half_rows(series.axis, interval.high, interval.low);
        for row in top / 2..=bottom / 2 {
            let glyph = match (row * 2 >= top, row * 2 < bottom) {
                (true, true) => scene.glyphs.bar,
                (false, _) => scene.glyphs.bar_lower,
                (true, false) => scene.glyphs.bar_upper,
            };
            pen.put(column, row, glyph, series.style);
        }
        if interval.high > series.axis.top() {
            pen.put(column, 0, scene.glyphs.above, series.style);
        }
    }
}

/// Whether the point covers the whole bar of its interval.
fn is_hidden(axis: &ValueAxis, spot: &SeriesPoint) -> bool {
    let interval = spot.interval.filter(|ends| ends.low <= ends.high);
    interval.is_some_and(|interval| {
        let (top, bottom) = half_rows(axis, interval.high, interval.low);
        let row = axis.row(spot.value);
        top / 2 >= row && bottom / 2 <= row && interval.high <= axis.top()
    })
}

/// The half rows in which two values lie, the higher value first.
fn half_rows(axis: &ValueAxis, high: f64, low: f64) -> (i32, i32) {
    let half = DOTS_DOWN / 2;
    (axis.dot(high) / half, axis.dot(low) / half)
}

/// The star of the recommended size beside its duration: above it, below it or at its side, wherever nothing measured is
/// covered.
fn pick_mark(scene: &Scene<'_>, pen: &mut Pen<'_>) {
    let (chart, glyphs) = (scene.chart, scene.glyphs);
    let point = chart
        .marks
        .recommended
        .and_then(|size| chart.point_at(size));
    let Some(point) = point else {
        return;
    };
    let column = scene.memory.column(point.memory_mb);
    let row = scene.duration.row(point.duration_ms);
    let around = [(0, -1), (0, 1), (1, 0), (-1, 0)];
    let is_free = |place: &(i32, i32)| {
        let lines = [glyphs.cursor, glyphs.baseline, glyphs.limit];
        lines.iter().any(|line| pen.is_free(place.0, place.1, line))
    };
    let places = around.map(|(right, down)| (column + right, row + down));
    if let Some((x, y)) = places.into_iter().find(is_free) {
        let bold = chart.styles.pick.add_modifier(Modifier::BOLD);
        pen.put(x, y, glyphs.recommended, bold);
    }
}

/// The measured points; a duration and a cost of the run in the same cell become one mark of its own.
fn markers(scene: &Scene<'_>, all: &[ChartSeries<'_>], pen: &mut Pen<'_>) {
    let mut costs: HashSet<(i32, i32)> = HashSet::new();
    for series in all {
        for spot in &series.spots {
            let place = (scene.memory.column(spot.size), series.axis.row(spot.value));
            let shared = !series.behind && !series.cost && costs.contains(&place);
            if series.cost && !series.behind {
                costs.insert(place);
            }
            let (glyph, style) = if shared {
                (scene.glyphs.both, scene.chart.styles.text)
            } else {
                (series.glyph, series.style)
            };
            let glyph = if is_hidden(series.axis, spot) {
                scene.glyphs.within(glyph)
            } else {
                glyph
            };
            let under_cursor = scene.chart.marks.cursor == Some(spot.size) && !series.behind;
            let style = if under_cursor {
                style.add_modifier(Modifier::BOLD)
            } else {
                style
            };
            pen.put(place.0, place.1, glyph, style);
        }
    }
}
