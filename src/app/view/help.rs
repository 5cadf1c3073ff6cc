//! The help overlay: every key, what works here first.

use ratatui::layout::Rect;

use crate::app::App;
use crate::text;
use crate::theme::Role;
use crate::ui::{Painter, Piece, columns};

/// The columns of the keys, and on a narrow screen.
const KEYS: (usize, usize) = (14, 8);
/// Columns of a screen below which it is narrow.
const NARROW: u16 = 58;
/// Columns of the overlay where no line needs more, and of its frame.
const LEAST: u16 = 72;
const FRAME: u16 = 4;

/// Draws the help from a line on.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, from: usize, area: Rect) {
    let keys = if area.width < NARROW { KEYS.1 } else { KEYS.0 };
    let lines = lines(app, keys);
    let longest = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
    let width = longest.saturating_add(FRAME).max(LEAST).min(area.width);
    let panel = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        y: area.y + 1,
        height: area.height.saturating_sub(2),
    };
    let inner = painter.framed(panel, "Keys");
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

fn lines(app: &App, keys: usize) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for (title, rows) in app.help() {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(vec![(Role::BorderFocused, title.to_owned())]);
        for (key, what) in rows {
            lines.push(vec![
                (Role::Accent, format!("{} ", text::pad(&key, keys))),
                (Role::Text, what.to_owned()),
            ]);
        }
    }
    lines
}
