//! Where in an article the reader was, to come back to: at the same text, whatever the page is like by then.

use super::spot::{line_in, position_of};
use crate::articles::{ArticleId, PageLayout, TextPosition};

/// An article and where in it the reader was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::panes::articles) struct ReadingPosition {
    /// The article.
    pub(in crate::panes::articles) article: ArticleId,
    /// The words it was opened for: those of the search that found it.
    pub(super) opened_for: Vec<String>,
    /// Where on its page.
    pub(super) place: PagePlace,
    /// Whether wide code was wrapped.
    pub(super) wrap: bool,
}

impl ReadingPosition {
    /// The place where the article was left in an earlier session.
    pub(in crate::panes::articles) const fn stored(article: ArticleId, at: TextPosition) -> Self {
        Self {
            article,
            opened_for: Vec::new(),
            place: PagePlace {
                scroll: ScrollPosition { top: 0, at: 0 },
                lines: 0,
                spots: (at, at),
            },
            wrap: false,
        }
    }

    /// The first text on screen, to be stored.
    pub(in crate::panes::articles) const fn top(&self) -> TextPosition {
        self.place.spots.0
    }

    /// Whether there was a page to be somewhere on.
    pub(in crate::panes::articles) const fn is_somewhere(&self) -> bool {
        self.place.lines > 0
    }

    /// Whether reading goes on here: not when the article is opened for other words.
    pub(in crate::panes::articles) fn serves(&self, words: &[String]) -> bool {
        words.is_empty() || self.opened_for == words
    }
}

/// How far a page is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ScrollPosition {
    /// The first line on screen.
    pub(super) top: usize,
    /// The line that was jumped to, else the first on screen.
    pub(super) at: usize,
}

impl ScrollPosition {
    /// The position with each of its lines as `line_of` says.
    pub(super) fn map(self, line_of: impl Fn(usize) -> usize) -> Self {
        Self {
            top: line_of(self.top),
            at: line_of(self.at),
        }
    }
}

/// A position on a page that may be of another length by the time the reader is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PagePlace {
    scroll: ScrollPosition,
    /// How many lines the page had.
    lines: usize,
    /// Where `top` and `at` are in the text.
    spots: (TextPosition, TextPosition),
}

impl PagePlace {
    /// The place of a position on a page.
    pub(super) fn of(scroll: ScrollPosition, page: &PageLayout) -> Self {
        let spot = |line| position_of(line, page);
        Self {
            scroll,
            lines: page.lines.len(),
            spots: (spot(scroll.top), spot(scroll.at)),
        }
    }

    /// Its position on a page of the same article: on one of another length, where the text is the same.
    pub(super) fn position_on(&self, page: &PageLayout) -> ScrollPosition {
        if self.lines == page.lines.len() {
            return self.scroll;
        }
        let (top, at) = self.spots;
        ScrollPosition {
            top: line_in(top, page),
            at: line_in(at, page),
        }
    }
}
