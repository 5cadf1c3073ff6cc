//! Where in an article the reader was, to come back to: at the same text, whatever the page is like by then.

use super::super::spot::TextPosition;
use super::ReadingView;
use super::setting::Aim;
use crate::articles::ArticleId;

/// An article and where in it the reader was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::panes::articles) struct ReadingPosition {
    /// The article.
    pub(in crate::panes::articles) article: ArticleId,
    /// The words it was opened for: those of the search that found it.
    opened_for: Vec<String>,
    /// The first line on screen and the line jumped to, on a page of this many lines.
    lines: (usize, usize, usize),
    /// The same two in the text.
    spots: (TextPosition, TextPosition),
    wrap: bool,
}

impl ReadingPosition {
    /// Whether there was a page to be somewhere on.
    pub(in crate::panes::articles) const fn is_somewhere(&self) -> bool {
        self.lines.2 > 0
    }

    /// Whether reading goes on here: not when the article is opened for other words.
    pub(in crate::panes::articles) fn serves(&self, words: &[String]) -> bool {
        words.is_empty() || self.opened_for == words
    }
}

impl ReadingView {
    /// Where the reader is, to come back to.
    pub(in crate::panes::articles) fn place(&self) -> ReadingPosition {
        let spot = |line| TextPosition::of(line, &self.page);
        ReadingPosition {
            article: self.article.id.clone(),
            opened_for: self.opened_for.clone(),
            lines: (self.top, self.at, self.page.lines.len()),
            spots: (spot(self.top), spot(self.at)),
            wrap: self.wrap,
        }
    }

    /// The article as it was when the reader left this place of it.
    pub(in crate::panes::articles) fn at_place(mut self, place: ReadingPosition) -> Self {
        self.wrap = place.wrap;
        self.setting.aim = Some(Aim::Place(place));
        self
    }

    /// On a page of another length, the text at the place is the same.
    pub(super) fn go_back_to(&mut self, place: &ReadingPosition) {
        let (top, at, lines) = place.lines;
        let (top_spot, at_spot) = place.spots;
        (self.top, self.at) = if lines == self.page.lines.len() {
            (top, at)
        } else {
            (top_spot.line_in(&self.page), at_spot.line_in(&self.page))
        };
    }
}
