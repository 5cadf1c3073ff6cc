//! Blocks of code: a rule with the language above, a rule below, and the lines between them as they are.
//!
//! A block with a line too wide for the page scrolls sideways as a whole, or its lines are wrapped behind a mark.

use unicode_segmentation::UnicodeSegmentation;

use super::glyphs::PageGlyphs;
use super::margin::Margin;
use super::page_builder::PageBuilder;
use super::spans::{columns, frame};
use super::wrap;
use crate::articles::TextSpan;
use crate::articles::body::Code;
use crate::text;

/// Draws a block of code.
pub(super) fn draw(code: &Code, mut margin: Margin, page: &mut PageBuilder) {
    let first = page.next_line();
    let (room, glyphs) = (page.room(&margin), page.glyphs());
    let label = labelled_rule(code.language.as_deref(), room, glyphs);
    page.line(&mut margin, vec![frame(label)]);
    let lines = lines(code);
    let wide = lines.iter().any(|line| columns(line) > room);
    for line in lines {
        match (wide, page.wraps_code()) {
            (true, true) => wrapped(line, &mut margin, page),
            (true, false) => page.wide_line(&mut margin, line),
            (false, _) => page.line(&mut margin, line),
        }
    }
    page.line(&mut margin, vec![frame(glyphs.rule(room))]);
    page.note_code(first, code);
}

/// A rule as wide as the page, with a label if there is one and room for it.
fn labelled_rule(label: Option<&str>, room: usize, glyphs: &PageGlyphs) -> String {
    let label = label.map(|label| format!("{} {label} ", glyphs.rule(2)));
    match label.filter(|label| text::width(label) < room) {
        Some(label) => format!("{label}{}", glyphs.rule(room - text::width(&label))),
        None => glyphs.rule(room),
    }
}

/// Draws a line of code in as many lines as it takes. Without the marks they are the line again.
fn wrapped(line: Vec<TextSpan>, margin: &mut Margin, page: &mut PageBuilder) {
    let room = page.room(margin);
    let mut part = Vec::new();
    let mut used = 0;
    for TextSpan { text, role, link } in line {
        let mut piece = String::new();
        for grapheme in text.graphemes(true).flat_map(wrap::characters) {
            let columns = text::width(grapheme);
            if used + columns > room && used > 0 {
                let text = std::mem::take(&mut piece);
                part.push(TextSpan { text, role, link });
                let mark = frame(page.glyphs().wrapped);
                used = text::width(&mark.text);
                let full = std::mem::replace(&mut part, vec![mark]);
                page.line(margin, full);
            }
            used += columns;
            piece.push_str(grapheme);
        }
        part.push(TextSpan {
            text: piece,
            role,
            link,
        });
    }
    part.retain(|span| !span.text.is_empty());
    page.line(margin, part);
}

/// The lines of code in spans, made safe.
fn lines(code: &Code) -> Vec<Vec<TextSpan>> {
    let text = &code.flow.text;
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in text.split('\n') {
        let end = begin + line.len();
        let pieces = code.flow.pieces(begin, end);
        let spans = pieces.map(|(piece, run)| TextSpan {
            text: text::neutralise(piece).into_owned(),
            role: run.role,
            link: run.link,
        });
        lines.push(spans.filter(|span| !span.text.is_empty()).collect());
        begin = end + 1;
    }
    lines
}
