//! Breaks text into lines: at spaces, between ideographs, behind dashes; in the middle of what is wider than the page.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text;

/// The bytes of each line of `text` at most `width` columns wide, without the spaces at the breaks.
///
/// `\n` always breaks. `width` is at least 2.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Lines {
        width,
        ..Lines::default()
    };
    let mut begin = 0;
    for line in text.split('\n') {
        lines.begin(begin);
        let mut at = begin;
        for word in line.split(' ') {
            lines.word(word, at);
            at += word.len() + 1;
        }
        lines.end();
        begin += line.len() + 1;
    }
    lines.done
}

/// The widest part of `text` that is not broken, if the page is wide enough.
pub(super) fn widest_word(text: &str) -> usize {
    let words = text.split([' ', '\n']);
    words
        .flat_map(|word| atoms(word).map(|(_, columns)| columns))
        .max()
        .unwrap_or(0)
}

/// Lines being filled.
#[derive(Debug, Default)]
struct Lines {
    width: usize,
    done: Vec<Range<usize>>,
    line: Range<usize>,
    used: usize,
}

impl Lines {
    fn begin(&mut self, at: usize) {
        self.line = at..at;
        self.used = 0;
    }

    fn end(&mut self) {
        self.done.push(self.line.clone());
    }

    fn word(&mut self, word: &str, at: usize) {
        // Words may be more than one space apart, and a line may begin with spaces.
        let mut space = at.saturating_sub(self.line.end);
        for (range, columns) in atoms(word) {
            let part = word.get(range.clone()).unwrap_or_default();
            self.atom(part, at + range.start, columns, space);
            space = 0;
        }
    }

    /// Adds what is not broken, with so many spaces before it.
    fn atom(&mut self, part: &str, at: usize, columns: usize, space: usize) {
        if self.used + space + columns <= self.width {
            self.line.end = at + part.len();
            self.used += space + columns;
            return;
        }
        if !self.line.is_empty() {
            self.end();
        }
        self.begin(at);
        if columns <= self.width {
            self.line = at..at + part.len();
            self.used = columns;
        } else {
            self.break_up(part, at);
        }
    }

    /// Breaks up what is wider than the page: where an address has a joint, if that leaves no short line.
    fn break_up(&mut self, part: &str, at: usize) {
        let mut joint = None;
        let mut offset = 0;
        for piece in part.graphemes(true).flat_map(characters) {
            let columns = piece.width();
            if self.used + columns > self.width && self.used > 0 {
                let cut = match joint.take() {
                    Some((cut, used)) if used * 2 > self.width => cut,
                    _ => at + offset,
                };
                let behind = part.get(cut - at..offset).unwrap_or_default();
                self.line.end = cut;
                self.end();
                self.begin(cut);
                self.used = text::width(behind);
            }
            offset += piece.len();
            self.used += columns;
            self.line.end = at + offset;
            if matches!(
                piece,
                "/" | "?" | "&" | "=" | "-" | "." | "_" | "," | ";" | ":" | "|"
            ) {
                joint = Some((at + offset, self.used));
            }
        }
    }
}

/// A grapheme, or its characters when it is wider than any should be.
pub(super) fn characters(grapheme: &str) -> impl Iterator<Item = &str> {
    let step = match grapheme.width() {
        ..=2 => grapheme.len(),
        _ => 1,
    };
    let mut rest = grapheme;
    std::iter::from_fn(move || {
        let cut = (step..=rest.len()).find(|&at| at > 0 && rest.is_char_boundary(at))?;
        let (piece, after) = rest.split_at_checked(cut)?;
        rest = after;
        Some(piece)
    })
}

/// The parts of a word that are not broken: their bytes and columns.
fn atoms(word: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let whole = word.is_ascii();
    let mut graphemes = word.grapheme_indices(true).peekable();
    let mut done = word.is_empty();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        if whole {
            done = true;
            return Some((0..word.len(), text::width(word)));
        }
        let (start, mut last) = graphemes.next()?;
        let mut columns = last.width();
        while let Some((_, next)) = graphemes.next_if(|(_, next)| !may_break(last, next)) {
            columns += next.width();
            last = next;
        }
        let end = graphemes.peek().map_or(word.len(), |(at, _)| *at);
        Some((start..end, columns))
    })
}

/// Whether a line may end between two graphemes of a word.
fn may_break(before: &str, after: &str) -> bool {
    if after.chars().all(char::is_whitespace) {
        return false;
    }
    if matches!(before, "—" | "…") {
        return !matches!(after, "—" | "…" | "”" | "’" | ")" | "." | ",");
    }
    (is_wide(before) || is_wide(after)) && !opens(before) && !closes(after)
}

/// Ideographs, kana, Hangul, emoji: scripts without spaces. What only its marks make wide is a part of a word.
fn is_wide(grapheme: &str) -> bool {
    let first = grapheme.chars().next().and_then(UnicodeWidthChar::width);
    first == Some(2) || (grapheme.contains('\u{fe0f}') && grapheme.width() == 2)
}

/// Characters that never end a line.
const OPENING: &str = "（「『【《〈〔［｛“‘([{\"'#$";

/// Characters that never begin a line.
const CLOSING: &str = "。，、．！？：；）」』】》〉〕］｝”’…—ー々・％,.!?:;)]}\"'%";

fn opens(grapheme: &str) -> bool {
    OPENING.contains(grapheme)
}

fn closes(grapheme: &str) -> bool {
    CLOSING.contains(grapheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        let lines = wrap(text, width);
        lines.into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn every_space_within_a_line_takes_its_column() {
        assert_eq!(wrapped("ab  cd ef", 6), ["ab  cd", "ef"]);
        assert_eq!(wrapped("ab   cd ef", 6), ["ab", "cd ef"]);
        assert_eq!(wrapped("  ab cd", 6), ["  ab", "cd"]);
        assert_eq!(wrapped("   abcdefgh", 6), ["abcdef", "gh"]);
        assert_eq!(wrapped("a\n  b", 6), ["a", "  b"]);
    }

    #[test]
    fn words_with_spacing_marks_are_not_broken() {
        assert_eq!(wrapped("क्षत्रिय स्वतन्त्रता", 12), ["क्षत्रिय", "स्वतन्त्रता"]);
        assert_eq!(wrapped("जिसमें விடுதலை", 9), ["जिसमें", "விடுதலை"]);
    }

    #[test]
    fn ideographs_break_anywhere_but_before_what_closes() {
        assert_eq!(wrapped("红楼梦。", 6), ["红楼", "梦。"]);
        assert_eq!(wrapped("「红楼」", 6), ["「红", "楼」"]);
    }
}
