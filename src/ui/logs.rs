//! The logs pane: the group picker, the tail, one event, the filters, the statistics.

mod event;
mod filters;
mod groups;
mod histogram_strip;
mod statistics;
mod status_line;
mod tail;
mod title;

use ratatui::layout::Rect;

use super::painter::Painter;
use crate::app::App;
use crate::panes::logs::LogsScreen;

/// Draws the screen of the pane that is in front.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    match (&app.panes.logs.screen, app.panes.logs.tail()) {
        (LogsScreen::Tail, Some(tail)) => tail::draw(painter, app, tail, area),
        (LogsScreen::Event(opened), _) => event::draw(painter, opened, area),
        (LogsScreen::Statistics(statistics), _) => statistics::draw(painter, app, statistics, area),
        (LogsScreen::Filters, Some(tail)) => filters::draw(painter, app, tail, area),
        _ => groups::draw(painter, app, area),
    }
}
