//! One event: its facts, and its text line by line.

use ratatui::layout::Rect;

use crate::logs::LineKind;
use crate::panes::logs::{OpenedEvent, OpenedRow};
use crate::panes::stacked;
use crate::text::height_of;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, window};

/// Draws the event; the row under the cursor is always on the screen.
pub(super) fn draw(painter: &mut Painter<'_>, opened: &OpenedEvent, area: Rect) {
    let hint = opened
        .hint
        .map(|hint| format!("{} {}", hint.explanation, hint.page))
        .unwrap_or_default();
    let ([title, told], list, [foot]) = stacked(area, [1, hint_height(&hint, area)], [1]);
    let told = Rect {
        x: told.x + 1,
        width: told.width.saturating_sub(2),
        ..told
    };
    painter.wrapped(told, Role::Warning, &hint);
    painter.line(title, &[(Role::Accent, format!(" {}", opened.facts))]);
    painter.line(foot, &footing(opened));
    let height = usize::from(list.height);
    let from = window(opened.cursor(), opened.count(), height);
    let rows = opened.rows(from, height).enumerate();
    for (place, (number, row)) in list.rows().zip(rows) {
        draw_row(painter, &row, from + number == opened.cursor(), place);
    }
}

/// The rows a hint takes: as many as it needs, a third of the screen at most.
fn hint_height(hint: &str, area: Rect) -> u16 {
    height_of(hint, area.width.saturating_sub(2), area.height / 3)
}

/// Where the cursor is, and the way to its field.
fn footing(opened: &OpenedEvent) -> Vec<Piece> {
    let (line, lines) = (opened.cursor() + 1, opened.count());
    let mut pieces = vec![(Role::Muted, format!(" line {line} of {lines}"))];
    if let Some(path) = opened.path() {
        pieces.push((Role::Text, format!("  {path}")));
    }
    pieces.push((Role::Muted, format!("  {} bytes", opened.bytes())));
    pieces.push((Role::Muted, format!("  {}", opened.taken_in)));
    if opened.sideways() > 0 {
        let column = opened.sideways() + 1;
        pieces.push((Role::Muted, format!("  from column {column}")));
    }
    if opened.is_cut() {
        let words = "  too long: the end is left out; copying has all";
        pieces.push((Role::Warning, words.to_owned()));
    }
    pieces
}

fn draw_row(painter: &mut Painter<'_>, row: &OpenedRow, here: bool, place: Rect) {
    if here {
        painter.tint(place, Role::Selected);
    }
    let own = |role: Role| if here { Role::Selected } else { role };
    let value = match row.folded {
        Some(members) => format!("{} {members} folded", row.text),
        None => row.text.clone(),
    };
    let pieces = [
        (own(Role::Text), " ".repeat(row.indent)),
        (own(Role::Accent), row.key.clone()),
        (own(role(row.kind)), value),
    ];
    painter.line(place, &pieces);
}

const fn role(kind: LineKind) -> Role {
    match kind {
        LineKind::Text | LineKind::String => Role::Text,
        LineKind::Plain => Role::Duration,
        LineKind::Opening { .. } | LineKind::Closing | LineKind::Closed => Role::Muted,
    }
}
