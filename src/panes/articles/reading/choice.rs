//! A row chosen out of several, which a filter narrows to those that have all its words.

use crate::panes::filter::matches_words;

/// A row chosen out of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the filter looks at, one a row; never empty.
    texts: Vec<String>,
    filter: String,
    /// The rows the filter lets through, ascending.
    shown: Vec<usize>,
    /// The chosen row; the first of those shown while it is not among them.
    at: usize,
}

impl Choice {
    /// A choice among rows of these texts; none when there are no rows.
    pub(super) fn new(at: usize, texts: Vec<String>) -> Option<Self> {
        (!texts.is_empty()).then(|| Self {
            shown: (0..texts.len()).collect(),
            filter: String::new(),
            texts,
            at,
        })
    }

    /// The words every shown row has.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The rows the filter lets through, by their numbers among all, ascending.
    #[must_use]
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// Where the chosen row stands among those shown.
    #[must_use]
    pub fn position(&self) -> usize {
        self.shown.binary_search(&self.at).unwrap_or_default()
    }

    /// The chosen row, by its number among all; none while the filter lets none through.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.shown.get(self.position()).copied()
    }

    /// Moves by a number of rows; it stops at the ends.
    pub(in crate::panes::articles) fn step(&mut self, rows: isize) {
        let last = self.shown.len().saturating_sub(1);
        let there = self.position().saturating_add_signed(rows).min(last);
        self.at = self.shown.get(there).copied().unwrap_or(self.at);
    }

    /// Shows only the rows that have every word of a filter.
    pub(in crate::panes::articles) fn narrow(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        let rows = self.texts.iter().enumerate();
        let shown = rows.filter(|(_, text)| matches_words(text, filter));
        self.shown = shown.map(|(row, _)| row).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    fn choice() -> Choice {
        let texts = ["one two", "two three", "three", "two"];
        let texts = texts.map(str::to_owned).to_vec();
        Choice::new(2, texts).unwrap()
    }

    #[test]
    fn a_filter_narrows_the_rows_and_gives_the_chosen_one_back() {
        let mut choice = choice();
        choice.narrow("Two");
        assert_eq!(choice.shown(), [0, 1, 3]);
        assert_eq!(choice.chosen(), Some(0), "the chosen one is not shown");
        choice.narrow("");
        assert_eq!(choice.chosen(), Some(2));
    }

    #[test]
    fn a_move_chooses_among_the_rows_shown() {
        let mut choice = choice();
        choice.narrow("two");
        choice.step(9);
        assert_eq!((choice.chosen(), choice.position()), (Some(3), 2));
        choice.step(-1);
        assert_eq!(choice.chosen(), Some(1));
        choice.narrow("zebra");
        choice.step(1);
        assert_eq!((choice.chosen(), choice.position()), (None, 0));
        assert!(Choice::new(0, Vec::new()).is_none());
    }
}
