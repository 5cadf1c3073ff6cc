//! The palette: what can be done here, found by a few letters.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::app::{App, Palette, PaletteEntry};
use crate::panes::stacked;
use crate::text;
use crate::theme::Role;
use crate::ui::{Painter, Piece, columns};

/// The columns of a key.
const KEY: usize = 9;
/// Columns of the overlay where no line needs more, and of its frame.
const LEAST: u16 = 66;
const FRAME: u16 = 4;

/// Draws the letters typed and the actions that have them.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, palette: &Palette, area: Rect) {
    let entries = palette.entries(app);
    let lines = entries.iter().map(|entry| line(app, entry, false));
    let longest = lines.map(|line| columns(&line)).max().unwrap_or(0);
    let width = longest.saturating_add(FRAME).max(LEAST);
    let width = width.min(area.width.saturating_sub(2));
    let wanted = u16::try_from(entries.len() + 3).unwrap_or(u16::MAX);
    let panel = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        y: area.y + 1,
        height: wanted.max(4).min(area.height.saturating_sub(3)),
    };
    let inner = painter.framed(panel, "Do what?");
    let ([typed], list, []) = stacked(inner, [1], []);
    let used = painter.line(typed, &[(Role::Accent, ": ".to_owned())]);
    let field = Rect {
        x: typed.x + used,
        width: typed.width.saturating_sub(used),
        ..typed
    };
    palette.prompt.area().render(field, painter.buffer);
    painter.sanitize(field);
    if entries.is_empty() {
        let words = "Nothing here is called that.".to_owned();
        painter.line(list, &[(Role::Muted, words)]);
    }
    let rows = usize::from(list.height);
    let chosen = entries.iter().position(|(it, _)| palette.is_chosen(*it));
    let first = chosen.map_or(0, |at| (at + 1).saturating_sub(rows));
    for (row, entry) in list.rows().zip(entries.iter().skip(first)) {
        painter.line(row, &line(app, entry, palette.is_chosen(entry.0)));
    }
}

/// The key of an action, and what it does; an action that several screens share has the footer's word before it.
fn line(app: &App, (action, word): &PaletteEntry, is_chosen: bool) -> Vec<Piece> {
    let key = text::pad(&app.context.keymap.hint(*action), KEY);
    let what = match word.filter(|_| *action.scope != *app.front().scope()) {
        Some(word) => format!("{word} ({})", action.help),
        None => action.help.to_owned(),
    };
    let (keys, words) = if is_chosen {
        (Role::Selected, Role::Selected)
    } else {
        (Role::Accent, Role::Text)
    };
    vec![(keys, format!("{key} ")), (words, what)]
}
