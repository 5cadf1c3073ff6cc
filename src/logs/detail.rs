//! The whole of one event, line by line: pretty JSON that can be folded, or plain text.
//!
//! Bounded: so many lines, so deep; what is beyond is said to be cut. Never recursive.

mod writer;

use std::borrow::Cow;

use super::FieldPath;
use super::field::PathStep;
use super::json::embedded;
use writer::DetailWriter;

/// Lines a detail has, at most.
const LINES: usize = 20_000;
/// Levels of nesting that are opened.
const DEPTH: usize = 64;

/// The whole of one event, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail {
    /// Its lines; at most 20,000.
    pub lines: Vec<DetailLine>,
    /// Whether lines were left out at the end.
    pub is_cut: bool,
}

/// One line of a detail, safe to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailLine {
    /// How deep it is nested.
    pub depth: usize,
    /// Its key, as it is shown before a colon; `None` in an array and in plain text.
    pub key: Option<String>,
    /// What it says: a value, or the bracket that opens or closes one. Holds no line break.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
    /// The line that opens the object or array it is in.
    parent: Option<usize>,
    /// Its step from there.
    step: Option<PathStep>,
    /// Of plain text, the number of the line it is in the text of the event, counted from 0.
    number: Option<usize>,
}

/// What a line of a detail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Plain text, or a further line of a string.
    Text,
    /// A string in JSON.
    String,
    /// A number, `true`, `false` or `null`.
    Plain,
    /// Opens an object or array with so many members; `closed_by` is the line that closes it, so that the lines in
    /// between can be folded.
    Opening {
        /// How many members it has.
        members: usize,
        /// The line that closes it.
        closed_by: usize,
    },
    /// Closes an object or array.
    Closing,
    /// An object or array that is empty, or nested too deep to be opened.
    Closed,
}

impl Detail {
    /// Lays out the text of an event: JSON where it is JSON, or ends with it; lines of text else.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut writer = DetailWriter::default();
        match embedded(text) {
            Some((before, value)) => {
                writer.text(before.trim_end());
                writer.value(value);
            }
            None => writer.text(text),
        }
        writer.finish()
    }

    /// The way to the field a line shows, for copying it and for filtering by it. `None` for plain text.
    #[must_use]
    pub fn path(&self, line: usize) -> Option<FieldPath> {
        let mut steps = Vec::new();
        let mut at = self.lines.get(line)?;
        loop {
            steps.extend(at.step.as_ref());
            match at.parent.and_then(|parent| self.lines.get(parent)) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        FieldPath::of(steps.into_iter().rev().cloned())
    }

    /// What a line shows as it came in the text of the event, for copying: the value of a field, of text the line.
    #[must_use]
    pub fn value<'a>(&self, line: usize, text: &'a str) -> Option<Cow<'a, str>> {
        if let Some(path) = self.path(line) {
            return path.raw_value_in(text);
        }
        let before = embedded(text).map(|(before, _)| before);
        match self.lines.get(line)?.number {
            Some(number) => lines(before.unwrap_or(text)).nth(number),
            None => text.get(before?.len()..),
        }
        .map(Cow::Borrowed)
    }
}

/// The lines of a text: they end with a line feed, a carriage return or both.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::{Detail, LineKind};

    fn drawn(text: &str) -> Vec<String> {
        let line = |line: &super::DetailLine| {
            let key = line
                .key
                .as_ref()
                .map_or(String::new(), |key| format!("{key}: "));
            format!("{}{key}{}", " ".repeat(line.depth), line.text)
        };
        Detail::of(text).lines.iter().map(line).collect()
    }

    #[test]
    fn json_is_laid_out() {
        let text = r#"{"a":1,"b":{"c":["x",{}],"d":null}}"#;
        let expected = [
            "{",
            " a: 1",
            " b: {",
            "  c: [",
            "   \"x\"",
            "   {}",
            "  ]",
            "  d: null",
            " }",
            "}",
        ];
        assert_eq!(drawn(text), expected);
    }

    #[test]
    fn text_before_json_stays_text() {
        let text = "2026-01-01T00:00:00Z\tINFO\t{\"a\":1}";
        assert_eq!(
            drawn(text),
            ["2026-01-01T00:00:00Z    INFO", "{", " a: 1", "}"]
        );
        assert_eq!(drawn("set {x} to [y]"), ["set {x} to [y]"]);
    }

    #[test]
    fn a_string_of_several_lines_is_shown_as_such() {
        let text = r#"{"stack":"Error: x\n    at a\n    at b"}"#;
        let expected = ["{", " stack: Error: x", "      at a", "      at b", "}"];
        assert_eq!(drawn(text), expected);
    }

    #[test]
    fn a_carriage_return_ends_a_line() {
        let text = "first\rsecond\r\nthird\r\rfifth\r";
        assert_eq!(drawn(text), ["first", "second", "third", "", "fifth"]);
        let detail = Detail::of(text);
        let values: Vec<_> = (0..5)
            .map(|line| detail.value(line, text).unwrap())
            .collect();
        assert_eq!(values, ["first", "second", "third", "", "fifth"]);
        let json = r#"{"progress":"10%\r90%\rdone"}"#;
        assert_eq!(drawn(json), ["{", " progress: 10%", "  90%", "  done", "}"]);
    }

    #[test]
    fn each_line_knows_its_field() {
        let detail = Detail::of(r#"at x {"a":{"log.b":[1,{"c":2}]}}"#);
        let paths: Vec<String> = (0..detail.lines.len())
            .map(|line| {
                detail
                    .path(line)
                    .map_or("-".to_owned(), |path| path.to_string())
            })
            .collect();
        let expected = [
            "-",
            "-",
            "a",
            "a[\"log.b\"]",
            "a[\"log.b\"][0]",
            "a[\"log.b\"][1]",
            "a[\"log.b\"][1].c",
            "a[\"log.b\"][1]",
            "a[\"log.b\"]",
            "a",
            "-",
        ];
        assert_eq!(paths, expected);
    }

    #[test]
    fn a_value_is_told_as_it_came() {
        let text = "at\tx\n\u{1b}[1my\u{1b}[0m {\"a\":{\"b\":\"c\\td\"}}";
        let detail = Detail::of(text);
        let values: Vec<_> = (0..detail.lines.len())
            .map(|line| detail.value(line, text).unwrap())
            .collect();
        let whole = r#"{"a":{"b":"c\td"}}"#;
        let a = r#"{"b":"c\td"}"#;
        let before = "\u{1b}[1my\u{1b}[0m ";
        assert_eq!(values, ["at\tx", before, whole, a, "c\td", a, whole]);
    }

    #[test]
    fn a_long_line_is_whole() {
        let long = "x".repeat(200_000);
        assert_eq!(Detail::of(&long).lines[0].text.len(), long.len());
    }

    #[test]
    fn an_opening_line_knows_where_it_is_closed() {
        let detail = Detail::of(r#"{"a":[1,2],"b":3}"#);
        for (line, opening) in detail.lines.iter().enumerate() {
            if let LineKind::Opening { closed_by, .. } = opening.kind {
                assert!(closed_by > line);
                let closing = &detail.lines[closed_by];
                assert_eq!(
                    (closing.kind, closing.depth),
                    (LineKind::Closing, opening.depth)
                );
            }
        }
    }

    #[test]
    fn a_hundred_thousand_levels_are_not_opened() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let detail = Detail::of(&deep);
        assert!(detail.lines.len() < 3 * super::DEPTH);
        assert!(detail.lines.iter().all(|line| line.text.len() < 100));
    }

    #[test]
    fn fifty_thousand_keys_are_cut() {
        let keys: Vec<String> = (0..50_000).map(|n| format!("\"k{n}\":{n}")).collect();
        let detail = Detail::of(&format!("{{{}}}", keys.join(",")));
        assert!(detail.is_cut);
        assert!(detail.lines.len() <= super::LINES);
        assert_eq!(
            detail.lines[0].kind,
            LineKind::Opening {
                members: 50_000,
                closed_by: detail.lines.len() - 1
            }
        );
    }

    #[test]
    fn a_stack_trace_of_five_thousand_lines_is_whole() {
        let trace = "  at f (x.js:1:2)\n".repeat(5000);
        let detail = Detail::of(&trace);
        assert_eq!((detail.lines.len(), detail.is_cut), (5000, false));
    }

    #[test]
    fn nothing_drawn_controls_the_terminal() {
        let text = r#"{"a\u001b[2J":"\u001b]0;x\u0007\u202e","b":"\r\n\u0000"}"#;
        for line in drawn(text) {
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}
