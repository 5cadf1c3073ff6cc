//! The notice above the status line: a sign, a word-wrapped sentence, how to be rid of it.

use ratatui::layout::Rect;

use crate::app::App;
use crate::effect::{Notice, Severity};
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
    let rows = lines(app, area.width, most(area), "").len();
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
    let lines = lines(app, area.width, area.height.into(), painter.ellipsis());
    for (line, row) in lines.into_iter().zip(area.rows()) {
        let room = Rect {
            x: row.x + SIGN,
            width: row.width.saturating_sub(SIGN),
            ..row
        };
        painter.line(room, &[(role, line)]);
    }
}

/// The sentence, and what stands behind it. A sentence that is too long for so many lines is cut, and marked as that;
/// how to be rid of it and what helps is told in any case.
fn lines(app: &App, width: u16, most: usize, ellipsis: &str) -> Vec<String> {
    let Some(notice) = app.notices.current() else {
        return Vec::new();
    };
    let columns = usize::from(width.saturating_sub(SIGN + 1));
    let sentence = plain(&notice.text);
    let after = after(app, notice);
    let whole: Vec<String> = wrap(&format!("{sentence} {after}"), columns)
        .take(most + 1)
        .collect();
    if whole.len() <= most {
        return whole;
    }
    let after: Vec<String> = wrap(&after, columns).take(most - 1).collect();
    let left = most - after.len();
    let mut lines: Vec<String> = wrap(&sentence, columns).take(left).collect();
    if let Some(last) = lines.last_mut() {
        last.push_str(ellipsis);
    }
    lines.extend(after);
    lines
}

/// How a notice that stays is dismissed, how many wait behind it, and the command that helps.
fn after(app: &App, notice: &Notice) -> String {
    if notice.severity < Severity::Warning {
        return String::new();
    }
    let key = app.context.keymap.way_to(Action::BACK);
    let more = match app.notices.len() - 1 {
        0 => String::new(),
        more => format!(", {more} more"),
    };
    let command = notice.command.map_or_else(String::new, |command| {
        format!("; `{command}` looks into it")
    });
    format!("({key} dismisses{more}{command})")
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
