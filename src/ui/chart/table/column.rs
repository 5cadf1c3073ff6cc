//! The columns of the table: which there are, what they are called, what they say.

use super::super::format::{duration_exact, interval_text, per_million_figure};
use super::super::glyphs::ChartGlyphs;
use super::super::marks::{marks, signs_at};
use super::super::{Chart, drawable};
use crate::power::compare::{percent_words, ratio_words};
use crate::power::{Change, Curve, Point};

/// A column of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TableColumn {
    Size,
    Duration,
    Interval,
    Million,
    Speed,
    Time,
    Cost,
    Samples,
    OverlayDuration,
    OverlayCost,
    Marks,
}

/// The columns in the order they are given up when the width does not suffice.
pub(super) const DISPENSABLE: [TableColumn; 7] = [
    TableColumn::Samples,
    TableColumn::Time,
    TableColumn::Interval,
    TableColumn::OverlayCost,
    TableColumn::OverlayDuration,
    TableColumn::Cost,
    TableColumn::Speed,
];

/// The columns that a chart has something to say in.
pub(super) fn wanted(chart: &Chart<'_>) -> Vec<TableColumn> {
    let mut columns = vec![TableColumn::Size, TableColumn::Duration];
    if chart
        .points()
        .any(|point| point.duration_interval.is_some())
    {
        columns.push(TableColumn::Interval);
    }
    columns.push(TableColumn::Million);
    if chart.baseline_point().is_some() {
        columns.extend([TableColumn::Speed, TableColumn::Time, TableColumn::Cost]);
    }
    if chart.overlay.is_some() {
        columns.extend([TableColumn::OverlayDuration, TableColumn::OverlayCost]);
    }
    if chart.points().any(|point| point.samples > 0) {
        columns.push(TableColumn::Samples);
    }
    if !marks(chart).is_empty() {
        columns.push(TableColumn::Marks);
    }
    columns
}

impl TableColumn {
    /// The head of the column.
    pub(super) fn head(self, chart: &Chart<'_>, glyphs: &ChartGlyphs) -> String {
        let text = match self {
            TableColumn::Size => "MB".to_owned(),
            TableColumn::Duration => "duration".to_owned(),
            TableColumn::Interval => "95 %".to_owned(),
            TableColumn::Million => format!("{} /M", chart.currency().sign()),
            TableColumn::Speed => "speed".to_owned(),
            TableColumn::Time => "time".to_owned(),
            TableColumn::Cost => "cost".to_owned(),
            TableColumn::Samples => "samples".to_owned(),
            TableColumn::OverlayDuration => format!("{} other", glyphs.overlay_duration),
            TableColumn::OverlayCost => {
                let currency = chart.overlay.map_or(chart.currency(), Curve::currency);
                format!("{} {} /M", glyphs.overlay_cost, currency.sign())
            }
            TableColumn::Marks => String::new(),
        };
        glyphs.say(&text).into_owned()
    }

    /// What the column says of a point.
    pub(super) fn cell(self, chart: &Chart<'_>, point: &Point) -> String {
        let base = chart.baseline_point();
        match self {
            TableColumn::Size => point.memory_mb.to_string(),
            TableColumn::Duration => duration_exact(point.duration_ms),
            TableColumn::Interval => {
                interval_text(point.duration_ms, point.duration_interval).unwrap_or_default()
            }
            TableColumn::Million => per_million_figure(point.cost_usd),
            TableColumn::Speed => base
                .map(|base| ratio_words(Change::between(base, point).speed))
                .unwrap_or_default(),
            TableColumn::Time => change(base, point, |change| change.duration_percent),
            TableColumn::Cost => change(base, point, |change| change.cost_percent),
            TableColumn::Samples => point.samples.to_string(),
            TableColumn::OverlayDuration => behind(chart, point)
                .map(|other| duration_exact(other.duration_ms))
                .unwrap_or_default(),
            TableColumn::OverlayCost => behind(chart, point)
                .map(|other| per_million_figure(other.cost_usd))
                .unwrap_or_default(),
            TableColumn::Marks => signs_at(chart, point.memory_mb),
        }
    }
}

/// The point of the second run at the same size.
fn behind<'a>(chart: &Chart<'a>, point: &Point) -> Option<&'a Point> {
    drawable(chart.overlay?).find(|other| other.memory_mb == point.memory_mb)
}

/// The change of a value in percent; the baseline itself says `base`.
fn change(base: Option<&Point>, point: &Point, percent: impl Fn(&Change) -> Option<f64>) -> String {
    match base {
        Some(base) if base.memory_mb == point.memory_mb => "base".to_owned(),
        Some(base) => percent(&Change::between(base, point))
            .map(percent_words)
            .unwrap_or_default(),
        None => String::new(),
    }
}
