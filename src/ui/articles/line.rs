//! One line of an article as pieces to draw: moved sideways if it is wide, its hits and looks by role.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::articles::{self, Line};
use crate::text;
use crate::theme::Role;
use crate::ui::painter::Piece;

/// The theme's role for how a piece of an article looks.
pub(super) const fn role(look: articles::TextRole) -> Role {
    use articles::TextRole as Look;
    match look {
        Look::Body => Role::Text,
        Look::Heading(_) => Role::Heading,
        Look::Strong => Role::Strong,
        Look::Emphasis => Role::Emphasis,
        Look::Deleted => Role::Deleted,
        Look::Link => Role::Link,
        Look::Keyboard | Look::Literal | Look::Formula(_) => Role::Literal,
        Look::Code | Look::CodeOperator => Role::Code,
        Look::CodeKeyword => Role::CodeKeyword,
        Look::CodeString => Role::CodeString,
        Look::CodeNumber => Role::CodeNumber,
        Look::CodeComment => Role::CodeComment,
        Look::CodeName => Role::CodeName,
        Look::CodeType => Role::CodeType,
        Look::CodeInserted => Role::CodeInserted,
        Look::CodeDeleted => Role::CodeDeleted,
        Look::Frame => Role::Muted,
    }
}

/// A hit on a line, and whether it is the one in front.
pub(super) type Marked = (Range<usize>, bool);

/// The pieces of a line. A wide one begins `left` columns to the right of its start.
pub(super) fn pieces(line: &Line, left: usize, hits: &[Marked]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(line.spans.len());
    let mut from = 0;
    for span in &line.spans {
        let to = from + span.text.len();
        split(&span.text, from, role(span.role), hits, &mut pieces);
        from = to;
    }
    if line.wide && left > 0 {
        return cut(&pieces, left);
    }
    pieces
}

/// Adds the pieces of a span that begins at a byte of its line.
fn split(text: &str, start: usize, look: Role, hits: &[Marked], pieces: &mut Vec<Piece>) {
    let mut done = 0;
    for (hit, front) in hits {
        let from = hit.start.saturating_sub(start).clamp(done, text.len());
        let to = hit.end.saturating_sub(start).clamp(from, text.len());
        if from == to {
            continue;
        }
        let found = if *front { Role::Selected } else { Role::Found };
        for (role, range) in [(look, done..from), (found, from..to)] {
            if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
                pieces.push((role, part.to_owned()));
            }
        }
        done = to;
    }
    if let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        pieces.push((look, rest.to_owned()));
    }
}

/// What is left of pieces when that many columns are taken off their left end; half a wide character leaves a blank.
fn cut(pieces: &[Piece], columns: usize) -> Vec<Piece> {
    let mut left = columns;
    let mut rest = Vec::new();
    for (role, words) in pieces {
        let width = text::width(words);
        if width <= left {
            left -= width;
            continue;
        }
        let mut kept = String::new();
        for grapheme in words.graphemes(true) {
            let width = text::width(grapheme);
            if left == 0 {
                kept.push_str(grapheme);
            } else if width > left {
                kept.push_str(&" ".repeat(width - left));
                left = 0;
            } else {
                left -= width;
            }
        }
        rest.push((*role, kept));
    }
    rest
}

/// The columns of a line.
pub(super) fn width(line: &Line) -> usize {
    line.spans.iter().map(|span| text::width(&span.text)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::TextSpan;

    fn line(wide: bool) -> Line {
        let span = |text: &str, role| TextSpan {
            text: text.to_owned(),
            role,
            link: None,
        };
        Line {
            spans: vec![
                span("let 漢 = ", articles::TextRole::CodeKeyword),
                span("cold start", articles::TextRole::Code),
            ],
            wide,
        }
    }

    fn texts(pieces: &[Piece]) -> Vec<&str> {
        pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn only_a_wide_line_moves_sideways_and_no_character_is_halved() {
        assert_eq!(
            texts(&pieces(&line(false), 5, &[])),
            ["let 漢 = ", "cold start"]
        );
        assert_eq!(texts(&pieces(&line(true), 5, &[])), ["  = ", "cold start"]);
        assert_eq!(texts(&pieces(&line(true), 9, &[])), ["cold start"]);
        assert!(pieces(&line(true), 90, &[]).is_empty());
    }

    #[test]
    fn a_hit_may_reach_over_two_looks() {
        let found = pieces(&line(false), 0, &[(8..15, true)]);
        assert_eq!(
            found,
            [
                (Role::CodeKeyword, "let 漢 ".to_owned()),
                (Role::Selected, "= ".to_owned()),
                (Role::Selected, "cold ".to_owned()),
                (Role::Code, "start".to_owned()),
            ]
        );
    }
}
