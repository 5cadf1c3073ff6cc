//! The logs pane: the group picker, the tail, one event, the filters, the statistics.

mod event;
mod filters;
mod groups;
mod honesty;
mod sheet;
mod strip;
mod tail;
mod title;

use ratatui::layout::Rect;

use super::brush::Brush;
use crate::app::App;
use crate::panes::logs::LogsScreen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, area: Rect) {
    match (&app.logs.screen, app.logs.tail()) {
        (LogsScreen::Tail, Some(tail)) => tail::draw(brush, app, tail, area),
        (LogsScreen::Event(opened), _) => event::draw(brush, opened, area),
        (LogsScreen::Statistics(sheet), _) => sheet::draw(brush, app, sheet, area),
        (LogsScreen::Filters, Some(tail)) => filters::draw(brush, app, tail, area),
        _ => groups::draw(brush, app, area),
    }
}
