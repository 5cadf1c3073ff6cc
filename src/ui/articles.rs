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

use ratatui::layout::Rect;

use super::PaneView;
use super::painter::Painter;
use crate::panes::{ArticlesPane, side_by_side};

/// The pane as it is drawn.
type ArticlesView<'a> = PaneView<'a, ArticlesPane>;

/// From this width on the tree stands beside the list.
const BESIDE_FROM: u16 = 72;

/// Draws the pane.
pub(crate) fn draw(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    if let Some(reading) = view.pane.reading() {
        return reading::draw(painter, reading, area);
    }
    let in_tree = view.pane.browsing().is_in_tree();
    if area.width < BESIDE_FROM {
        return if in_tree && !view.pane.browsing().shows_health() {
            tree::draw(painter, view, area);
        } else {
            right(painter, view, area);
        };
    }
    let wide = if area.width < 100 { 26 } else { 36 };
    let ([tree, border], list, []) = side_by_side(area, [wide, 1], []);
    tree::draw(painter, view, tree);
    painter.upright(border);
    right(painter, view, list);
}

fn right(painter: &mut Painter<'_>, view: ArticlesView<'_>, area: Rect) {
    let browsing = view.pane.browsing();
    match (browsing.health(), browsing.search()) {
        (Some(feed), _) => health::draw(painter, view, feed, area),
        (None, Some(search)) => found::draw(painter, view, search, area),
        (None, None) => list::draw(painter, view, area),
    }
}
