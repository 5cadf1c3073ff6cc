//! The notice above the status line: a sign, a word-wrapped sentence, how to be rid of it.

use ratatui::layout::Rect;

use crate::app::App;
use crate::effect::Severity;
use crate::keys::Action;
use crate::text::{plain, wrap};
use crate::theme::Role;
use crate::ui::Painter;

/// The most rows a notice takes.
const ROWS: usize = 4;

/// The columns left of the words.
const SIGN: u16 = 4;

/// How many rows the notice needs.
pub(super) fn height(app: &App, area: Rect) -> u16 {
    let rows = words(app, area.width, most(area)).len();
    u16::try_from(rows).unwrap_or(1)
}

/// A small screen gives a notice less.
const fn most(area: Rect) -> usize {
    if area.height < 16 { 3 } else { ROWS }
}

/// Draws the newest notice.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    let Some(notice) = app.notices.current() else {
        return;
    };
    let (role, sign, ascii) = appearance(notice.severity);
    let sign = format!(" {} ", painter.sign(sign, ascii));
    painter.line(area, &[(role, sign)]);
    let lines = words(app, area.width, usize::from(area.height) + 1);
    let cut = lines.len() > usize::from(area.height);
    for (at, row) in area.rows().enumerate() {
        let Some(line) = lines.get(at) else { break };
        let last = at + 1 == usize::from(area.height);
        let mut line = line.clone();
        if cut && last {
            line.push_str(painter.ellipsis());
        }
        let room = Rect {
            x: row.x + SIGN,
            width: row.width.saturating_sub(SIGN),
            ..row
        };
        painter.line(room, &[(role, line)]);
    }
}

/// The sentence, and what waits behind it: the first lines of it.
fn words(app: &App, width: u16, most: usize) -> Vec<String> {
    let Some(notice) = app.notices.current() else {
        return Vec::new();
    };
    let mut text = plain(&notice.text);
    if notice.severity >= Severity::Warning {
        let key = app.context.keymap.hint(Action::BACK);
        let more = app.notices.len() - 1;
        let more = if more > 0 {
            format!(", {more} more")
        } else {
            String::new()
        };
        let command = notice.command.map_or_else(String::new, |command| {
            format!("; `{command}` looks into it")
        });
        text = format!("{text} ({key} dismisses{more}{command})");
    }
    let columns = usize::from(width.saturating_sub(SIGN + 1));
    wrap(&text, columns).take(most).collect()
}

/// The role and the sign of a severity; the sign alone tells them apart.
pub(super) const fn appearance(severity: Severity) -> (Role, &'static str, &'static str) {
    match severity {
        Severity::Info => (Role::Text, "i", "i"),
        Severity::Success => (Role::Success, "✓", "+"),
        Severity::Warning => (Role::Warning, "!", "!"),
        Severity::Error => (Role::Error, "✗", "x"),
    }
}
