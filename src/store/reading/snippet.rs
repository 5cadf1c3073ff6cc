//! The piece of a text around the words that were searched for.
//!
//! Words are compared without case and accents, nearly as the index does; where both differ only the highlight suffers.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::unparted::is_unparted;
use crate::articles::{SearchQuery, SearchTerm, Snippet};

/// Characters of a snippet, about two lines of a list.
const LENGTH: usize = 160;
/// Characters before the first hit.
const LEAD: usize = 40;

/// A word that is looked for, folded, and whether it may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryWord {
    text: String,
    open: bool,
}

/// The words of a query that can be in a text; those asked of title or author alone are not looked for there.
pub(super) fn words(query: &SearchQuery) -> Vec<QueryWord> {
    let mut words = Vec::new();
    for term in &query.terms {
        let SearchTerm::Anywhere { words: text, open } = term else {
            continue;
        };
        let first = words.len();
        let mut tokens = Tokens::of(text);
        while let Some((_, token)) = tokens.next() {
            let text = token.to_owned();
            words.push(QueryWord { text, open: false });
        }
        if let Some(last) = words.get_mut(first..).and_then(<[QueryWord]>::last_mut) {
            last.open = *open;
        }
    }
    words
}

/// The first place of a text where a word stands, one line of it; the beginning of the text where none does.
pub(super) fn cut(text: &str, words: &[QueryWord]) -> Snippet {
    let first = hits(text, words).next();
    let start = first.map_or(0, |hit| back(text, hit.start, LEAD));
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .char_indices()
        .nth(LENGTH)
        .map_or(rest.len(), |(at, _)| at);
    let text = one_line(rest.get(..end).unwrap_or_default());
    let hits = hits(&text, words).collect();
    Snippet { text, hits }
}

/// Where the words stand in a text.
fn hits(text: &str, words: &[QueryWord]) -> impl Iterator<Item = Range<usize>> {
    // Without a word there is nothing to look for, in however long a text.
    let mut tokens = Tokens::of(if words.is_empty() { "" } else { text });
    std::iter::from_fn(move || {
        loop {
            let (place, token) = tokens.next()?;
            if let Some(hit) = hit(token, words) {
                // A folded word may be shorter than it is written: then all of it is shown.
                let is_as_written = token.len() == place.len();
                return Some(if is_as_written {
                    place.start + hit.start..place.start + hit.end
                } else {
                    place
                });
            }
        }
    })
}

/// What of a word is looked for: all of it, or the part that stands in a row of characters without blanks.
fn hit(token: &str, words: &[QueryWord]) -> Option<Range<usize>> {
    words.iter().find_map(|word| {
        if word.text.contains(is_unparted) {
            let start = token.find(&word.text)?;
            return Some(start..start + word.text.len());
        }
        let is_hit = token == word.text || (word.open && token.starts_with(&word.text));
        is_hit.then_some(0..token.len())
    })
}

/// The start of the word that begins at most `most` characters before `at`.
fn back(text: &str, at: usize, most: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let Some((start, _)) = before.char_indices().rev().take(most).last() else {
        return at;
    };
    if start == 0 {
        return 0;
    }
    let lead = before.get(start..).unwrap_or_default();
    let blank = lead.char_indices().find(|(_, c)| c.is_whitespace());
    blank.map_or(at, |(blank, c)| start + blank + c.len_utf8())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a text, folded, each with its place. One after the other in one buffer: a text has thousands.
struct Tokens<'a> {
    characters: Peekable<CharIndices<'a>>,
    token: String,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            characters: text.char_indices().peekable(),
            token: String::new(),
        }
    }

    fn next(&mut self) -> Option<(Range<usize>, &str)> {
        while self.characters.next_if(|(_, c)| !is_part(*c)).is_some() {}
        let &(start, _) = self.characters.peek()?;
        let mut end = start;
        self.token.clear();
        while let Some((at, c)) = self.characters.next_if(|(_, c)| is_part(*c)) {
            end = at + c.len_utf8();
            fold(c, &mut self.token);
        }
        Some((start..end, &self.token))
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters with an accent, and what they are without.
const ACCENTED: &str =
    "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżž";
const PLAIN: &str =
    "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzz";

fn fold(c: char, token: &mut String) {
    if c.is_ascii() {
        token.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase().filter(|c| !is_mark(*c)) {
        let mut pairs = ACCENTED.chars().zip(PLAIN.chars());
        token.push(
            pairs
                .find(|(accented, _)| *accented == lower)
                .map_or(lower, |(_, plain)| plain),
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn looking_for(query: &str) -> Vec<QueryWord> {
        words(&SearchQuery::parse(query).unwrap())
    }

    fn hits(snippet: &Snippet) -> Vec<&str> {
        snippet
            .hits
            .iter()
            .map(|range| &snippet.text[range.clone()])
            .collect()
    }

    #[test]
    fn the_snippet_begins_shortly_before_the_first_hit() {
        let text = format!(
            "{} Müller measures\nthe cold start, and Muller again.",
            "filler ".repeat(100)
        );
        let snippet = cut(&text, &looking_for("muller \"cold start\""));
        assert_eq!(hits(&snippet), ["Müller", "cold", "start", "Muller"]);
        assert!(snippet.text.starts_with("filler"), "{snippet:?}");
        assert!(!snippet.text.contains('\n'));
    }

    #[test]
    fn only_the_word_that_is_still_typed_may_go_on() {
        let snippet = cut("lambda lambdas cold colder", &looking_for("lambda col"));
        assert_eq!(hits(&snippet), ["lambda", "cold", "colder"]);
        assert_eq!(cut("none of it", &looking_for("else")).text, "none of it");
    }

    #[test]
    fn a_word_is_shown_within_a_row_of_characters_without_blanks() {
        let snippet = cut("新しいバッチの見張り方", &looking_for("バッチ"));
        assert_eq!(hits(&snippet), ["バッチ"]);
    }

    #[test]
    fn every_accented_letter_has_its_plain_one() {
        assert_eq!(ACCENTED.chars().count(), PLAIN.chars().count());
        let mut tokens = Tokens::of("ČESKÝ ŻÓŁĆ e\u{301}t");
        let mut folded = Vec::new();
        while let Some((_, token)) = tokens.next() {
            folded.push(token.to_owned());
        }
        assert_eq!(folded, ["cesky", "zołc", "et"]);
    }

    proptest! {
        #[test]
        fn hits_are_inside_the_text(text in ".{0,300}", query in "[a-e]{1,2}") {
            let snippet = cut(&text, &looking_for(&query));
            for range in &snippet.hits {
                prop_assert!(snippet.text.get(range.clone()).is_some());
            }
            prop_assert!(snippet.text.chars().count() <= LENGTH);
        }
    }
}
