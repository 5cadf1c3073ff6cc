//! One event in detail: its facts, and its text as lines or as a JSON document that can be folded.

mod tree;

pub use tree::{Kind, Node, Tree};

use crate::text;

/// An event that is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The text as it came.
    raw: String,
    /// The text to look at.
    pub body: Body,
    /// The line under the cursor.
    pub cursor: usize,
    /// Whether long lines are wrapped.
    pub wrap: bool,
    /// Columns left of the screen.
    pub sideways: usize,
}

/// The text of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Lines, safe to draw.
    Text(Vec<String>),
    /// What stood before the document, safe to draw, and the document.
    Json(String, Tree),
}

impl Detail {
    /// Looks at a text.
    pub(super) fn of(raw: String, wrap: bool) -> Self {
        let body = Body::of(&raw);
        Self {
            raw,
            body,
            cursor: 0,
            wrap,
            sideways: 0,
        }
    }

    /// How many lines there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        match &self.body {
            Body::Text(lines) => lines.len(),
            Body::Json(_, tree) => tree.count(),
        }
    }

    /// Moves the cursor; it stops at the ends.
    pub(super) fn step(&mut self, lines: isize) {
        let last = self.count().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(lines).min(last);
    }

    /// Scrolls sideways by a number of columns.
    pub(super) const fn scroll(&mut self, columns: isize) {
        self.sideways = self.sideways.saturating_add_signed(columns);
    }

    /// Folds or unfolds what is under the cursor.
    pub(super) fn fold(&mut self) {
        if let Body::Json(_, tree) = &mut self.body {
            self.cursor = tree.fold(self.cursor);
        }
    }

    /// The whole text as it came.
    pub(super) fn whole(&self) -> &str {
        &self.raw
    }

    /// The value under the cursor, as it came.
    pub(super) fn value(&self) -> Option<&str> {
        match &self.body {
            Body::Text(_) => self.raw.lines().nth(self.cursor),
            Body::Json(_, tree) => tree.value(self.cursor),
        }
    }

    /// The path of the value under the cursor; `None` for what is no JSON.
    pub(super) fn path(&self) -> Option<String> {
        match &self.body {
            Body::Text(_) => None,
            Body::Json(_, tree) => tree.path(self.cursor),
        }
    }

    /// A regular expression for rows with the value under the cursor.
    pub(super) fn pattern(&self) -> Option<String> {
        match &self.body {
            Body::Text(lines) => {
                let line = lines.get(self.cursor)?.trim();
                (!line.is_empty()).then(|| regex::escape(line))
            }
            Body::Json(_, tree) => tree.pattern(self.cursor),
        }
    }
}

impl Body {
    fn of(raw: &str) -> Self {
        match document(raw) {
            Some((before, value)) => {
                let before = text::neutralise(before.trim_end()).into_owned();
                Self::Json(before, Tree::of(&value))
            }
            None => {
                let safe = text::neutralise_lines(raw);
                Self::Text(safe.lines().map(str::to_owned).collect())
            }
        }
    }
}

/// The JSON object or list the text ends with, and what stands before it. Lambda's runtimes put time, request id and
/// level before a logged object.
fn document(raw: &str) -> Option<(&str, serde_json::Value)> {
    let start = raw.find(['{', '['])?;
    let (before, rest) = (raw.get(..start)?, raw.get(start..)?);
    if let Ok(value) = serde_json::from_str(rest) {
        return Some((before, value));
    }
    // A bracket of the words before, as in `[INFO] {"a": 1}`.
    let brace = raw.find('{').filter(|&brace| brace > start)?;
    let value = serde_json::from_str(raw.get(brace..)?).ok()?;
    Some((raw.get(..brace)?, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_behind_what_a_runtime_writes_before_it() {
        let cases = [
            ("{\"a\":1}\n", ""),
            (
                "2026-11-21T10:00:00Z\tid\tINFO\t{\"a\":1}",
                "2026-11-21T10:00:00Z    id    INFO",
            ),
            ("[INFO] {\"a\":1}", "[INFO]"),
        ];
        for (raw, before) in cases {
            let Body::Json(found, tree) = Detail::of(raw.to_owned(), false).body else {
                panic!("{raw}");
            };
            assert_eq!((found.as_str(), tree.count()), (before, 2));
        }
    }

    #[test]
    fn what_is_no_whole_document_stays_text() {
        for raw in ["plain", "{broken", "{\"a\":1} and more", "INFO [x", "3"] {
            let detail = Detail::of(raw.to_owned(), false);
            assert_eq!(detail.body, Body::Text(vec![raw.to_owned()]), "{raw}");
        }
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(matches!(Detail::of(deep, false).body, Body::Text(_)));
    }

    #[test]
    fn the_value_of_a_line_of_text_is_the_line_as_it_came() {
        let mut detail = Detail::of("first\n\u{1b}[31msecond\u{1b}[0m\nthird".to_owned(), false);
        detail.step(1);
        assert_eq!(detail.value(), Some("\u{1b}[31msecond\u{1b}[0m"));
        assert_eq!(detail.pattern().as_deref(), Some("second"));
        assert_eq!(detail.path(), None);
        detail.step(99);
        assert_eq!(detail.cursor, 2);
    }
}
