//! The logs pane: the group picker, the tail, one event, the filters, the statistics.

mod groups;

use ratatui::layout::Rect;

use super::brush::Brush;
use crate::app::App;
use crate::panes::logs::Screen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, area: Rect) {
    match app.logs.screen {
        Screen::Groups => groups::draw(brush, app, area),
    }
}
