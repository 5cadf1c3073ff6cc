//! The logs pane: the group picker, the tail, one event, the filters, the statistics, the patterns.

mod event;
mod filters;
mod groups;
mod histogram_strip;
mod patterns;
mod query;
mod query_list;
mod statistics;
mod status_line;
mod tail;
mod title;

use ratatui::layout::Rect;

use super::PaneView;
use super::painter::Painter;
use crate::panes::LogsPane;
use crate::panes::logs::LogsScreen;

/// The pane as it is drawn.
type LogsView<'a> = PaneView<'a, LogsPane>;

/// Draws the screen of the pane that is in front.
pub(crate) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, area: Rect) {
    match (&view.pane.screen, view.pane.tail()) {
        (LogsScreen::Tail, Some(tail)) => tail::draw(painter, view, tail, area),
        (LogsScreen::Event(opened), _) => event::draw(painter, opened, area),
        (LogsScreen::Statistics(statistics), _) => {
            statistics::draw(painter, view, statistics, area);
        }
        (LogsScreen::Patterns(list), _) => patterns::draw(painter, view, list, area),
        (LogsScreen::Query, _) => query::draw(painter, view, area),
        (LogsScreen::Queries, _) => query_list::draw(painter, view, area),
        (LogsScreen::Filters, Some(tail)) => filters::draw(painter, view, tail, area),
        _ => groups::draw(painter, view, area),
    }
}
