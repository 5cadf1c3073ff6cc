//! The links a reader can see: on the rows of the screen, and not moved or running out of it sideways.

use super::super::Hints;
use super::{Over, ReadingView};
use crate::text;

/// A link on screen, at the first place where it can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisibleLink {
    /// The row, from the top of the text on.
    pub row: usize,
    /// The column, from the left of the text on.
    pub column: usize,
    /// The link: an index into the links of the page.
    pub link: usize,
}

impl ReadingView {
    /// The links that can be seen in this many columns of text, each once, top to bottom.
    #[must_use]
    pub fn seen_links(&self, columns: usize) -> Vec<VisibleLink> {
        let mut seen: Vec<VisibleLink> = Vec::new();
        for (row, (_, line)) in self.visible().enumerate() {
            let moved = if line.wide { self.left } else { 0 };
            let mut begin = 0;
            for span in &line.spans {
                let at = begin;
                begin += text::width(&span.text);
                let column = at.checked_sub(moved).filter(|&column| column < columns);
                let Some((column, link)) = column.zip(span.link) else {
                    continue;
                };
                if seen.iter().all(|seen| seen.link != link) {
                    seen.push(VisibleLink { row, column, link });
                }
            }
        }
        seen
    }

    /// Labels the links that can be seen; says whether there are any.
    pub(in crate::panes::articles) fn open_hints(&mut self) -> bool {
        let seen = self.seen_links(self.columns);
        let hints = Hints::new(seen.into_iter().map(|seen| seen.link));
        self.over = (!hints.is_empty()).then_some(Over::Hints(hints));
        self.over.is_some()
    }
}
