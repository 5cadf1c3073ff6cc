//! The screens of the pane: what their actions do.

pub mod everywhere;
mod hints;
pub mod list;
pub mod page;
mod panels;

use super::{ArticlesPane, Over};
use crate::keys::Scope;
use crate::panes::Screen;

/// The pane, whatever is in front.
const ARTICLES: &Scope = &Scope::of_screen("articles", "Articles");

/// An article.
const ARTICLE: &Scope = &Scope {
    name: "article",
    title: "An article",
    within: Some(ARTICLES),
};

/// Every screen, in the order of the help.
pub(super) const ALL: [&Screen<ArticlesPane>; 5] = [
    &list::SCREEN,
    &page::SCREEN,
    &panels::OUTLINE,
    &panels::LINKS,
    &hints::SCREEN,
];

impl ArticlesPane {
    /// What the actions do on the screen in front.
    pub(super) fn table(&self) -> &'static Screen<Self> {
        match self.reading.as_ref().map(|reading| &reading.over) {
            None => &list::SCREEN,
            Some(None) => &page::SCREEN,
            Some(Some(Over::Outline(_))) => &panels::OUTLINE,
            Some(Some(Over::Links(_))) => &panels::LINKS,
            Some(Some(Over::Hints(_))) => &hints::SCREEN,
        }
    }

    /// Whether an article is in front, with nothing over it.
    fn shows_page(&self) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| reading.over.is_none())
    }

    /// Whether the tree and the list are in front.
    const fn shows_list(&self) -> bool {
        self.reading.is_none() && self.health.is_none()
    }
}
