//! The open text prompt: a line above the status line, or an editor over the pane.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::brush::{Brush, Piece};
use super::theme::Role;
use crate::app::{App, Prompt};
use crate::text;

/// How many rows a one-line prompt needs: the line, and what may be typed or why it cannot be taken.
pub(super) fn height(app: &App) -> u16 {
    match &app.prompt {
        Some(prompt) if !prompt.multiline => 1 + u16::from(remark(prompt).is_some()),
        _ => 0,
    }
}

/// Draws the prompt, if one is open.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, line: Rect, body: Rect) {
    let Some(prompt) = &app.prompt else { return };
    if prompt.multiline {
        editor(brush, prompt, body);
    } else {
        one_line(brush, prompt, line);
    }
}

fn one_line(brush: &mut Brush<'_>, prompt: &Prompt, area: Rect) {
    let title = format!(" {}: ", prompt.title);
    let first = Rect { height: 1, ..area };
    let used = brush.line(first, &[(Role::Accent, title)]);
    let field = Rect {
        x: first.x + used,
        width: first.width.saturating_sub(used + 1),
        ..first
    };
    prompt.area().render(field, brush.buffer);
    if let (Some(remark), Some(second)) = (remark(prompt), area.rows().nth(1)) {
        let indent = " ".repeat(usize::from(used));
        brush.line(second, &[(Role::Text, indent), remark]);
    }
}

fn editor(brush: &mut Brush<'_>, prompt: &Prompt, area: Rect) {
    let inner = brush.framed(area, &prompt.title);
    let text_rows = inner.height.saturating_sub(1);
    let field = Rect {
        height: text_rows,
        ..inner
    };
    prompt.area().render(field, brush.buffer);
    let foot = Rect {
        y: inner.y + text_rows,
        height: inner.height - text_rows,
        ..inner
    };
    if let Some(remark) = remark(prompt) {
        brush.line(foot, &[remark]);
    }
    let cursor = prompt.area().cursor();
    let place = format!("line {}, column {}", cursor.0 + 1, cursor.1 + 1);
    if prompt.error.is_none() && text::width(&prompt.hint) + place.len() < usize::from(foot.width) {
        brush.right(foot, &[(Role::Muted, place)]);
    }
}

fn remark(prompt: &Prompt) -> Option<Piece> {
    match &prompt.error {
        Some(error) => Some((Role::Error, format!("! {error}"))),
        None if prompt.hint.is_empty() => None,
        None => Some((Role::Muted, prompt.hint.clone())),
    }
}
