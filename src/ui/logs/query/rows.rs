//! The answer as a table: the names of its columns, its rows with a bar for a figure, and the value under the cursor.

use jiff::Timestamp;
use ratatui::layout::Rect;

use crate::logs::query::{AnswerBars, TimeBars, ValueKind};
use crate::panes::QueryAreas;
use crate::panes::logs::query::{AnswerPage, ShownColumn};
use crate::text;
use crate::theme::Role;
use crate::ui::logs::histogram_strip::bar;
use crate::ui::painter::{Painter, Piece, plain, window};

/// Columns of the screen for the bar of a row, at most and at least.
const LONGEST_BAR: usize = 30;
const SHORTEST_BAR: usize = 6;
/// Characters of a value that are looked at for one row of the screen.
const LOOKED_AT: usize = 4_000;

/// Draws the table.
pub(super) fn draw(painter: &mut Painter<'_>, page: &AnswerPage, areas: &QueryAreas) {
    let width = usize::from(areas.rows.width);
    let columns = page.columns(width);
    for column in &columns {
        head(painter, page, *column, areas.heads);
    }
    let bars = page.bars().and_then(|bars| {
        let used = columns.last().map_or(0, |it| it.x + it.width + 2);
        let room = width.saturating_sub(used + 1);
        (room >= SHORTEST_BAR).then_some((bars, used, room.min(LONGEST_BAR)))
    });
    if let Some((bars, x, room)) = bars
        && let Some(column) = page.table().columns().get(bars.column)
    {
        let name = [(Role::Muted, plain(&column.name))];
        painter.line(part(areas.heads, x, room), &name);
    }
    let (at, _) = page.cursor();
    let height = usize::from(areas.rows.height);
    let from = window(at, page.rows().len(), height);
    let rows = page.rows().iter().enumerate().skip(from);
    for (place, (number, row)) in areas.rows.rows().zip(rows) {
        if number == at {
            painter.tint(place, Role::Selected);
        }
        for column in &columns {
            cell(painter, page, (*row, *column), number == at, place);
        }
        if let Some((bars, x, room)) = bars {
            draw_bar(painter, page, (bars, *row), part(place, x, room));
        }
    }
    value(painter, page, areas.value);
}

/// A part of a row of the screen.
fn part(row: Rect, x: usize, width: usize) -> Rect {
    let x = u16::try_from(x).unwrap_or(u16::MAX);
    Rect {
        x: row.x.saturating_add(x),
        width: u16::try_from(width).unwrap_or(u16::MAX),
        ..row
    }
    .intersection(row)
}

fn head(painter: &mut Painter<'_>, page: &AnswerPage, column: ShownColumn, heads: Rect) {
    let Some(it) = page.table().columns().get(column.column) else {
        return;
    };
    let arrow = match page.sort() {
        Some((sorted, true)) if sorted == column.column => painter.sign("↓", "v"),
        Some((sorted, false)) if sorted == column.column => painter.sign("↑", "^"),
        _ => "",
    };
    let name = match it.kind {
        ValueKind::Number => text::pad_left(&plain(&it.name), column.width),
        ValueKind::Text | ValueKind::Time => plain(&it.name),
    };
    let name = format!("{name}{arrow}");
    let is_here = page.cursor().1 == column.column;
    let role = if is_here { Role::Accent } else { Role::Muted };
    // The arrow may stand in the gap.
    painter.line(part(heads, column.x, column.width + 1), &[(role, name)]);
}

fn cell(
    painter: &mut Painter<'_>,
    page: &AnswerPage,
    (row, column): (usize, ShownColumn),
    here: bool,
    place: Rect,
) {
    let kind = page.table().columns().get(column.column).map(|it| it.kind);
    let words = shown(page.table().cell(row, column.column).unwrap_or_default());
    let is_last = column.column + 1 == page.table().columns().len();
    let words = if is_last && page.offset() > 0 {
        let from = text::byte_at(&words, page.offset());
        words.get(from..).unwrap_or_default().to_owned()
    } else {
        words
    };
    let (role, words) = match kind {
        Some(ValueKind::Number) => (Role::Duration, text::pad_left(&words, column.width)),
        Some(ValueKind::Time) => (Role::LogTime, words),
        _ => (Role::Text, words),
    };
    let role = if here { Role::Selected } else { role };
    painter.line(part(place, column.x, column.width), &[(role, words)]);
}

/// The beginning of a value, safe to show on one row.
fn shown(value: &str) -> String {
    let end = value.char_indices().nth(LOOKED_AT);
    let beginning = end.and_then(|(end, _)| value.get(..end)).unwrap_or(value);
    plain(beginning.trim_end())
}

fn draw_bar(
    painter: &mut Painter<'_>,
    page: &AnswerPage,
    (bars, row): (AnswerBars, usize),
    place: Rect,
) {
    let length = bars.length(page.table(), row, usize::from(place.width));
    let sign = painter.sign("█", "#");
    painter.line(place, &[(Role::Accent, sign.repeat(length))]);
}

/// The figures over time, with the largest of them and where they begin and end.
pub(super) fn strip(painter: &mut Painter<'_>, page: &AnswerPage, strip: &TimeBars, area: Rect) {
    let name = page.table().columns().get(strip.column);
    let name = name.map_or_else(String::new, |it| plain(&it.name));
    let bars: String = strip.heights.iter().map(|it| bar(painter, *it)).collect();
    let most = figure(strip.most);
    let (from, to) = (minute(strip.from_ms), minute(strip.to_ms));
    let words = format!("  {name}: {most} at most, {from} to {to}");
    let pieces: [Piece; 2] = [(Role::Accent, format!(" {bars}")), (Role::Muted, words)];
    painter.line(area, &pieces);
}

/// A time in UTC, to the minute.
fn minute(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    at.strftime("%m-%d %H:%M").to_string()
}

fn figure(number: f64) -> String {
    if number.fract() == 0.0 && number < 1e15 {
        text::thousands(format!("{number:.0}"))
    } else {
        format!("{number:.2}")
    }
}

/// The value under the cursor, as much of it as there is room for.
fn value(painter: &mut Painter<'_>, page: &AnswerPage, area: Rect) {
    let column = page.table().columns().get(page.cursor().1);
    let (Some(column), Some(value)) = (column, page.cell()) else {
        return;
    };
    let words = format!("{}: {}", plain(&column.name), shown(value));
    painter.wrapped(area, Role::Muted, &words);
}
