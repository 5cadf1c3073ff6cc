//! The histogram: a bar per column, as high as there are rows, in the colour of the gravest; below, when that was, and
//! how many rows of which level the bar under the cursor stands for.

use ratatui::layout::Rect;

use crate::logs::Level;
use crate::panes::logs::Tail;
use crate::panes::logs::tail::HistogramStrip;
use crate::text::{BARS, BARS_ASCII, counted};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece};

/// Columns from one time below the bars to the next.
const TICKS: u16 = 16;
/// Columns below which a time is left out: it would be cut.
const WHOLE: u16 = 12;

/// Draws the histogram.
pub(super) fn draw(painter: &mut Painter<'_>, tail: &Tail, area: Rect) {
    let mut rows = area.rows();
    let Some(bars) = rows.next() else {
        return;
    };
    if let Some(axis) = rows.next() {
        draw_axis(painter, tail, axis);
    }
    if let Some(row) = rows.next() {
        painter.line(row, &counts(tail));
    }
    draw_bars(painter, tail.reader().histogram_strip(), bars);
}

fn draw_bars(painter: &mut Painter<'_>, histogram_strip: &HistogramStrip, area: Rect) {
    for (column, (height, level)) in (0..area.width).zip(&histogram_strip.bars) {
        let cell = Rect {
            x: area.x + column,
            width: 1,
            ..area
        };
        let grave = matches!(level, Level::Warn | Level::Error | Level::Fatal);
        // Without Unicode the level's letter says more than the height.
        let bar = if painter.ascii && grave {
            level.letter().to_string()
        } else {
            bar(painter, *height).to_owned()
        };
        painter.line(cell, &[(role(*level), bar)]);
        if histogram_strip.cursor == Some(usize::from(column)) {
            painter.tint(cell, Role::Selected);
        }
    }
}

/// A bar that is so many eighths high.
pub(super) fn bar(painter: &Painter<'_>, eighths: u8) -> &'static str {
    let bars = if painter.ascii { BARS_ASCII } else { BARS };
    bars.get(usize::from(eighths)).unwrap_or(&" ")
}

/// When bars begin: every few columns, from the left.
fn draw_axis(painter: &mut Painter<'_>, tail: &Tail, area: Rect) {
    let strip = tail.reader().histogram_strip();
    let (from_ms, to_ms) = (strip.span_ms(0).0, strip.span_ms(strip.bars.len()).0);
    let form = match to_ms.saturating_sub(from_ms) {
        0..86_400_000 => "%H:%M:%S",
        _ => "%m-%d %H:%M",
    };
    let tick = painter.sign("╵", "'").to_owned();
    for column in (0..strip.bars.len()).step_by(usize::from(TICKS)) {
        let at = tail.zoned(strip.span_ms(column).0);
        let words = at.map(|at| format!("{tick}{}", at.strftime(form)));
        let column = u16::try_from(column).unwrap_or(area.width);
        let place = Rect {
            x: area.x.saturating_add(column),
            width: area.width.saturating_sub(column).min(TICKS - 1),
            ..area
        };
        if place.width >= WHOLE {
            painter.line(place, &[(Role::Muted, words.unwrap_or_default())]);
        }
    }
}

/// How many rows of which level the bar under the cursor stands for, and when.
fn counts(tail: &Tail) -> Vec<Piece> {
    let strip = tail.reader().histogram_strip();
    let Some(column) = strip.cursor else {
        return Vec::new();
    };
    let (from_ms, to_ms) = strip.span_ms(column);
    let at = |ms, form| tail.zoned(ms).map(|at| at.strftime(form).to_string());
    let from = at(from_ms, "%m-%d %H:%M:%S").unwrap_or_default();
    let to = at(to_ms, "%H:%M:%S").unwrap_or_default();
    let counts = strip.counts(column);
    let total = counted(counts.total(), "event", "events").unwrap_or("no event".to_owned());
    let levels = Level::ALL.into_iter().rev().filter_map(|level| {
        let name = match level {
            Level::Unknown => "without level",
            level => level.name(),
        };
        let told = counted(counts.of(level), name, name)?;
        Some((role(level), format!("  {told}")))
    });
    let when = (Role::Text, format!(" {from} to {to}  {total}"));
    std::iter::once(when).chain(levels).collect()
}

const fn role(level: Level) -> Role {
    match level {
        Level::Warn => Role::LevelWarn,
        Level::Error | Level::Fatal => Role::LevelError,
        _ => Role::LogTime,
    }
}
