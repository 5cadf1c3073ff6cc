//! Cuts text to columns, and remembers which bytes are where.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text;

/// A part of a text that fits on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::panes::logs) struct TextPiece {
    /// The bytes of the text.
    pub(in crate::panes::logs) bytes: Range<usize>,
    /// Spaces before it, for the half of a wide character that was cut.
    pub(super) pad: usize,
}

impl TextPiece {
    /// The part of the text it was cut from.
    pub(in crate::panes::logs) fn of(&self, words: &str) -> String {
        let words = words.get(self.bytes.clone()).unwrap_or_default();
        format!("{}{words}", " ".repeat(self.pad))
    }
}

/// The part of a text that is on the screen when its first `from` columns are not.
pub(in crate::panes::logs) fn clip(words: &str, from: usize, columns: usize) -> TextPiece {
    let (mut start, mut pad, mut column) = (words.len(), 0, 0);
    let mut end = words.len();
    let until = from.saturating_add(columns);
    for (at, letter) in words.grapheme_indices(true) {
        let after = column + text::width(letter);
        if column < from && after > from {
            // A wide character in half.
            start = at + letter.len();
            pad = after - from;
        } else if column >= from && start == words.len() {
            start = at;
        }
        if after > until {
            end = at;
            break;
        }
        column = after;
    }
    TextPiece {
        bytes: start.min(end)..end,
        pad: pad.min(columns),
    }
}

/// The columns that ranges of its bytes take in a text; the ranges are in order and do not overlap.
pub(super) fn spans(words: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut at, mut column) = (0, 0);
    let mut pass = |until: usize| {
        column += text::width(words.get(at..until).unwrap_or_default());
        at = until;
        column
    };
    let span = |range: &Range<usize>| pass(range.start)..pass(range.end);
    ranges.iter().map(span).collect()
}

/// The parts of a text, each on a line of its own: cut at line breaks and where a line is full.
pub(super) fn wrap(words: &str, columns: usize) -> Vec<TextPiece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for line in words.split('\n') {
        let parts = parts(line, columns.max(2), columns).into_iter();
        pieces.extend(parts.map(|bytes| TextPiece {
            bytes: at + bytes.start..at + bytes.end,
            pad: 0,
        }));
        at += line.len() + 1;
    }
    pieces
}

/// The parts of a text without line breaks, in bytes: the first fits in `first` columns, the others in `columns`, of
/// which there are two at least.
pub(in crate::panes::logs) fn parts(line: &str, first: usize, columns: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut used, mut room) = (0, 0, first);
    for (place, letter) in line.grapheme_indices(true) {
        let width = text::width(letter);
        if used + width > room {
            parts.push(start..place);
            (start, used, room) = (place, 0, columns.max(2));
        }
        used += width;
    }
    parts.push(start..line.len());
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clipped(words: &str, from: usize, columns: usize) -> String {
        clip(words, from, columns).of(words)
    }

    #[test]
    fn a_text_is_cut_on_both_sides() {
        assert_eq!(clipped("abcdef", 0, 3), "abc");
        assert_eq!(clipped("abcdef", 2, 3), "cde");
        assert_eq!(clipped("abcdef", 4, 9), "ef");
        assert_eq!(clipped("abcdef", 9, 9), "");
        assert_eq!(clipped("日本語", 1, 4), " 本");
        assert_eq!(clipped("日本語", 2, 4), "本語");
    }

    #[test]
    fn a_text_is_wrapped_at_breaks_and_edges() {
        let words = "abcdef\n\ngh";
        let lines: Vec<&str> = wrap(words, 4)
            .iter()
            .map(|piece| &words[piece.bytes.clone()])
            .collect();
        assert_eq!(lines, ["abcd", "ef", "", "gh"]);
        assert_eq!(wrap("", 4).len(), 1);
    }

    #[test]
    fn ranges_of_bytes_become_columns() {
        let words = "日本 ab 日b";
        let ranges: Vec<Range<usize>> = words
            .match_indices('b')
            .map(|(at, it)| at..at + it.len())
            .collect();
        assert_eq!(spans(words, &ranges), [6..7, 10..11]);
        assert_eq!(spans(words, &ranges[1..]).first(), Some(&(10..11)));
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_columns(words in "[a-z日\u{301}🚀 ]{0,30}", from in 0usize..20, columns in 2usize..12) {
            prop_assert!(text::width(&clipped(&words, from, columns)) <= columns);
            for piece in wrap(&words, columns) {
                prop_assert!(text::width(&words[piece.bytes]) <= columns);
            }
        }

        #[test]
        fn wrapping_loses_nothing(words in "[a-z日🚀\n]{0,30}", columns in 2usize..12) {
            let joined: String = wrap(&words, columns).iter().map(|piece| &words[piece.bytes.clone()]).collect();
            prop_assert_eq!(joined, words.replace('\n', ""));
        }
    }
}
