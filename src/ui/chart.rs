//! The cost/time chart of a tuning run: measured points over memory, as braille, as ASCII, or as a table.
//!
//! Durations and costs have axes of their own, both from zero unless asked otherwise, so where the two curves cross means
//! nothing and is never marked. Points are joined by straight thin lines: nothing is drawn that was not measured.
//! Work per frame depends on the area, apart from one pass over the points and a bounded number of samples.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::lambda::MemoryMb;
use crate::power::{Currency, Curve, Point};

pub mod axis;
mod canvas;
mod footing;
pub mod format;
mod glyphs;
mod legend;
mod line;
mod marks;
mod pen;
mod plot;
mod readout;
mod scene;
mod series;
mod table;
pub mod text;

pub use marks::ChartMarks;
pub use text::render_text;

#[cfg(test)]
mod sample_runs;
#[cfg(test)]
mod tests;

/// The narrowest area, in columns, that gets a plot; narrower ones get the table.
const PLOT_COLUMNS: u16 = 41;
/// The lowest area, in rows, that gets a plot; lower ones get the table.
const PLOT_ROWS: u16 = 13;
/// The smallest area that gets a table; smaller ones get one line.
const TABLE_AREA: (u16, u16) = (20, 4);

/// How the chart is drawn, where there is room to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartForm {
    /// Unicode markers, connections in braille.
    #[default]
    Braille,
    /// ASCII only.
    Ascii,
    /// Rows of figures.
    Table,
    /// Rows of figures, ASCII only.
    AsciiTable,
}

impl ChartForm {
    /// Whether these are rows of figures.
    #[must_use]
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::AsciiTable)
    }
}

/// How the value axes are spread; both linear and from zero unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChartAxes {
    /// Whether durations are spread by their logarithms.
    pub log_time: bool,
    /// Whether the axis of costs begins near the lowest one.
    pub cut_cost: bool,
}

/// The styles of the parts of a chart, from the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChartStyles {
    /// Durations: points, axis, values.
    pub duration: Style,
    /// Costs: points, axis, values.
    pub cost: Style,
    /// The second run.
    pub overlay: Style,
    /// The cursor line and the size under it.
    pub cursor: Style,
    /// The baseline.
    pub baseline: Style,
    /// The marks of the picks.
    pub pick: Style,
    /// Less important text, pending sizes, samples.
    pub muted: Style,
    /// Everything else.
    pub text: Style,
}

/// What a chart shows; a widget.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// The run. Points that are not finite are left out.
    pub curve: &'a Curve,
    /// A second run to compare with, drawn behind; its costs only when they are in the same currency.
    pub overlay: Option<&'a Curve>,
    /// Sizes planned but not measured yet.
    pub pending: &'a [MemoryMb],
    /// Sizes the function does not work at, each with the reason.
    pub infeasible: &'a [(MemoryMb, &'a str)],
    /// Durations of single samples in milliseconds; thinned out when there are more than the area can show.
    pub samples: &'a [(MemoryMb, f64)],
    /// What is marked.
    pub marks: ChartMarks,
    /// How the value axes are spread.
    pub axes: ChartAxes,
    /// How to draw.
    pub form: ChartForm,
    /// The styles.
    pub styles: ChartStyles,
}

impl<'a> Chart<'a> {
    /// A chart of one curve with nothing marked.
    #[must_use]
    pub fn new(curve: &'a Curve) -> Self {
        Self {
            curve,
            overlay: None,
            pending: &[],
            infeasible: &[],
            samples: &[],
            marks: ChartMarks::default(),
            axes: ChartAxes::default(),
            form: ChartForm::default(),
            styles: ChartStyles::default(),
        }
    }

    /// The points that can be drawn, in the order of the curve.
    fn points(&self) -> impl Iterator<Item = &'a Point> + use<'a> {
        drawable(self.curve)
    }

    /// What the costs of the run are counted in.
    fn currency(&self) -> Currency {
        self.curve.currency()
    }

    /// The second run, if its costs can stand on the axis of the first one's.
    fn overlay_costs(&self) -> Option<&'a Curve> {
        let comparable = |overlay: &&Curve| overlay.costs_compare_with(self.curve);
        self.overlay.filter(comparable)
    }

    /// The point measured at a size.
    fn point_at(&self, size: MemoryMb) -> Option<&'a Point> {
        self.points().find(|point| point.memory_mb == size)
    }

    /// The point that changes are told against.
    fn baseline_point(&self) -> Option<&'a Point> {
        self.point_at(self.marks.baseline?)
    }

    /// Why a size is infeasible, if it is.
    fn why_infeasible(&self, size: MemoryMb) -> Option<&'a str> {
        self.infeasible
            .iter()
            .find(|(infeasible, _)| *infeasible == size)
            .map(|(_, reason)| *reason)
    }

    /// Whether there is any point to draw, of either curve.
    fn has_points(&self) -> bool {
        self.points().next().is_some()
            || self
                .overlay
                .is_some_and(|overlay| drawable(overlay).next().is_some())
    }
}

/// The points of a curve whose numbers are finite.
fn drawable(curve: &Curve) -> impl Iterator<Item = &Point> {
    curve
        .points
        .iter()
        .filter(|point| point.duration_ms.is_finite() && point.cost_usd.is_finite())
}

impl Widget for &Chart<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut pen = pen::Pen::new(buffer, area);
        let (width, height) = (area.width, area.height);
        if width < TABLE_AREA.0 || height < TABLE_AREA.1 {
            line::draw(self, &mut pen);
        } else if !self.has_points() && !self.form.is_table() {
            line::draw_empty(self, &mut pen);
        } else if self.form.is_table() || width < PLOT_COLUMNS || height < PLOT_ROWS {
            table::draw(self, &mut pen);
        } else if let Some(scene) = scene::Scene::set(self, pen.width(), pen.height()) {
            draw(&scene, &mut pen);
        }
    }
}

/// Draws all parts of a plot.
fn draw(scene: &scene::Scene<'_>, pen: &mut pen::Pen<'_>) {
    plot::titles(scene, pen);
    plot::axes(scene, pen);
    let mut inside = pen.part(scene.left, 1, scene.columns, scene.rows);
    plot::inside(scene, &mut inside);
    footing::draw(scene, pen);
    let below = 1 + scene.rows + scene::FOOTING_ROWS;
    let mut part = pen.part(0, below, pen.width(), scene.legend_rows);
    legend::draw(scene.chart, &mut part);
    let below = below + scene.legend_rows;
    let mut part = pen.part(0, below, pen.width(), scene.readout_rows);
    readout::draw(scene.chart, &mut part, scene.framed);
}
