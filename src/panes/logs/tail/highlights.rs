//! Terms that are set apart in the rows, each by a look of its own, beside what is searched for.

use std::ops::Range;

use crate::logs::{Matcher, MatcherError};

/// What sets a part of a text apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetApart {
    /// The search found it.
    Search,
    /// It is the highlighted term with this number, counted from 0.
    Term(usize),
}

/// The highlighted terms.
#[derive(Debug, Default)]
pub struct Highlights {
    /// The place of a term is its number; a free one may come before others.
    terms: [Option<Matcher>; Self::MOST],
}

/// What became of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panes::logs) enum TermChange {
    Added,
    Removed,
    /// There are as many as there can be.
    Refused,
}

impl Highlights {
    /// Terms there can be at once.
    pub const MOST: usize = 6;

    /// Highlights a regular expression, or no longer where it is highlighted.
    ///
    /// # Errors
    /// When it is none; the sentence says what is wrong with it.
    pub(in crate::panes::logs) fn toggle(
        &mut self,
        pattern: &str,
    ) -> Result<TermChange, MatcherError> {
        let matcher = Matcher::regex(pattern)?;
        let mut terms = self.terms.iter_mut();
        if let Some(term) = terms.find(|term| term.as_ref() == Some(&matcher)) {
            *term = None;
            return Ok(TermChange::Removed);
        }
        let free = self.terms.iter_mut().find(|term| term.is_none());
        Ok(match free {
            Some(free) => {
                *free = Some(matcher);
                TermChange::Added
            }
            None => TermChange::Refused,
        })
    }

    /// Highlights nothing.
    pub(in crate::panes::logs) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The terms with their numbers.
    pub fn terms(&self) -> impl Iterator<Item = (usize, &str)> {
        let terms = self.terms.iter().enumerate();
        terms.filter_map(|(number, term)| Some((number, term.as_ref()?.pattern())))
    }

    /// Where what is searched for and the terms are in a text, in bytes, from left to right without overlap: where several
    /// are, the search wins, then the term that was there first.
    pub(super) fn ranges(
        &self,
        search: Option<&Matcher>,
        text: &str,
    ) -> Vec<(Range<usize>, SetApart)> {
        let mut found: Vec<(Range<usize>, SetApart)> = Vec::new();
        let terms = self.terms.iter().enumerate();
        let terms = terms.filter_map(|(at, term)| Some((term.as_ref()?, SetApart::Term(at))));
        let search = search.map(|search| (search, SetApart::Search));
        for (matcher, apart) in search.into_iter().chain(terms) {
            let before = found.len();
            for range in matcher.ranges(text) {
                let is_free = |(other, _): &(Range<usize>, SetApart)| {
                    range.end <= other.start || other.end <= range.start
                };
                let known = found.get(..before).unwrap_or_default();
                if known.iter().all(is_free) {
                    found.push((range, apart));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_added_and_taken_back() {
        let mut terms = Highlights::default();
        for term in ["a", "b", "c", "d", "e", "f"] {
            assert_eq!(terms.toggle(term).unwrap(), TermChange::Added);
        }
        assert_eq!(terms.toggle("g").unwrap(), TermChange::Refused);
        assert_eq!(terms.toggle("b").unwrap(), TermChange::Removed);
        assert_eq!(terms.toggle("g").unwrap(), TermChange::Added);
        assert_eq!(terms.terms().nth(1), Some((1, "g")));
        assert!(terms.toggle("(").is_err());
        terms.clear();
        assert_eq!(terms.terms().count(), 0);
    }

    #[test]
    fn the_search_wins_over_a_term_and_an_earlier_term_over_a_later_one() {
        let mut terms = Highlights::default();
        terms.toggle("time-out").unwrap();
        terms.toggle("out|id").unwrap();
        let search = Matcher::regex("id 7").unwrap();
        let found = terms.ranges(Some(&search), "time-out of id 7, out");
        let expected = [
            (0..8, SetApart::Term(0)),
            (12..16, SetApart::Search),
            (18..21, SetApart::Term(1)),
        ];
        assert_eq!(found, expected);
    }
}
