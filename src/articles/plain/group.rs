//! Lines put together: a heading, a paragraph, the lines of a block of code, the items of a list.

use std::borrow::Cow;

use super::{line, list};
use crate::articles::body::ListMarker;

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LineGroup<'a> {
    Heading(&'a str),
    Paragraph(Cow<'a, str>),
    Code(Vec<&'a str>),
    List(Vec<(ListMarker, &'a str)>),
}

/// A line at least this long is running text that a heading may stand before, in bytes.
const RUNNING: usize = 60;
/// Short lines in a row from which on they are items rather than headings.
const ITEMS: usize = 3;
/// Lines between two of code that may look like anything short.
const BRIDGE: usize = 4;
/// No line of text that was wrapped by hand is wider, in characters.
const BY_HAND: usize = 100;

/// Puts the lines of a text together.
pub(super) fn groups(source: &str) -> Vec<LineGroup<'_>> {
    let lines: Vec<&str> = source.lines().map(str::trim_end).collect();
    let has_blanks = lines.iter().any(|line| line.is_empty());
    let by_hand = has_blanks && lines.iter().all(|line| line.chars().count() <= BY_HAND);
    let mut groups = Vec::new();
    for part in lines.split(|line| line.is_empty()) {
        let mut rest = part;
        let mut colon = false;
        while let [first, ..] = rest {
            let (group, count) = next(rest, colon, by_hand);
            colon = first.ends_with(':') && matches!(group, LineGroup::Paragraph(_));
            groups.push(group);
            rest = rest.get(count..).unwrap_or_default();
        }
    }
    groups
}

/// The first group of some lines, and how many it takes.
fn next<'a>(lines: &[&'a str], colon: bool, by_hand: bool) -> (LineGroup<'a>, usize) {
    if let Some(count) = code(lines) {
        let code = lines.get(..count).unwrap_or_default();
        return (LineGroup::Code(code.to_vec()), count);
    }
    let items: Vec<(ListMarker, &str)> = lines.iter().map_while(|line| line::item(line)).collect();
    if !items.is_empty() {
        let count = items.len();
        return (LineGroup::List(items), count);
    }
    let plain = |count: usize| {
        let items = lines.iter().take(count);
        (
            LineGroup::List(items.map(|line| (ListMarker::Bullet, *line)).collect()),
            count,
        )
    };
    // Only behind a colon: the look ahead may go far.
    if let Some(count) = colon.then(|| list::after_colon(lines)).flatten() {
        return plain(count);
    }
    match headings(lines) {
        0 => paragraph(lines, by_hand),
        count if count >= ITEMS => plain(count),
        _ => (
            LineGroup::Heading(lines.first().copied().unwrap_or_default()),
            1,
        ),
    }
}

/// How many lines are code: a run that begins and ends with what can only be code, or stands indented.
fn code(lines: &[&str]) -> Option<usize> {
    let indented = |line: &&&str| line.starts_with("    ") || line.starts_with('\t');
    let count = lines.iter().take_while(indented).count();
    if count > 0 {
        return Some(count);
    }
    if !begins_code(lines) {
        return None;
    }
    // What only may be code is code between lines that are.
    let mut count = 1;
    let mut doubtful = 0;
    for line in lines.iter().skip(1) {
        if line::goes_on(line) {
            count += doubtful + 1;
            doubtful = 0;
        } else if line::may_be_code(line) || (doubtful < BRIDGE && line::is_fragment(line)) {
            doubtful += 1;
        } else {
            break;
        }
    }
    Some(count)
}

/// Whether the first line is one of code: by itself, or by the line behind it.
fn begins_code(lines: &[&str]) -> bool {
    let [first, rest @ ..] = lines else {
        return false;
    };
    let goes_on = |line: &&str| line::is_code(line) || line::is_import(line);
    line::is_code(first) || (line::is_import(first) && rest.first().is_some_and(goes_on))
}

/// How many lines in a row may be headings, running text behind them.
fn headings(lines: &[&str]) -> usize {
    let count = lines
        .iter()
        .take_while(|line| line::is_heading(line))
        .count();
    let behind = lines.get(count..).unwrap_or_default();
    let is_running = |line: &&str| line.len() >= RUNNING || line.ends_with(':');
    let introduces = behind.first().is_some_and(is_running) || begins_code(behind);
    if introduces || count >= ITEMS {
        count
    } else {
        0
    }
}

/// A paragraph: one line, or several that were wrapped by hand.
fn paragraph<'a>(lines: &[&'a str], by_hand: bool) -> (LineGroup<'a>, usize) {
    let first = lines.first().copied().unwrap_or_default();
    if !by_hand {
        return (LineGroup::Paragraph(Cow::Borrowed(first)), 1);
    }
    let goes_on = |&at: &usize| {
        let rest = lines.get(at..).unwrap_or_default();
        let is_item = rest.first().is_some_and(|line| line::item(line).is_some());
        !is_item && !begins_code(rest)
    };
    let count = 1 + (1..lines.len()).take_while(goes_on).count();
    let text = lines.get(..count).unwrap_or_default().join(" ");
    (LineGroup::Paragraph(Cow::Owned(text)), count)
}
