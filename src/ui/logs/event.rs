//! One event: its facts, and its text line by line.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::logs::{DetailLine, LineKind};
use crate::panes::logs::Opened;
use crate::text;
use crate::ui::brush::{Brush, Piece};
use crate::ui::theme::Role;

/// Rows a wrapped line takes at most while it is not the one under the cursor.
const MOST: usize = 8;

/// Draws the event; the line under the cursor is always on the screen.
pub(super) fn draw(brush: &mut Brush<'_>, opened: &Opened, area: Rect) {
    let [title, list, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    brush.line(title, &[(Role::Accent, format!(" {}", opened.facts))]);
    brush.line(foot, &footing(opened));
    let height = usize::from(list.height).max(1);
    let from = opened.cursor().saturating_sub(height / 2);
    let from = from.min(opened.count().saturating_sub(height));
    let (from, mut rows) = if opened.wrap {
        (opened.cursor().saturating_sub(height / 3), list.rows())
    } else {
        (from, list.rows())
    };
    for (number, (line, folded)) in (from..).zip(opened.lines(from)) {
        let here = number == opened.cursor();
        let most = if here { height } else { MOST };
        for piece in pieces(line, folded, opened, usize::from(list.width), most) {
            let Some(row) = rows.next() else { return };
            if here {
                brush.tint(row, Role::Selected);
            }
            let own: Vec<Piece> = piece
                .into_iter()
                .map(|(role, words)| (if here { Role::Selected } else { role }, words))
                .collect();
            brush.line(row, &own);
        }
    }
}

/// Where the cursor is, and the way to its field.
fn footing(opened: &Opened) -> Vec<Piece> {
    let mut pieces = vec![(
        Role::Muted,
        format!(" line {} of {}", opened.cursor() + 1, opened.count()),
    )];
    if let Some(path) = opened.path() {
        pieces.push((Role::Text, format!("  {path}")));
    }
    pieces.push((Role::Muted, format!("  {} bytes", opened.bytes())));
    if opened.sideways > 0 && !opened.wrap {
        pieces.push((
            Role::Muted,
            format!("  from column {}", opened.sideways + 1),
        ));
    }
    if opened.is_cut() {
        pieces.push((
            Role::Warning,
            "  too long: the end is left out; copying has all".to_owned(),
        ));
    }
    pieces
}

/// The rows of a line: one, or several where it is wrapped.
fn pieces(
    line: &DetailLine,
    folded: bool,
    opened: &Opened,
    width: usize,
    most: usize,
) -> Vec<Vec<Piece>> {
    let indent = " ".repeat(1 + (line.depth * 2).min(width / 2));
    let key = line
        .key
        .as_ref()
        .map_or(String::new(), |key| format!("{key}: "));
    let value = match line.kind {
        LineKind::Opening { members, .. } if folded => format!("{} {members} folded", line.text),
        _ => line.text.clone(),
    };
    let whole = format!("{key}{value}");
    let room = width.saturating_sub(indent.len()).max(2);
    let role = role(line.kind);
    let split = |part: std::ops::Range<usize>| {
        let keyed = key.len().clamp(part.start, part.end);
        vec![
            (Role::Text, indent.clone()),
            (
                Role::Accent,
                whole.get(part.start..keyed).unwrap_or_default().to_owned(),
            ),
            (
                role,
                whole.get(keyed..part.end).unwrap_or_default().to_owned(),
            ),
        ]
    };
    if !opened.wrap {
        let start = text::byte_at(&whole, opened.sideways);
        return vec![split(start..whole.len())];
    }
    let mut rows = Vec::new();
    let mut at = 0;
    while rows.len() < most {
        let rest = whole.get(at..).unwrap_or_default();
        let end = at + text::byte_at(rest, room);
        rows.push(split(at..end));
        if end >= whole.len() {
            break;
        }
        at = end;
    }
    rows
}

const fn role(kind: LineKind) -> Role {
    match kind {
        LineKind::Text | LineKind::String => Role::Text,
        LineKind::Plain => Role::Duration,
        LineKind::Opening { .. } | LineKind::Closing | LineKind::Closed => Role::Muted,
    }
}
