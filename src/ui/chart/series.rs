//! The two to four series of a chart: durations and costs of the run, and of the run behind it.

use ratatui::style::Style;

use super::axis::ValueAxis;
use super::drawable;
use super::scene::Scene;
use crate::lambda::MemoryMb;
use crate::power::{Curve, Interval};

/// One series, ready to draw.
pub(super) struct ChartSeries<'s> {
    pub(super) axis: &'s ValueAxis,
    pub(super) glyph: &'static str,
    pub(super) style: Style,
    /// Whether it belongs to the second run.
    pub(super) behind: bool,
    /// Whether it shows costs.
    pub(super) cost: bool,
    pub(super) spots: Vec<SeriesPoint>,
}

/// One point of a series.
pub(super) struct SeriesPoint {
    pub(super) size: MemoryMb,
    pub(super) value: f64,
    pub(super) interval: Option<Interval>,
}

/// The series of a scene, back to front.
pub(super) fn of<'s>(scene: &'s Scene<'_>) -> Vec<ChartSeries<'s>> {
    let (chart, glyphs) = (scene.chart, scene.glyphs);
    let styles = &chart.styles;
    let mut all = Vec::with_capacity(4);
    if let Some(overlay) = chart.overlay_costs() {
        all.push(costs(
            scene,
            overlay,
            glyphs.overlay_cost,
            styles.overlay,
            true,
        ));
    }
    if let Some(overlay) = chart.overlay {
        all.push(durations(
            scene,
            overlay,
            glyphs.overlay_duration,
            styles.overlay,
            true,
        ));
    }
    all.push(costs(scene, chart.curve, glyphs.cost, styles.cost, false));
    all.push(durations(
        scene,
        chart.curve,
        glyphs.duration,
        styles.duration,
        false,
    ));
    all
}

fn durations<'s>(
    scene: &'s Scene<'_>,
    curve: &Curve,
    glyph: &'static str,
    style: Style,
    behind: bool,
) -> ChartSeries<'s> {
    let spots = drawable(curve).map(|point| SeriesPoint {
        size: point.memory_mb,
        value: point.duration_ms,
        interval: point.duration_interval,
    });
    ChartSeries {
        axis: &scene.duration,
        glyph,
        style,
        behind,
        cost: false,
        spots: spots.collect(),
    }
}

fn costs<'s>(
    scene: &'s Scene<'_>,
    curve: &Curve,
    glyph: &'static str,
    style: Style,
    behind: bool,
) -> ChartSeries<'s> {
    let spots = drawable(curve).map(|point| SeriesPoint {
        size: point.memory_mb,
        value: point.cost_usd,
        interval: point.cost_interval,
    });
    ChartSeries {
        axis: &scene.cost,
        glyph,
        style,
        behind,
        cost: true,
        spots: spots.collect(),
    }
}
