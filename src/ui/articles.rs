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

use super::PaneView;
use super::painter::Painter;
use crate::panes::ArticlesPane;
use crate::panes::articles::Focus;

/// The pane as it is drawn.
type ArticlesView<'a> = PaneView<'a, ArticlesPane>;

/// From this width on the tree stands beside the list.
const BESIDE_FROM: u16 = 72;

/// Draws the pane.
pub(crate) fn draw(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    if let Some(reading) = view.pane.reading() {
        return reading::draw(painter, reading, area);
    }
    let in_tree = view.pane.focus == Focus::Tree && view.pane.search.is_none();
    if area.width < BESIDE_FROM {
        return if in_tree && view.pane.health.is_none() {
            tree::draw(painter, view, area);
        } else {
            right(painter, view, area);
        };
    }
    let wide = if area.width < 100 { 26 } else { 36 };
    let [tree, border, list] = Layout::horizontal([
        Constraint::Length(wide),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    tree::draw(painter, view, tree);
    painter.upright(border);
    right(painter, view, list);
}

fn right(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    match (view.pane.shows_health_of(), &view.pane.search) {
        (Some((_, feed)), _) => health::draw(painter, view, feed, area),
        (None, Some(search)) => found::draw(painter, view, search, area),
        (None, None) => list::draw(painter, view, area),
    }
}
