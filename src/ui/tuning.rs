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

use super::painter::Painter;
use crate::app::App;
use crate::panes::tuning::TuningScreen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    match &app.panes.tuning.screen {
        TuningScreen::Runs => runs::draw(painter, app, area),
        TuningScreen::Functions => functions::draw(painter, app, area),
        TuningScreen::Plan(form) => plan::draw(painter, app, form, area),
    }
}
