//! The yes-or-no question in the middle of the screen.

use ratatui::layout::Rect;

use crate::effect::Confirm;
use crate::text::wrap;
use crate::theme::Role;
use crate::ui::Painter;

/// The widest a question gets, in columns.
const WIDEST: u16 = 66;

/// Draws a question with its details and the keys that answer it.
pub(super) fn draw(painter: &mut Painter<'_>, confirm: &Confirm, area: Rect) {
    let width = area.width.saturating_sub(2).min(WIDEST);
    let room = usize::from(width.saturating_sub(4));
    let question = wrap(&confirm.question, room);
    let mut lines: Vec<(Role, String)> = question
        .into_iter()
        .map(|line| (Role::Accent, line))
        .collect();
    for detail in &confirm.details {
        let words = wrap(detail, room);
        lines.extend(words.into_iter().map(|line| (Role::Text, line)));
    }
    let wanted = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
    let height = wanted.min(area.height.saturating_sub(2));
    let panel = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let inner = painter.framed(panel, "Sure?");
    let text_rows = inner.height.saturating_sub(1);
    for (row, line) in inner.rows().take(usize::from(text_rows)).zip(lines) {
        painter.line(row, &[line]);
    }
    if let Some(last) = inner.rows().next_back() {
        painter.line(
            last,
            &[
                (Role::Accent, "y".to_owned()),
                (Role::Muted, " yes   ".to_owned()),
                (Role::Accent, "n".to_owned()),
                (Role::Muted, " no".to_owned()),
            ],
        );
    }
}
