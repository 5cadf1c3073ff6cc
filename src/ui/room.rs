//! The rooms that are not furnished yet: what will be there, that it is not in this version, where to go instead.

use ratatui::layout::Rect;

use super::brush::Brush;
use super::theme::Role;
use crate::app::App;
use crate::keys::Action;

/// Draws the articles pane.
pub(super) fn articles(brush: &mut Brush<'_>, app: &App, area: Rect) {
    let what = "The articles of the serverless and container feeds will be read here, offline too.";
    draw(brush, app, area, "Articles", what);
}

fn draw(brush: &mut Brush<'_>, app: &App, area: Rect, title: &str, what: &str) {
    let key = app.context.keymap.hint(Action::PaneTuning);
    let width = area.width.saturating_sub(4).min(60);
    let mut room = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + area.height / 4,
        width,
        height: area.height - area.height / 4,
    };
    brush.line(room, &[(Role::Accent, title.to_owned())]);
    let instead =
        format!("This version does not have it yet. {key} goes to Tuning, which is ready.");
    for (role, words) in [(Role::Text, what), (Role::Muted, instead.as_str())] {
        room.y += 2;
        room.height = room.height.saturating_sub(2);
        let used = brush.wrapped(room, role, words);
        room.y += used.saturating_sub(1);
        room.height = room.height.saturating_sub(used.saturating_sub(1));
    }
}
