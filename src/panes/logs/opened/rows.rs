//! The lines of an event as rows of the screen: wrapped, or each on one row that can be scrolled sideways.

use std::ops::Range;

use super::OpenedEvent;
use crate::logs::{DetailLine, LineKind};
use crate::panes::logs::tail::columns;
use crate::text;

/// Columns a text must have beside its key to begin there.
const LEAST: usize = 8;

/// A part of a line, on a row of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinePart {
    /// The line.
    pub(super) line: usize,
    /// Whether the line, and so its key, begins here.
    is_first: bool,
    /// The bytes of its text.
    bytes: Range<usize>,
}

/// A row of the screen, safe to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRow {
    /// Columns left free before it.
    pub indent: usize,
    /// Its key with a colon; empty where there is none or it is out of sight.
    pub key: String,
    /// The text; a little more than fits where the line is cut.
    pub text: String,
    /// What it is of.
    pub kind: LineKind,
    /// How many members are folded away below it.
    pub folded: Option<usize>,
}

/// The rows of a line of an event in so many columns.
pub(super) fn parts(number: usize, line: &DetailLine, wrap: bool, columns: usize) -> Vec<LinePart> {
    let part = |bytes: Range<usize>, is_first: bool| LinePart {
        line: number,
        is_first,
        bytes,
    };
    if !wrap {
        return vec![part(0..line.text.len(), true)];
    }
    let room = columns.saturating_sub(indent(line, columns));
    let beside = room.saturating_sub(text::width(&label(line)));
    let fits = beside >= LEAST || text::width(&line.text) <= beside;
    let first = if fits { beside } else { 0 };
    let parts = columns::parts(&line.text, first, room).into_iter();
    parts
        .enumerate()
        .map(|(at, bytes)| part(bytes, at == 0))
        .collect()
}

impl OpenedEvent {
    /// The rows from one on that are seen, at most so many.
    pub fn rows(&self, from: usize, most: usize) -> impl Iterator<Item = OpenedRow> {
        let parts = self.parts.iter().skip(from).take(most);
        parts.filter_map(|part| self.row(part))
    }

    fn row(&self, part: &LinePart) -> Option<OpenedRow> {
        let line = self.detail.lines.get(part.line)?;
        let text = line.text.get(part.bytes.clone()).unwrap_or_default();
        let mut key = if part.is_first {
            label(line)
        } else {
            String::new()
        };
        // One column more than there is tells whoever draws that the line goes on.
        let (mut from, mut room) = (0, usize::MAX);
        if !self.wrap {
            from = self.sideways.saturating_sub(text::width(&key));
            room = self.columns + 1;
            key = columns::clip(&key, self.sideways, room).of(&key);
        }
        let folded = match line.kind {
            LineKind::Opening { members, .. } if self.folded.contains(&part.line) => Some(members),
            _ => None,
        };
        Some(OpenedRow {
            indent: indent(line, self.columns),
            key,
            text: columns::clip(text, from, room).of(text),
            kind: line.kind,
            folded,
        })
    }
}

/// The key of a line with a colon.
fn label(line: &DetailLine) -> String {
    let key = line.key.as_ref();
    key.map_or_else(String::new, |key| format!("{key}: "))
}

/// The columns before a line: two for each level, at most half of those there are.
fn indent(line: &DetailLine, columns: usize) -> usize {
    1 + (line.depth * 2).min(columns / 2)
}
