//! The articles pane: the tree beside the list, or the article that is read.

mod age;
mod detail;
mod found;
mod health;
mod line;
mod list;
mod panels;
mod reading;
mod tree;

use ratatui::layout::{Constraint, Layout, Rect};

use super::painter::Painter;
use crate::app::App;
use crate::panes::articles::Focus;

/// From this width on the tree stands beside the list.
const BESIDE_FROM: u16 = 72;

/// Draws the pane.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    if let Some(reading) = app.panes.articles.reading() {
        return reading::draw(painter, reading, area);
    }
    let in_tree = app.panes.articles.focus == Focus::Tree && app.panes.articles.search.is_none();
    if area.width < BESIDE_FROM {
        return if in_tree && app.panes.articles.health.is_none() {
            tree::draw(painter, app, area);
        } else {
            right(painter, app, area);
        };
    }
    let wide = if area.width < 100 { 26 } else { 36 };
    let [tree, border, list] = Layout::horizontal([
        Constraint::Length(wide),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    tree::draw(painter, app, tree);
    painter.upright(border);
    right(painter, app, list);
}

fn right(painter: &mut Painter<'_>, app: &App, area: Rect) {
    match (
        app.panes.articles.shows_health_of(),
        &app.panes.articles.search,
    ) {
        (Some((_, feed)), _) => health::draw(painter, app, feed, area),
        (None, Some(search)) => found::draw(painter, app, search, area),
        (None, None) => list::draw(painter, app, area),
    }
}
