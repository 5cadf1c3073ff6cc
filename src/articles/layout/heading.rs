//! Headings: their level shows without colours, by a rule below them or by signs before them.

use super::margin::Margin;
use super::page_builder::PageBuilder;
use super::spans::{columns, frame, spans};
use super::wrap;
use crate::articles::TextRole;
use crate::articles::body::Flow;

/// Pages narrower than this have no room for the signs.
const ROOM_FOR_SIGNS: usize = 20;

/// Draws a heading of this level, 1 to 6.
pub(super) fn draw(level: u8, flow: &Flow, margin: Margin, page: &mut PageBuilder) {
    let first = page.next_line();
    let prepared = page.prepared(flow);
    let rule = match level {
        1 => Some(page.glyphs().double_rule),
        2 => Some(page.glyphs().rule),
        _ => None,
    };
    let signs = format!("{} ", "#".repeat(usize::from(level)));
    let signed = rule.is_none() && page.room(&margin) >= ROOM_FOR_SIGNS;
    let mut margin = if signed {
        margin.and(&signs, &" ".repeat(signs.len()))
    } else {
        margin
    };
    let mut longest = 0;
    for range in wrap::wrap(&prepared.text, page.room(&margin)) {
        let line = spans(&prepared, range, |role| look(role, level));
        longest = longest.max(columns(&line));
        page.line(&mut margin, line);
    }
    if let Some(rule) = rule {
        let rule = rule.to_string().repeat(longest);
        page.line(&mut margin, vec![frame(rule)]);
    }
    page.note_heading(first, level, flow);
}

const fn look(role: TextRole, level: u8) -> TextRole {
    match role {
        TextRole::Body | TextRole::Strong | TextRole::Emphasis => TextRole::Heading(level),
        role => role,
    }
}
