//! What can lie over the article that is read: its headings, its links, or labels on the links on screen.

use super::choice::Choice;
use super::hints::Hints;
use super::page::ScrolledPage;

/// A panel or labels over an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// The headings.
    Outline(Choice),
    /// The links.
    Links(Choice),
    /// Labels on the links on screen.
    Hints(Hints),
}

impl Over {
    /// The headings of a page, the one the reader is under in front; none when it has no headings.
    pub(in crate::panes::articles) fn outline(page: &ScrolledPage) -> Option<Self> {
        let at = page.heading_in_front().unwrap_or_default();
        let headings = page.headings().iter();
        let texts = headings.map(|heading| heading.text.clone());
        Choice::new(at, texts.collect()).map(Self::Outline)
    }

    /// The links of a page, the first from where the reader is on in front; none when it has no links.
    pub(in crate::panes::articles) fn links(page: &ScrolledPage) -> Option<Self> {
        let at = page.link_in_front()?;
        let links = page.links().iter();
        let texts = links.map(|link| format!("{} {}", link.text, link.url));
        Choice::new(at, texts.collect()).map(Self::Links)
    }

    /// Labels on the links that can be seen; none when there are none.
    pub(in crate::panes::articles) fn hints(page: &ScrolledPage) -> Option<Self> {
        let seen = page.links_on_screen();
        let hints = Hints::new(seen.into_iter().map(|seen| seen.link));
        (!hints.is_empty()).then_some(Self::Hints(hints))
    }

    /// The row chosen in a panel.
    pub(in crate::panes::articles) const fn choice_mut(&mut self) -> Option<&mut Choice> {
        match self {
            Self::Outline(choice) | Self::Links(choice) => Some(choice),
            Self::Hints(_) => None,
        }
    }
}
