//! Finding names by a few of their letters.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The places of the names that have the letters of every word in order, the best first; small letters find capitals
/// too, and every sign means itself. All of them in their order when there are no words.
#[must_use]
pub fn fuzzy<'n>(words: &str, names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let pattern = Pattern::new(
        words,
        CaseMatching::Smart,
        Normalization::Smart,
        AtomKind::Fuzzy,
    );
    let mut matcher = Matcher::new(Config::DEFAULT.match_paths());
    let mut letters = Vec::new();
    let mut scored: Vec<(Reverse<u32>, usize)> = names
        .enumerate()
        .filter_map(|(at, name)| {
            let score = pattern.score(Utf32Str::new(name, &mut letters), &mut matcher)?;
            Some((Reverse(score), at))
        })
        .collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::fuzzy;

    #[test]
    fn letters_in_order_find_a_name_and_the_best_comes_first() {
        let names = ["Wrap long lines, or not", "Next error", "Previous error"];
        let found = |words| fuzzy(words, names.into_iter());
        assert_eq!(found(""), [0, 1, 2]);
        assert_eq!(found("perr"), [2]);
        assert_eq!(found("error next"), [1]);
        assert!(found("WRAP").is_empty());
        assert_eq!(found("wll"), [0]);
        assert!(found("!error").is_empty(), "no sign means anything");
    }
}
