//! The entries of the legend, each in three lengths, the most important first.

use ratatui::style::Style;

use super::super::Chart;
use super::super::glyphs::ChartGlyphs;
use super::super::marks::{SizeMark, marks};
use super::super::pen::columns;
use crate::power::Point;

/// What one sign means.
pub(super) struct LegendEntry {
    pub(super) sign: String,
    pub(super) style: Style,
    /// Whether shorter words are better than leaving it out.
    pub(super) needed: bool,
    texts: [String; LegendEntry::LENGTHS],
}

impl LegendEntry {
    /// In how many lengths each text comes, the longest first.
    pub(super) const LENGTHS: usize = 3;

    fn new(sign: impl Into<String>, style: Style, texts: [String; LegendEntry::LENGTHS]) -> Self {
        Self {
            sign: sign.into(),
            style,
            needed: true,
            texts,
        }
    }

    fn optional(self) -> Self {
        Self {
            needed: false,
            ..self
        }
    }

    /// The text in one of the lengths.
    pub(super) fn text(&self, length: usize) -> &str {
        self.texts.get(length).map_or("", String::as_str)
    }

    /// The columns of sign and text.
    pub(super) fn width(&self, length: usize) -> i32 {
        columns(&self.sign) + 1 + columns(self.text(length))
    }
}

/// Everything there is to explain.
pub(super) fn entries(chart: &Chart<'_>) -> Vec<LegendEntry> {
    let glyphs = ChartGlyphs::of(chart.form);
    let of_mark = |mark: SizeMark| LegendEntry::new(mark.sign, chart.styles.pick, mark.legend);
    marks(chart)
        .into_iter()
        .map(of_mark)
        .chain(overlay(chart, glyphs))
        .chain(infeasible(chart, glyphs))
        .chain(baseline(chart, glyphs))
        .chain(pending(chart, glyphs))
        .chain(intervals(chart, glyphs))
        .chain(samples(chart, glyphs))
        .collect()
}

fn overlay(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let overlay = chart.overlay?;
    let name = &overlay.name;
    let (sign, texts) = if chart.overlay_costs().is_some() {
        let sign = format!("{} {}", glyphs.overlay_duration, glyphs.overlay_cost);
        (sign, [name, name, name].map(Clone::clone))
    } else {
        let code = overlay.currency().code();
        let texts = [
            format!("{name} (its cost is in {code}: not drawn)"),
            format!("{name} (no {code} drawn)"),
            format!("{name} ({code})"),
        ];
        (glyphs.overlay_duration.to_owned(), texts)
    };
    Some(LegendEntry::new(sign, chart.styles.overlay, texts))
}

fn infeasible(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let texts = match chart.infeasible {
        [] => return None,
        [(size, _)] => [
            format!("{size} MB infeasible"),
            format!("{size} infeasible"),
            size.to_string(),
        ],
        sizes => [
            format!("{} sizes infeasible", sizes.len()),
            format!("{} infeasible", sizes.len()),
            sizes.len().to_string(),
        ],
    };
    Some(LegendEntry::new(
        glyphs.infeasible,
        chart.styles.text,
        texts,
    ))
}

fn baseline(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let size = chart.baseline_point()?.memory_mb;
    let texts = [
        format!("baseline {size} MB"),
        format!("baseline {size}"),
        size.to_string(),
    ];
    Some(LegendEntry::new(glyphs.baseline, chart.styles.baseline, texts).optional())
}

/// The bars over the points; a table has none.
fn intervals(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let is_known = |point: &Point| point.duration_interval.or(point.cost_interval).is_some();
    let is_drawn = !chart.form.is_table() && chart.points().any(is_known);
    let [duration, cost, ..] = glyphs.within;
    let texts = [
        format!("95 % interval ({duration} {cost} within the cell)"),
        format!("95 % (in {duration} {cost})"),
        "95 %".to_owned(),
    ];
    is_drawn.then(|| LegendEntry::new(glyphs.bar, chart.styles.duration, texts).optional())
}

/// The dots beside the points; a table has none.
fn samples(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let is_drawn = !chart.form.is_table() && !chart.samples.is_empty();
    let texts = ["samples", "samples", "samples"].map(str::to_owned);
    is_drawn.then(|| LegendEntry::new(glyphs.dot, chart.styles.muted, texts).optional())
}

fn pending(chart: &Chart<'_>, glyphs: &ChartGlyphs) -> Option<LegendEntry> {
    let count = match chart.pending.len() {
        0 => return None,
        count => count,
    };
    let texts = [
        format!("{count} still to measure"),
        format!("{count} to measure"),
        count.to_string(),
    ];
    Some(LegendEntry::new(glyphs.pending, chart.styles.muted, texts).optional())
}
