//! Breaks text into lines, one at a time: what nobody asks for is not looked at.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::prose;

/// Breaks text at spaces into lines of at most `columns` columns; longer words are cut into pieces. Looks at a line's text
/// when the line is asked for, and at nothing twice but a word that goes to the next line.
pub fn wrap(words: &str, columns: usize) -> impl Iterator<Item = String> {
    let columns = columns.max(1);
    let mut rest = words;
    std::iter::from_fn(move || {
        let (mut line, mut used) = (String::new(), 0);
        loop {
            rest = rest.trim_start();
            let gap = usize::from(!line.is_empty());
            let Some(room) = columns.checked_sub(used + gap).filter(|_| !rest.is_empty()) else {
                return (!line.is_empty()).then_some(line);
            };
            let word = WrappedWord::of(rest.graphemes(true), room, gap == 0);
            if !word.fits && gap > 0 {
                return Some(line);
            }
            let (taken, after) = rest.split_at_checked(word.bytes).unwrap_or((rest, ""));
            rest = after;
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(taken);
            used += gap + word.columns;
            if !word.fits {
                return Some(line);
            }
        }
    })
}

/// Bytes of one text that are looked at for a frame: a screen shows far fewer.
const LONGEST: usize = 64 << 10;

/// The text as it can be shown: without control characters; of one that is longer than any screen, its beginning.
#[must_use]
pub fn plain(words: &str) -> String {
    let end = words.floor_char_boundary(LONGEST);
    let (beginning, _) = words.split_at_checked(end).unwrap_or((words, ""));
    prose(beginning).into_owned()
}

/// How many rows words take in this many columns, broken at spaces; `most` at most.
#[must_use]
pub fn height_of(words: &str, columns: u16, most: u16) -> u16 {
    let words = plain(words);
    let rows = wrap(&words, usize::from(columns)).take(usize::from(most));
    u16::try_from(rows.count()).unwrap_or(most)
}

/// As much of a word as there is room for.
#[derive(Debug, PartialEq, Eq)]
struct WrappedWord {
    bytes: usize,
    columns: usize,
    /// Whether that is all of it.
    fits: bool,
}

impl WrappedWord {
    /// A word at the beginning of a line gets one grapheme on it, however wide that is.
    fn of<'a>(graphemes: impl Iterator<Item = &'a str>, room: usize, begins: bool) -> Self {
        let mut word = Self {
            bytes: 0,
            columns: 0,
            fits: true,
        };
        for grapheme in graphemes {
            // A mark may hang on the space behind the word, and a space on the sign before it.
            let letters = grapheme
                .split(char::is_whitespace)
                .next()
                .unwrap_or_default();
            let columns = letters.width();
            if word.columns + columns > room && (word.bytes > 0 || !begins) {
                word.fits = false;
                return word;
            }
            word.bytes += letters.len();
            word.columns += columns;
            if letters.len() < grapheme.len() {
                return word;
            }
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;
    use crate::text::width;

    fn lines(words: &str, columns: usize) -> Vec<String> {
        wrap(words, columns).collect()
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(lines("a abcdefgh ij", 4), ["a", "abcd", "efgh", "ij"]);
        assert_eq!(lines("  a\n\tb  ", 9), ["a b"]);
        assert!(lines("", 5).is_empty());
    }

    #[test]
    fn what_is_wider_than_the_column_is_not_lost() {
        assert_eq!(lines("漢字", 1), ["漢", "字"]);
        assert_eq!(lines("ab", 0), ["a", "b"]);
    }

    #[test]
    fn of_a_word_without_end_no_more_is_looked_at_than_has_room() {
        let looked_at = Cell::new(0);
        let endless = std::iter::repeat("x").inspect(|_| looked_at.set(looked_at.get() + 1));
        let word = WrappedWord::of(endless, 80, true);
        assert_eq!((word.bytes, word.columns, word.fits), (80, 80, false));
        assert_eq!(looked_at.get(), 81);
    }

    #[test]
    fn a_message_of_a_megabyte_without_a_blank_is_as_many_lines_as_it_fills() {
        let message = "x".repeat(1 << 20);
        assert!(wrap(&message, 80).take(4).all(|line| line.len() == 80));
        assert_eq!(wrap(&message, 80).count(), message.len().div_ceil(80));
    }

    proptest! {
        #[test]
        fn a_wrapped_line_is_never_wider_than_its_column(words in "[a-zé漢 ]{0,60}", columns in 2usize..20) {
            for line in wrap(&words, columns) {
                prop_assert!(width(&line) <= columns, "{line:?}");
            }
        }

        #[test]
        fn nothing_but_white_space_is_lost(words in "[a-zé漢 \u{301}\u{600}\n]{0,60}", columns in 1usize..20) {
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&lines(&words, columns).concat()), squeezed(&words));
        }
    }
}
