//! The lines of figures: duration and cost at one size, and the second run's beside them.

use ratatui::style::Style;

use super::super::format::{duration_exact, duration_with_interval, per_million_text, usd_text};
use super::super::glyphs::ChartGlyphs;
use super::super::pen::{Piece, columns, columns_of};
use super::super::{Chart, drawable};
use crate::lambda::MemoryMb;
use crate::power::{Change, Curve, Point};

/// The figures of one of the two series.
struct SeriesFigures<'f> {
    sign: &'static str,
    name: &'static str,
    value: &'f str,
    change: &'f str,
    style: Style,
}

/// Two lines in columns: name, value, change. What a narrow area has no room for is left out, the change last.
pub(super) fn lines(
    chart: &Chart<'_>,
    glyphs: &ChartGlyphs,
    point: &Point,
    width: i32,
) -> Vec<Vec<Piece>> {
    let say = |text: &str| glyphs.say(text).into_owned();
    let duration = say(&duration_with_interval(
        point.duration_ms,
        point.duration_interval,
    ));
    let (faster, dearer) = changes(chart, glyphs, point);
    let layout = |cost: &str, named: bool| {
        let both = [
            SeriesFigures {
                sign: glyphs.duration,
                name: "duration",
                value: &duration,
                change: &faster,
                style: chart.styles.duration,
            },
            SeriesFigures {
                sign: glyphs.cost,
                name: "cost",
                value: cost,
                change: &dearer,
                style: chart.styles.cost,
            },
        ];
        in_columns(&both, named, chart.styles.text)
    };
    let (million, short) = costs(chart, glyphs, point);
    let long = format!("{short} per invocation");
    let candidates = [(&long, true), (&short, true), (&short, false)];
    candidates
        .into_iter()
        .map(|(cost, named)| layout(cost, named))
        .find(|lines| lines.iter().all(|line| columns_of(line) <= width))
        .unwrap_or_else(|| layout(&million, false))
}

/// What a million invocations cost, and the same with the cost of one.
fn costs(chart: &Chart<'_>, glyphs: &ChartGlyphs, point: &Point) -> (String, String) {
    let million = per_million_text(point.cost_usd, chart.currency());
    let each = usd_text(point.cost_usd, chart.currency());
    let both = glyphs.say(&format!("{million} · {each}")).into_owned();
    (glyphs.say(&million).into_owned(), both)
}

fn in_columns(figures: &[SeriesFigures<'_>; 2], named: bool, text: Style) -> Vec<Vec<Piece>> {
    let [duration, cost] = figures;
    let wide = columns(duration.value).max(columns(cost.value));
    let line = |figures: &SeriesFigures<'_>| {
        let name = if named {
            format!("{} {:<10}", figures.sign, figures.name)
        } else {
            format!("{} ", figures.sign)
        };
        let mut pieces = vec![(name, figures.style), (figures.value.to_owned(), text)];
        if !figures.change.is_empty() {
            let gap = usize::try_from(wide - columns(figures.value)).unwrap_or(0) + 3;
            pieces.push((format!("{:gap$}{}", "", figures.change), text));
        }
        pieces
    };
    figures.iter().map(line).collect()
}

/// What changed against the baseline: duration, cost. Empty at the baseline itself.
fn changes(chart: &Chart<'_>, glyphs: &ChartGlyphs, point: &Point) -> (String, String) {
    let baseline = chart
        .baseline_point()
        .filter(|baseline| baseline.memory_mb != point.memory_mb);
    let Some(baseline) = baseline else {
        return (String::new(), String::new());
    };
    let change = Change::between(baseline, point);
    (
        glyphs.say(&change.duration_words()).into_owned(),
        glyphs.say(&change.cost_words()).into_owned(),
    )
}

/// The second run at the same size, and how the first one compares with it.
pub(super) fn behind(
    chart: &Chart<'_>,
    glyphs: &ChartGlyphs,
    size: MemoryMb,
    width: i32,
) -> Option<Vec<Piece>> {
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
        per_million_text(other.cost_usd, overlay.currency()),
    );
    let values = glyphs.say(&values).into_owned();
    let words = against(chart, size, (overlay, other))
        .into_iter()
        .map(|words| format!("   {}", glyphs.say(&words)))
        .find(|words| columns(&values) + columns(words) <= width)
        .unwrap_or_default();
    Some(vec![(values, styles.overlay), (words, styles.text)])
}

/// How the first run compares with a point of the second, in words of three lengths, the longest first.
fn against(chart: &Chart<'_>, size: MemoryMb, other: (&Curve, &Point)) -> Vec<String> {
    let Some(point) = chart.point_at(size) else {
        return Vec::new();
    };
    let change = Change::across(other, (chart.curve, point));
    vec![
        format!("this run: {change}"),
        change.to_string(),
        format!("{}, {}", change.speed_words(), change.cost_words()),
    ]
}
