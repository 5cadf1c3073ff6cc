//! What can lie over the article that is read: its headings, its links, or labels on the links on screen.

use super::Hints;

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

/// A row chosen out of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// The chosen row.
    pub at: usize,
    /// How many rows there are.
    pub count: usize,
}

impl Choice {
    /// Moves by a number of rows; it stops at the ends.
    pub(super) const fn step(&mut self, rows: isize) {
        let there = self.at.saturating_add_signed(rows);
        let last = self.count.saturating_sub(1);
        self.at = if there < last { there } else { last };
    }
}
