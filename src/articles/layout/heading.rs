//! Headings: their level shows without colours, by a rule below them or by signs before them.

use super::margin::Margin;
use super::{PageBuilder, frame, prepared, spans, wrap};
use crate::articles::body::Flow;
use crate::articles::{Anchor, TextRole};
use crate::text;

/// Pages narrower than this have no room for the signs.
const ROOM_FOR_SIGNS: usize = 20;

impl PageBuilder<'_> {
    pub(super) fn heading(&mut self, level: u8, flow: &Flow, margin: Margin) {
        let first = self.layout.lines.len();
        let prepared = prepared(flow, self.options);
        let rule = match level {
            1 => Some(self.glyphs.double_rule),
            2 => Some(self.glyphs.rule),
            _ => None,
        };
        let signs = format!("{} ", "#".repeat(usize::from(level)));
        let signed = rule.is_none() && self.room(&margin) >= ROOM_FOR_SIGNS;
        let mut margin = if signed {
            margin.and(&signs, &" ".repeat(signs.len()))
        } else {
            margin
        };
        let mut longest = 0;
        for range in wrap::wrap(&prepared.text, self.room(&margin)) {
            let line = spans(&prepared, range, |role| look(role, level));
            longest = longest.max(line.iter().map(|span| text::width(&span.text)).sum());
            self.line(&mut margin, line);
        }
        if let Some(rule) = rule {
            let rule = rule.to_string().repeat(longest);
            self.line(&mut margin, vec![frame(rule)]);
        }
        self.layout.headings.push(Anchor {
            lines: first..self.layout.lines.len(),
            level,
            text: flow.text.replace('\n', " "),
            language: None,
        });
    }
}

const fn look(role: TextRole, level: u8) -> TextRole {
    match role {
        TextRole::Body | TextRole::Strong | TextRole::Emphasis => TextRole::Heading(level),
        role => role,
    }
}
