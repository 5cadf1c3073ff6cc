//! Words looked for in the article that is read: every place, whatever the case.

use std::ops::Range;

use super::page::ScrolledPage;
use super::position::ScrollPosition;
use super::spot;
use crate::articles::{Line, PageLayout};

/// Words, and where they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Find {
    words: Vec<String>,
    hits: Vec<Hit>,
    at: usize,
    /// Where the reader was when the words were begun, while they are typed.
    begun_at: Option<ScrollPosition>,
}

/// A place with one of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The line.
    pub line: usize,
    /// The bytes of the line's text.
    pub bytes: Range<usize>,
}

impl Find {
    pub(super) fn new(words: Vec<String>) -> Self {
        Self {
            words: words
                .into_iter()
                .filter(|word| !word.trim().is_empty())
                .collect(),
            hits: Vec::new(),
            at: 0,
            begun_at: None,
        }
    }

    /// Words are about to be typed: without a hit, and when they are given up, the reader is back here.
    pub(super) const fn begin(&mut self, page: &ScrolledPage) {
        self.begun_at = Some(page.position());
    }

    /// The words are typed: the reader stays on the page where they are.
    pub(super) const fn keep(&mut self) {
        self.begun_at = None;
    }

    /// Looks for other words and shows the first place after where the reader is, or was before anything was typed.
    pub(super) fn look_for(&mut self, words: &str, page: &mut ScrolledPage) {
        if let Some(position) = self.begun_at {
            page.return_to(position);
        }
        *self = Self {
            begun_at: self.begun_at,
            ..Self::new(vec![words.trim().to_owned()])
        };
        self.look_through(&page.layout().lines);
        self.begin_at(page.position().at);
        self.show(page);
    }

    /// Looks through another page of the same article.
    pub(super) fn turn_to(&mut self, from: &PageLayout, to: &PageLayout) {
        let moved = |line| spot::moved(line, from, to);
        self.begun_at = self.begun_at.map(|position| position.map(moved));
        self.look_through(&to.lines);
    }

    /// Shows the place in front; says whether there is one.
    pub(super) fn show(&self, page: &mut ScrolledPage) -> bool {
        let hit = self.current();
        if let Some(hit) = hit {
            page.show(hit.line);
        }
        hit.is_some()
    }

    /// Looks through the lines anew. The place in front stays the same one in number.
    fn look_through(&mut self, lines: &[Line]) {
        self.hits.clear();
        if self.words.is_empty() {
            return;
        }
        let words: Vec<Vec<char>> = self
            .words
            .iter()
            .map(|word| folded(word).map(|(_, c)| c).collect())
            .collect();
        for (number, line) in lines.iter().enumerate() {
            let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
            let places = places(&text, &words);
            self.hits.extend(places.into_iter().map(|bytes| Hit {
                line: number,
                bytes,
            }));
        }
        self.at = self.at.min(self.hits.len().saturating_sub(1));
    }

    /// Puts the first place at or behind a line in front, else the first of all.
    pub(super) fn begin_at(&mut self, line: usize) {
        self.at = self
            .hits
            .iter()
            .position(|hit| hit.line >= line)
            .unwrap_or_default();
    }

    /// Goes on to the next place or the one before, round the ends.
    pub(super) fn step(&mut self, forwards: bool) {
        let count = self.hits.len();
        let by = if forwards { 1 } else { count.saturating_sub(1) };
        self.at = (self.at + by).checked_rem(count).unwrap_or_default();
    }

    /// The place in front.
    #[must_use]
    pub fn current(&self) -> Option<&Hit> {
        self.hits.get(self.at)
    }

    /// Whether something is looked for.
    #[must_use]
    pub const fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// The number of the place in front, from 1, and how many there are; none when nothing is looked for.
    #[must_use]
    pub fn count(&self) -> Option<(usize, usize)> {
        let at = if self.hits.is_empty() { 0 } else { self.at + 1 };
        self.has_words().then_some((at, self.hits.len()))
    }

    /// The places on a line, left to right.
    pub fn on_line(&self, line: usize) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|hit| hit.line < line);
        self.hits
            .iter()
            .skip(first)
            .take_while(move |hit| hit.line == line)
    }
}

/// Where one of the words stands in a text: byte ranges, ascending, none overlapping.
#[must_use]
fn places(text: &str, words: &[Vec<char>]) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = folded(text).collect();
    let end_of = |at: usize| characters.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(rest) = characters.get(at..).filter(|rest| !rest.is_empty()) {
        let begins = |word: &&Vec<char>| {
            word.len() <= rest.len() && word.iter().zip(rest).all(|(a, (_, b))| a == b)
        };
        match words.iter().filter(begins).map(Vec::len).max() {
            Some(length) if length > 0 => {
                places.push(end_of(at)..end_of(at + length));
                at += length;
            }
            _ => at += 1,
        }
    }
    places
}

/// The characters of a text in lower case, each with the byte it begins at.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices()
        .map(|(at, c)| (at, c.to_lowercase().next().unwrap_or(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::{TextRole, TextSpan};

    fn line(pieces: &[&str]) -> Line {
        let span = |text: &&str| TextSpan {
            text: (*text).to_owned(),
            role: TextRole::Body,
            link: None,
        };
        Line {
            spans: pieces.iter().map(span).collect(),
            wide: false,
        }
    }

    fn found(words: &[&str], lines: &[Line]) -> Find {
        let mut find = Find::new(words.iter().map(|word| (*word).to_owned()).collect());
        find.look_through(lines);
        find
    }

    #[test]
    fn words_are_found_across_looks_and_whatever_the_case() {
        let lines = [line(&["a cold ", "Start"]), line(&["COLD start, ÄRGER"])];
        let find = found(&["cold start", "ärger"], &lines);
        let seen: Vec<_> = find
            .hits
            .iter()
            .map(|hit| (hit.line, hit.bytes.clone()))
            .collect();
        assert_eq!(seen, [(0, 2..12), (1, 0..10), (1, 12..18)]);
        assert_eq!(find.on_line(1).count(), 2);
        assert_eq!(find.on_line(2).count(), 0);
    }

    #[test]
    fn going_on_goes_round_the_ends() {
        let mut find = found(&["a"], &[line(&["a"]), line(&["b a"])]);
        assert_eq!(find.count(), Some((1, 2)));
        let mut stepped = |forwards| {
            find.step(forwards);
            find.current().unwrap().line
        };
        assert_eq!(stepped(true), 1);
        assert_eq!(stepped(true), 0);
        assert_eq!(stepped(false), 1);
        assert_eq!(found(&["zebra"], &[line(&["a"])]).count(), Some((0, 0)));
        let mut nothing = found(&["zebra"], &[line(&["a"])]);
        nothing.step(true);
        assert!(nothing.current().is_none());
        assert_eq!(found(&[" "], &[line(&["a"])]).count(), None);
    }
}
