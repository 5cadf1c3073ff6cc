//! The columns of the table: which there are, what they are called, what they say.

use super::super::format::{
    duration_exact, interval_text, per_million_figure, percent_change, percent_text, speed_ratio,
};
use super::super::glyphs::Glyphs;
use super::super::legend::marks_at;
use super::super::{Chart, drawable};
use crate::power::{Curve, Point};

/// A column of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
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
pub(super) const DISPENSABLE: [Column; 7] = [
    Column::Samples,
    Column::Time,
    Column::Interval,
    Column::OverlayCost,
    Column::OverlayDuration,
    Column::Cost,
    Column::Speed,
];

/// The columns that a chart has something to say in.
pub(super) fn wanted(chart: &Chart<'_>) -> Vec<Column> {
    let mut columns = vec![Column::Size, Column::Duration];
    if chart
        .points()
        .any(|point| point.duration_interval.is_some())
    {
        columns.push(Column::Interval);
    }
    columns.push(Column::Million);
    if chart.baseline_point().is_some() {
        columns.extend([Column::Speed, Column::Time, Column::Cost]);
    }
    if chart.overlay.is_some() {
        columns.extend([Column::OverlayDuration, Column::OverlayCost]);
    }
    if chart.points().any(|point| point.samples > 0) {
        columns.push(Column::Samples);
    }
    if chart.picks.is_some() || chart.recommended.is_some() {
        columns.push(Column::Marks);
    }
    columns
}

impl Column {
    /// The head of the column.
    pub(super) fn head(self, chart: &Chart<'_>, glyphs: &Glyphs) -> String {
        let text = match self {
            Column::Size => "MB".to_owned(),
            Column::Duration => "duration".to_owned(),
            Column::Interval => "95 %".to_owned(),
            Column::Million => format!("{} /M", chart.currency.sign()),
            Column::Speed => "speed".to_owned(),
            Column::Time => "time".to_owned(),
            Column::Cost => "cost".to_owned(),
            Column::Samples => "samples".to_owned(),
            Column::OverlayDuration => format!("{} other", glyphs.overlay_duration),
            Column::OverlayCost => {
                let currency = chart.overlay.map_or(chart.currency, Curve::currency);
                format!("{} {} /M", glyphs.overlay_cost, currency.sign())
            }
            Column::Marks => String::new(),
        };
        glyphs.say(&text).into_owned()
    }

    /// What the column says of a point.
    pub(super) fn cell(self, chart: &Chart<'_>, glyphs: &Glyphs, point: &Point) -> String {
        let base = chart.baseline_point();
        match self {
            Column::Size => point.memory_mb.to_string(),
            Column::Duration => duration_exact(point.duration_ms),
            Column::Interval => {
                interval_text(point.duration_ms, point.duration_interval).unwrap_or_default()
            }
            Column::Million => per_million_figure(point.cost_usd),
            Column::Speed => base
                .and_then(|base| speed_ratio(base.duration_ms, point.duration_ms))
                .unwrap_or_default(),
            Column::Time => change(base, point, |point| point.duration_ms),
            Column::Cost => change(base, point, |point| point.cost_usd),
            Column::Samples => point.samples.to_string(),
            Column::OverlayDuration => behind(chart, point)
                .map(|other| duration_exact(other.duration_ms))
                .unwrap_or_default(),
            Column::OverlayCost => behind(chart, point)
                .map(|other| per_million_figure(other.cost_usd))
                .unwrap_or_default(),
            Column::Marks => marks_at(chart, glyphs, point.memory_mb),
        }
    }
}

/// The point of the second run at the same size.
fn behind<'a>(chart: &Chart<'a>, point: &Point) -> Option<&'a Point> {
    drawable(chart.overlay?).find(|other| other.memory_mb == point.memory_mb)
}

/// The change of a value in percent; the baseline itself says `base`.
fn change(base: Option<&Point>, point: &Point, value: impl Fn(&Point) -> f64) -> String {
    match base {
        Some(base) if base.memory_mb == point.memory_mb => "base".to_owned(),
        Some(base) => percent_change(value(base), value(point))
            .map(percent_text)
            .unwrap_or_default(),
        None => String::new(),
    }
}
