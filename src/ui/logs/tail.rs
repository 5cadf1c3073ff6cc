//! The tail: its title, the histogram, the rows, and the honesty line.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::LogsView;
use super::{histogram_strip, status_line, title};
use crate::keys::Action;
use crate::logs::{EventOrigin, Level, TailMode, TerminalColour, group_label};
use crate::panes::logs::Tail;
use crate::panes::logs::screens::tail::{FILTER_LIST, FILTERS_OFF, SERVER_PATTERN, SHOW_GROUPS};
use crate::panes::logs::tail::{Phase, Rest, ScreenLine, ScreenLineKind, SetApart};
use crate::text::{self, thousands};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// Draws the tail.
pub(super) fn draw(painter: &mut Painter<'_>, view: LogsView<'_>, tail: &Tail, area: Rect) {
    let waiting = tail.job().waiting();
    let areas = tail.areas(area);
    title::draw(painter, tail, areas.title);
    histogram_strip::draw(painter, tail, areas.histogram);
    painter.wrapped(areas.waiting, Role::Error, &waiting);
    status_line::draw(painter, tail, areas.status);
    if tail.reader().lines().is_empty() {
        let (role, words) = placeholder(view, tail);
        return painter.placeholder(areas.rows, role, &words);
    }
    let open = view.context.keymap.way_to(Action::OPEN);
    for (row, line) in areas.rows.rows().zip(tail.reader().lines()) {
        draw_line(painter, tail, line, &open, row);
    }
}

/// Draws a line; `open` is the key that shows the whole row.
fn draw_line(painter: &mut Painter<'_>, tail: &Tail, line: &ScreenLine, open: &str, row: Rect) {
    if line.kind == ScreenLineKind::Marker {
        return marker(painter, line, row);
    }
    let is_cursor = tail.reader().held() == Some(line.spot);
    let is_chosen = is_cursor || tail.is_selected(line.spot);
    if is_chosen {
        painter.tint(row, Role::Selected);
    }
    let own = |role: Role| if is_chosen { Role::Selected } else { role };
    let mut pieces = gutter(painter, tail, line, is_cursor);
    for (role, _) in &mut pieces {
        *role = own(*role);
    }
    let before = columns(&pieces);
    let text = parts(line).into_iter().enumerate();
    // Every second part is set apart, on a chosen row too.
    pieces.extend(text.map(|(at, (role, words))| match at % 2 {
        1 => (role, words),
        _ => (own(role), words),
    }));
    pieces.extend(below(line.rest, open).map(|words| (own(Role::Muted), words)));
    painter.line(row, &pieces);
    if tail.look.colours && !is_chosen {
        colour(painter, line, row, before);
    }
    if line.rest == Rest::Right {
        let sign = painter.sign("›", ">").to_owned();
        painter.right(row, &[(own(Role::Accent), sign)]);
    }
}

/// Gives the text of a line, which begins after so many columns, the colours its event asks for, but for what the search
/// has found.
fn colour(painter: &mut Painter<'_>, line: &ScreenLine, row: Rect, before: u16) {
    let column_of = |at: usize| {
        let columns = text::width(line.text.get(..at).unwrap_or_default());
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        before.saturating_add(columns).min(row.width)
    };
    for (range, TerminalColour(number)) in &line.colours {
        let is_found = |found: &Range<usize>| found.start < range.end && range.start < found.end;
        let (from, to) = (column_of(range.start), column_of(range.end));
        if let Some(colour) = painter.theme.of_terminal(*number)
            && !line.found.iter().any(|(found, _)| is_found(found))
        {
            let part = Rect {
                x: row.x.saturating_add(from),
                width: to.saturating_sub(from),
                ..row
            };
            let part = part.intersection(*painter.buffer.area());
            painter.buffer.set_style(part, Style::new().fg(colour));
        }
    }
}

/// What stands before the text of a line; its last column tells where there is more to the left.
fn gutter(painter: &Painter<'_>, tail: &Tail, line: &ScreenLine, is_cursor: bool) -> Vec<Piece> {
    let (time, names) = tail.gutters();
    let mut pieces: Vec<Piece> = vec![
        (
            Role::Marked,
            sign(painter, tail, line, is_cursor).to_owned(),
        ),
        (level_role(line.level), letter(painter, line)),
    ];
    for (columns, text) in [(time, &line.time), (names, &line.source)] {
        if columns > 0 {
            pieces.push((Role::LogTime, format!("{text:columns$} ")));
        }
    }
    if tail.reader().sideways() > 0 && !tail.look.wrap {
        pieces.last_mut().map(|(_, words)| words.pop());
        pieces.push((Role::Accent, painter.sign("‹", "<").to_owned()));
    }
    pieces
}

/// What stands in place of lines there is no room for.
fn below(rest: Rest, open: &str) -> Option<String> {
    match rest {
        Rest::None | Rest::Right => None,
        Rest::Lines(count) => Some(format!(
            "... {} more lines; {open} shows all",
            thousands(count)
        )),
        Rest::Unread => Some(format!("... more; {open} shows all")),
    }
}

/// The sign before a row: a mark, the cursor, or how it came here.
fn sign(painter: &Painter<'_>, tail: &Tail, line: &ScreenLine, is_cursor: bool) -> &'static str {
    if !line.is_first {
        " "
    } else if tail.reader().is_marked(line.spot.row) {
        painter.sign("◆", "*")
    } else if is_cursor {
        painter.sign("▸", ">")
    } else if line.origin == EventOrigin::Recovered {
        "+"
    } else if line.spot.under {
        painter.sign("│", "|")
    } else {
        " "
    }
}

/// The level's letter; an invocation shows whether it is unfolded.
fn letter(painter: &Painter<'_>, line: &ScreenLine) -> String {
    let letter = match line.kind {
        ScreenLineKind::Invocation {
            is_unfolded: true, ..
        } => painter.sign("▾", "-").to_owned(),
        ScreenLineKind::Invocation { .. } => painter.sign("▸", "+").to_owned(),
        _ if line.is_first => line.level.letter().to_string(),
        _ => " ".to_owned(),
    };
    format!("{letter} ")
}

const fn level_role(level: Level) -> Role {
    match level {
        Level::Unknown => Role::Text,
        Level::Trace | Level::Debug => Role::LevelTrace,
        Level::Info => Role::LevelInfo,
        Level::Warn => Role::LevelWarn,
        Level::Error | Level::Fatal => Role::LevelError,
    }
}

/// The text of a line, with what the search found in it set apart.
fn parts(line: &ScreenLine) -> Vec<Piece> {
    let role =
        match (line.kind, line.level) {
            (ScreenLineKind::Dropped, _) => Role::Warning,
            (ScreenLineKind::Invocation { is_bad: true, .. }, _)
            | (_, Level::Error | Level::Fatal) => Role::LevelError,
            (ScreenLineKind::Invocation { .. }, _) => Role::Invocation,
            (ScreenLineKind::Record | ScreenLineKind::Around, _)
            | (_, Level::Trace | Level::Debug) => Role::LevelTrace,
            _ => Role::Text,
        };
    let part = |from: usize, to: usize| line.text.get(from..to).unwrap_or_default().to_owned();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (found, apart) in &line.found {
        pieces.push((role, part(at, found.start)));
        pieces.push((apart_role(*apart), part(found.start, found.end)));
        at = found.end;
    }
    pieces.push((role, part(at, line.text.len())));
    pieces
}

/// The look of what is set apart.
pub(super) const fn apart_role(apart: SetApart) -> Role {
    match apart {
        SetApart::Search => Role::Found,
        SetApart::Term(0) => Role::FirstTerm,
        SetApart::Term(1) => Role::SecondTerm,
        SetApart::Term(2) => Role::ThirdTerm,
        SetApart::Term(3) => Role::FourthTerm,
        SetApart::Term(4) => Role::FifthTerm,
        SetApart::Term(_) => Role::SixthTerm,
    }
}

/// A mark between rows, over the whole width: `── gap 00:00:07, refilling ──`.
fn marker(painter: &mut Painter<'_>, line: &ScreenLine, row: Rect) {
    let dash = painter.sign("─", "-");
    let words = format!("{} {} ", dash.repeat(2), line.text);
    let used = painter.line(row, &[(Role::Ruler, words)]);
    let rest = usize::from(row.width.saturating_sub(used)).min(2);
    let after = Rect {
        x: row.x + used,
        width: row.width.saturating_sub(used),
        ..row
    };
    painter.line(after, &[(Role::Ruler, dash.repeat(rest))]);
}

/// What stands in place of rows.
fn placeholder(view: LogsView<'_>, tail: &Tail) -> (Role, String) {
    let key = |action| view.context.keymap.way_to(action);
    let retry = key(Action::REFRESH);
    let groups = followed(tail);
    match tail.job().phase() {
        Phase::Failed(why) => failed(view, tail, why),
        Phase::Stopped => {
            let words = format!("Stopped following {groups}. Press {retry} to follow again.");
            (Role::Muted, words)
        }
        Phase::Ended => {
            let words = format!("The tail of {groups} has ended. Press {retry} to follow again.");
            (Role::Muted, words)
        }
        Phase::Following(_) if tail.rows().count() > 0 => {
            let words = format!(
                "No event of {} passes the filters; {} shows them, {} switches them off.",
                thousands(tail.rows().event_counts().1),
                key(FILTER_LIST),
                key(FILTERS_OFF)
            );
            (Role::Muted, words)
        }
        Phase::Following(_) => quiet(view, tail, &groups),
    }
}

/// What stands in place of rows when following failed. A pattern that was refused can be changed.
fn failed(view: LogsView<'_>, tail: &Tail, why: &str) -> (Role, String) {
    let key = |action| view.context.keymap.way_to(action);
    let why = text::sentence(why);
    let pattern = match tail.job().target().pattern.as_str() {
        "" => String::new(),
        pattern => format!(
            ", {} to change the pattern '{}'",
            key(SERVER_PATTERN),
            text::neutralise(pattern)
        ),
    };
    let (retry, others) = (key(Action::REFRESH), key(SHOW_GROUPS));
    let words = format!("{why} Press {retry} to try again{pattern}, {others} for other groups.");
    (Role::Error, words)
}

/// What stands in place of rows while none has come.
fn quiet(view: LogsView<'_>, tail: &Tail, groups: &str) -> (Role, String) {
    let pattern = &tail.job().target().pattern;
    match tail.job().mode() {
        Some(TailMode::Failing(_) | TailMode::Waiting(_)) => {
            (Role::Muted, format!("No event of {groups} was read yet."))
        }
        None | Some(TailMode::Connecting) => (Role::Muted, format!("Connecting to {groups} ...")),
        _ if pattern.is_empty() => (
            Role::Muted,
            format!("No event in {groups} yet; what comes is shown here."),
        ),
        _ => {
            let key = view.context.keymap.way_to(SERVER_PATTERN);
            let words =
                format!("No event in {groups} matches '{pattern}' yet; {key} changes the pattern.");
            (Role::Muted, words)
        }
    }
}

/// What is followed, in words.
fn followed(tail: &Tail) -> String {
    match tail.job().target().groups.as_slice() {
        [only] => text::neutralise(&group_label(only, tail.rows().home())).into_owned(),
        groups => format!("{} groups", groups.len()),
    }
}
