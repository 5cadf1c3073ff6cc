//! Blocks of code: a rule with the language above, a rule below, and the lines between them as they are.
//!
//! A block with a line too wide for the page scrolls sideways as a whole, or its lines are wrapped behind a mark.

use unicode_segmentation::UnicodeSegmentation;

use super::margin::Margin;
use super::{PageBuilder, frame, wrap};
use crate::articles::body::Code;
use crate::articles::{Anchor, TextSpan};
use crate::text;

impl PageBuilder<'_> {
    pub(super) fn code(&mut self, code: &Code, mut margin: Margin) {
        let first = self.layout.lines.len();
        let room = self.room(&margin);
        let label = self.rule_with(code.language.as_deref(), room);
        self.line(&mut margin, vec![frame(label)]);
        let lines = lines(code);
        let wide = lines.iter().any(|line| columns(line) > room);
        for line in lines {
            if wide && self.options.wrap_code {
                self.wrapped(line, &mut margin);
            } else {
                self.push(&mut margin, line, wide);
            }
        }
        let rule = self.rule_with(None, room);
        self.line(&mut margin, vec![frame(rule)]);
        self.layout.code.push(Anchor {
            lines: first..self.layout.lines.len(),
            level: 0,
            text: code.to_copy(),
            language: code.language.clone(),
        });
    }

    /// A rule as wide as the page, with a label if there is one and room for it.
    fn rule_with(&self, label: Option<&str>, room: usize) -> String {
        let rule = |columns: usize| self.glyphs.rule.to_string().repeat(columns);
        let label = label.map(|label| format!("{} {label} ", rule(2)));
        match label.filter(|label| text::width(label) < room) {
            Some(label) => format!("{label}{}", rule(room - text::width(&label))),
            None => rule(room),
        }
    }

    /// Draws a line of code in as many lines as it takes. Without the marks they are the line again.
    fn wrapped(&mut self, line: Vec<TextSpan>, margin: &mut Margin) {
        let room = self.room(margin);
        let mut part = Vec::new();
        let mut used = 0;
        for TextSpan { text, role, link } in line {
            let mut piece = String::new();
            for grapheme in text.graphemes(true).flat_map(wrap::characters) {
                let columns = text::width(grapheme);
                if used + columns > room && used > 0 {
                    let text = std::mem::take(&mut piece);
                    part.push(TextSpan { text, role, link });
                    let mark = frame(self.glyphs.wrapped);
                    used = text::width(&mark.text);
                    let full = std::mem::replace(&mut part, vec![mark]);
                    self.line(margin, full);
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
        self.line(margin, part);
    }
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

fn columns(line: &[TextSpan]) -> usize {
    line.iter().map(|span| text::width(&span.text)).sum()
}
