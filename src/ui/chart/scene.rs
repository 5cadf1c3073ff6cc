//! The layout of a plot: which rows and columns each part gets, and the axes that follow from that.

use super::axis::{MemoryAxis, ValueAxis};
use super::glyphs::ChartGlyphs;
use super::pen::columns;
use super::{Chart, drawable, format, legend, readout};
use crate::lambda::MemoryMb;
use crate::power::{Curve, Interval, Point};

/// The rows under the plot: the memory axis, the marks, the sizes.
pub(super) const FOOTING_ROWS: i32 = 3;
/// From this height on, in rows, the exact values stand in a frame.
const FRAMED_FROM: i32 = 28;
/// From this height on, in rows, the legend may take two rows; with a second run it always may.
const LONG_LEGEND_FROM: i32 = 22;

/// A plot with every part in its place.
pub(super) struct Scene<'c> {
    pub(super) chart: &'c Chart<'c>,
    pub(super) glyphs: &'static ChartGlyphs,
    pub(super) memory: MemoryAxis,
    pub(super) duration: ValueAxis,
    pub(super) cost: ValueAxis,
    pub(super) units: Units,
    /// The first column of the plot: the width of the labels to its left, axis line included.
    pub(super) left: i32,
    /// The columns of the plot, between the axis lines.
    pub(super) columns: i32,
    /// The rows of the plot; it starts below the title row.
    pub(super) rows: i32,
    /// The rows of the legend.
    pub(super) legend_rows: i32,
    /// The rows of the exact values, frame included.
    pub(super) readout_rows: i32,
    /// Whether the exact values stand in a frame.
    pub(super) framed: bool,
}

/// What the numbers on the axes are divided by, and what that is called.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Units {
    pub(super) duration: f64,
    pub(super) duration_name: &'static str,
    pub(super) cost: f64,
    pub(super) cost_name: &'static str,
}

impl Units {
    fn for_axes(duration: &ValueAxis, cost: &ValueAxis) -> Self {
        let (duration, duration_name) = if duration.top() >= 2000.0 {
            (1000.0, "s")
        } else {
            (1.0, "ms")
        };
        let (cost, cost_name) = if cost.top() >= 0.01 {
            (1e-3, "per thousand")
        } else {
            (1e-6, "per million")
        };
        Self {
            duration,
            duration_name,
            cost,
            cost_name,
        }
    }
}

impl<'c> Scene<'c> {
    /// Sets the scene for an area; `None` when the chart has no size at all.
    pub(super) fn set(chart: &'c Chart<'c>, width: i32, height: i32) -> Option<Self> {
        let framed = height >= FRAMED_FROM;
        let readout_rows = readout::rows(chart, framed);
        let roomy = height >= LONG_LEGEND_FROM || chart.overlay.is_some();
        let legend_rows = legend::rows(chart, width, if roomy { 2 } else { 1 });
        let rows = height - 1 - FOOTING_ROWS - legend_rows - readout_rows;
        let tall = u16::try_from(rows.max(1)).unwrap_or(1);
        let (duration, cost) = axes(chart, tall);
        let units = Units::for_axes(&duration, &cost);
        let left = widest(&duration, units.duration).max(2) + 2;
        let right = widest(&cost, units.cost).max(2) + 2;
        let columns = (width - left - right).max(1);
        let memory = MemoryAxis::over(sizes(chart), u16::try_from(columns).unwrap_or(1))?;
        Some(Self {
            chart,
            glyphs: ChartGlyphs::of(chart.form),
            memory,
            duration,
            cost,
            units,
            left,
            columns,
            rows: i32::from(tall),
            legend_rows,
            readout_rows,
            framed,
        })
    }
}

/// The axes of durations and of costs, as the chart wants them.
fn axes(chart: &Chart<'_>, rows: u16) -> (ValueAxis, ValueAxis) {
    let longest = highest_duration(chart);
    let cost = |point: &Point| (point.cost_usd, point.cost_interval);
    let dearest = highest(chart, chart.overlay_costs(), cost);
    let duration = if chart.axes.log_time {
        let shortest = lowest(chart, chart.overlay, |point| {
            (point.duration_ms, point.duration_interval)
        });
        ValueAxis::log(shortest, longest, rows)
    } else {
        ValueAxis::up_to(longest, rows)
    };
    let cost = if chart.axes.cut_cost {
        ValueAxis::near(lowest(chart, chart.overlay_costs(), cost), dearest, rows)
    } else {
        ValueAxis::up_to(dearest, rows)
    };
    (duration, cost)
}

/// The lowest value to show: every mean, and intervals as far as half the lowest mean.
fn lowest(
    chart: &Chart<'_>,
    behind: Option<&Curve>,
    value: impl Fn(&Point) -> (f64, Option<Interval>),
) -> f64 {
    let overlay = behind.into_iter().flat_map(drawable);
    let values = chart.points().chain(overlay).map(value);
    let (mean, end) = values.fold(
        (f64::INFINITY, f64::INFINITY),
        |(means, ends), (mean, interval)| {
            let end = interval.map_or(mean, |interval| interval.low);
            (means.min(mean), ends.min(end))
        },
    );
    end.clamp(mean / 2.0, mean)
}

/// Every size that belongs on the memory axis.
fn sizes<'c>(chart: &'c Chart<'c>) -> impl Iterator<Item = MemoryMb> + 'c {
    let overlay = chart.overlay.into_iter().flat_map(drawable);
    chart
        .points()
        .chain(overlay)
        .map(|point| point.memory_mb)
        .chain(chart.pending.iter().copied())
        .chain(chart.infeasible.iter().map(|(size, _)| *size))
}

/// The highest value to show: every mean, and intervals as far as twice the highest mean.
fn highest(
    chart: &Chart<'_>,
    behind: Option<&Curve>,
    value: impl Fn(&Point) -> (f64, Option<Interval>),
) -> f64 {
    let overlay = behind.into_iter().flat_map(drawable);
    let (mean, end) = chart.points().chain(overlay).map(value).fold(
        (0.0f64, 0.0f64),
        |(means, ends), (mean, interval)| {
            let end = interval.map_or(mean, |interval| interval.high);
            (means.max(mean), ends.max(end))
        },
    );
    if end.is_finite() {
        end.clamp(mean, mean * 2.0)
    } else {
        mean
    }
}

/// The highest duration to show; a limit counts when it is not far above everything else.
fn highest_duration(chart: &Chart<'_>) -> f64 {
    let measured = highest(chart, chart.overlay, |point| {
        (point.duration_ms, point.duration_interval)
    });
    let limits = chart.marks.limits.on_durations();
    let near = limits.map(|limit| limit.most_ms);
    let near = near.filter(|most_ms| *most_ms <= measured * 1.5);
    near.fold(measured, f64::max)
}

/// The width of the widest label of an axis.
fn widest(axis: &ValueAxis, unit: f64) -> i32 {
    axis.ticks()
        .iter()
        .map(|tick| columns(&tick_text(axis, tick.value, unit)))
        .max()
        .unwrap_or(1)
}

/// The label of a tick.
pub(super) fn tick_text(axis: &ValueAxis, value: f64, unit: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    format::tick(value / unit, axis.decimals(value, unit))
}
