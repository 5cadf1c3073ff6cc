//! The histogram: a bar per column, as high as there are rows, in the colour of the gravest.

use ratatui::layout::Rect;

use crate::logs::Level;
use crate::panes::logs::Tail;
use crate::text::{BARS, BARS_ASCII};
use crate::theme::Role;
use crate::ui::painter::Painter;

/// Draws the histogram.
pub(super) fn draw(painter: &mut Painter<'_>, tail: &Tail, area: Rect) {
    if area.height == 0 {
        return;
    }
    let histogram_strip = tail.reader().histogram_strip();
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

const fn role(level: Level) -> Role {
    match level {
        Level::Warn => Role::LevelWarn,
        Level::Error | Level::Fatal => Role::LevelError,
        _ => Role::LogTime,
    }
}
