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
use crate::panes::tuning::Screen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, area: Rect) {
    match &app.tuning.screen {
        Screen::Runs => runs::draw(brush, app, area),
        Screen::Functions => functions::draw(brush, app, area),
        Screen::Plan(form) => plan::draw(brush, app, form, area),
    }
}
