//! The tuning pane: runs with their chart, the function picker, or the plan form.

mod banner;
mod chart_panel;
mod details;
mod functions;
mod heading;
mod plan;
mod progress;
mod runs;

use ratatui::layout::Rect;

use super::brush::Brush;
use crate::app::App;
use crate::panes::tuning::TuningScreen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, area: Rect) {
    match &app.tuning.screen {
        TuningScreen::Runs => runs::draw(brush, app, area),
        TuningScreen::Functions => functions::draw(brush, app, area),
        TuningScreen::Plan(form) => plan::draw(brush, app, form, area),
    }
}
