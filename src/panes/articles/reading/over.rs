//! What can lie over the article that is read: its headings, its links, or labels on the links on screen.

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
        Choice::new(at, page.headings().len()).map(Self::Outline)
    }

    /// The links of a page, the first from where the reader is on in front; none when it has no links.
    pub(in crate::panes::articles) fn links(page: &ScrolledPage) -> Option<Self> {
        let at = page.link_in_front()?;
        Choice::new(at, page.links().len()).map(Self::Links)
    }

    /// Labels on the links that can be seen; none when there are none.
    pub(in crate::panes::articles) fn hints(page: &ScrolledPage) -> Option<Self> {
        let seen = page.links_on_screen();
        let hints = Hints::new(seen.into_iter().map(|seen| seen.link));
        (!hints.is_empty()).then_some(Self::Hints(hints))
    }
}

/// A row chosen out of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The chosen row.
    pub at: usize,
    /// How many rows there are, at least one.
    pub count: usize,
}

impl Choice {
    fn new(at: usize, count: usize) -> Option<Self> {
        (count > 0).then_some(Self { at, count })
    }

    /// Moves by a number of rows; it stops at the ends.
    pub(in crate::panes::articles) const fn step(&mut self, rows: isize) {
        let there = self.at.saturating_add_signed(rows);
        let last = self.count.saturating_sub(1);
        self.at = if there < last { there } else { last };
    }
}
