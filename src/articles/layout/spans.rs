//! The pieces of a line: those of the author's text, and what the program adds.

use std::ops::Range;

use crate::articles::body::{Flow, TextRun};
use crate::articles::{TextRole, TextSpan};
use crate::text;

/// The spans of a stretch of text.
pub(super) fn spans(
    flow: &Flow,
    range: Range<usize>,
    look: impl Fn(TextRole) -> TextRole,
) -> Vec<TextSpan> {
    let pieces = flow.pieces(range.start, range.end);
    let span = |(text, run): (&str, TextRun)| TextSpan {
        text: text.replace('\u{a0}', " "),
        role: look(run.role),
        link: run.link,
    };
    pieces.map(span).collect()
}

/// What the program adds.
pub(super) fn frame(text: impl Into<String>) -> TextSpan {
    TextSpan {
        text: text.into(),
        role: TextRole::Frame,
        link: None,
    }
}

/// How many columns spans take side by side.
pub(super) fn columns(spans: &[TextSpan]) -> usize {
    spans.iter().map(|span| text::width(&span.text)).sum()
}
