//! One change of a text, and the unified diff that says it.

use std::ops::Range;

use super::quote::octal;
use super::source_file::{SourceFile, up_and_down};

/// How many unchanged lines stand around a change.
const CONTEXT: usize = 3;

/// A stretch of a text and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextEdit {
    pub(super) at: Range<usize>,
    pub(super) with: String,
}

impl TextEdit {
    pub(super) fn replace(at: Range<usize>, with: impl Into<String>) -> Self {
        Self {
            at,
            with: with.into(),
        }
    }

    /// Puts an item before another one: on a line of its own with the same indentation where that one begins its line,
    /// else on the same line. `separator` is what stands between items. None where items need lines of their own and
    /// the other one has none.
    pub(super) fn before(text: &str, item: usize, new: &str, separator: &str) -> Option<Self> {
        let head = text.get(..item)?;
        let start = head.rfind('\n').map_or(0, |at| at + 1);
        let indent = head.get(start..)?;
        let begins_line = indent.chars().all(|c| c == ' ' || c == '\t');
        if !begins_line && separator.is_empty() {
            return None;
        }
        let gap = if begins_line {
            format!("{}{indent}", line_end(text, item))
        } else {
            " ".to_owned()
        };
        Some(Self::replace(item..item, format!("{new}{separator}{gap}")))
    }

    /// The text with the change made; as it was when the stretch is none of it.
    pub(super) fn apply(&self, text: &str) -> String {
        let (Some(head), Some(tail)) = (text.get(..self.at.start), text.get(self.at.end..)) else {
            return text.to_owned();
        };
        [head, &self.with, tail].concat()
    }

    /// The change as `git apply` and `patch -p1` take it.
    pub(super) fn diff(&self, file: &SourceFile) -> String {
        let mark = if file.has_mark { "\u{feff}" } else { "" };
        let old = format!("{mark}{}", file.text);
        let new = format!("{mark}{}", self.apply(&file.text));
        let (_, path) = up_and_down(&file.shown);
        let heads = [quoted_path("a/", path), quoted_path("b/", path)];
        hunk(&old, &new).map_or_else(String::new, |hunk| {
            format!("--- {}\n+++ {}\n{hunk}", heads[0], heads[1])
        })
    }
}

/// How lines end around an offset: as the line before it, else as the first line.
fn line_end(text: &str, at: usize) -> &'static str {
    let line = text
        .get(at..)
        .and_then(|rest| rest.find('\n'))
        .map(|to| at + to);
    let end = line.or_else(|| text.find('\n'));
    let is_return = end.and_then(|at| text.as_bytes().get(at.checked_sub(1)?)) == Some(&b'\r');
    if is_return { "\r\n" } else { "\n" }
}

fn hunk(old: &str, new: &str) -> Option<String> {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let shorter = old.len().min(new.len());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same);
    let tail = tail.count().min(shorter - head);
    if head + tail == old.len() && old.len() == new.len() {
        return None;
    }
    let from = head.saturating_sub(CONTEXT);
    let after = tail.min(CONTEXT);
    let counts = (
        old.len() - tail + after - from,
        new.len() - tail + after - from,
    );
    let start = from + 1;
    let mut out = format!("@@ -{start},{} +{start},{} @@\n", counts.0, counts.1);
    write_lines(&old, from..head, ' ', &mut out);
    write_lines(&old, head..old.len() - tail, '-', &mut out);
    write_lines(&new, head..new.len() - tail, '+', &mut out);
    write_lines(
        &old,
        old.len() - tail..old.len() - tail + after,
        ' ',
        &mut out,
    );
    Some(out)
}

/// Writes lines of a hunk behind their sign.
fn write_lines(lines: &[&str], range: Range<usize>, sign: char, out: &mut String) {
    for line in lines.get(range).unwrap_or_default() {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A path as git writes it: in quotes with escapes where it holds what would end it.
fn quoted_path(side: &str, path: &str) -> String {
    let is_plain = |c: char| !c.is_control() && c != '"' && c != '\\';
    let needs_end = if path.contains(' ') { "\t" } else { "" };
    if path.chars().all(is_plain) {
        return format!("{side}{path}{needs_end}");
    }
    let mut out = format!("\"{side}");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => octal(c, &mut out),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
