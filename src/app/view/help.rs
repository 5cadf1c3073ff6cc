//! The help overlay: every key, what works here first.

use ratatui::layout::Rect;

use crate::app::App;
use crate::text;
use crate::theme::Role;
use crate::ui::{Painter, Piece};

/// The columns of the keys, and on a narrow screen.
const KEYS: (usize, usize) = (14, 8);

/// Draws the help from a line on.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, from: usize, area: Rect) {
    let width = area.width.min(72);
    let panel = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        y: area.y + 1,
        height: area.height.saturating_sub(2),
    };
    let inner = painter.framed(panel, "Keys");
    let keys = if inner.width < 56 { KEYS.1 } else { KEYS.0 };
    let lines = lines(app, keys);
    for (row, line) in inner.rows().zip(lines.iter().skip(from)) {
        painter.line(row, line);
    }
    let height = usize::from(inner.height);
    if lines.len() > height {
        let last = (from + height).min(lines.len());
        let place = format!(" {}-{last} of {} ", from + 1, lines.len());
        let foot = Rect {
            y: panel.y + panel.height.saturating_sub(1),
            height: 1,
            width: panel.width.saturating_sub(2),
            ..panel
        };
        painter.right(foot, &[(Role::Muted, place)]);
    }
}

fn lines(app: &App, columns: usize) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for (title, rows) in app.help() {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(vec![(Role::BorderFocused, title.to_owned())]);
        for (keys, what) in rows {
            lines.push(vec![
                (Role::Accent, format!("{} ", text::pad(&keys, columns))),
                (Role::Text, what.to_owned()),
            ]);
        }
    }
    lines
}
