//! The screens of the pane: what their actions do.

pub mod everywhere;
mod health;
mod hints;
pub mod list;
pub mod page;
mod panels;

pub(super) use hints::take_label;

use super::actions::{ARTICLE, ARTICLES};
use super::{ArticlesPane, Over, ReadingView};
use crate::panes::Screen;

/// Every screen, in the order of the help.
pub(super) const ALL: [&Screen<ArticlesPane>; 6] = [
    &list::SCREEN,
    &health::SCREEN,
    &page::SCREEN,
    &panels::OUTLINE,
    &panels::LINKS,
    &hints::SCREEN,
];

/// What the actions do on the screen in front.
pub(super) fn in_front(pane: &ArticlesPane) -> &'static Screen<ArticlesPane> {
    match pane.reading().map(ReadingView::over) {
        None if pane.browsing.shows_health() => &health::SCREEN,
        None => &list::SCREEN,
        Some(None) => &page::SCREEN,
        Some(Some(Over::Outline(_))) => &panels::OUTLINE,
        Some(Some(Over::Links(_))) => &panels::LINKS,
        Some(Some(Over::Hints(_))) => &hints::SCREEN,
    }
}

/// Whether an article is in front, with nothing over it.
fn shows_page(pane: &ArticlesPane) -> bool {
    pane.reading()
        .is_some_and(|reading| reading.over().is_none())
}

/// Whether the tree and the list are in front, and no article.
const fn shows_list(pane: &ArticlesPane) -> bool {
    pane.reading().is_none()
}
