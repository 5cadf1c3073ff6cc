//! Writing into a part of a buffer; nothing a pen does lands outside of its area.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// A piece of text in one style.
pub(super) type Piece = (String, Style);

/// Writes at positions relative to the upper left corner of its area.
pub(super) struct Pen<'b> {
    buffer: &'b mut Buffer,
    area: Rect,
}

impl<'b> Pen<'b> {
    /// A pen for the part of `area` that the buffer has.
    pub(super) fn new(buffer: &'b mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area }
    }

    /// The columns there are.
    pub(super) fn width(&self) -> i32 {
        i32::from(self.area.width)
    }

    /// The rows there are.
    pub(super) fn height(&self) -> i32 {
        i32::from(self.area.height)
    }

    /// A pen for a part of the area, for as long as this one rests.
    pub(super) fn part(&mut self, x: i32, y: i32, width: i32, height: i32) -> Pen<'_> {
        let left = x.clamp(0, self.width());
        let top = y.clamp(0, self.height());
        let area = Rect {
            x: self.area.x.saturating_add(small(left)),
            y: self.area.y.saturating_add(small(top)),
            width: small((x + width).clamp(left, self.width()) - left),
            height: small((y + height).clamp(top, self.height()) - top),
        };
        Pen {
            buffer: self.buffer,
            area,
        }
    }

    /// Puts one single-column glyph.
    pub(super) fn put(&mut self, x: i32, y: i32, glyph: &str, style: Style) {
        if let Some((x, y)) = self.place(x, y)
            && let Some(cell) = self.buffer.cell_mut((x, y))
        {
            cell.set_symbol(glyph).set_style(style);
        }
    }

    /// Whether a cell is blank or shows the given glyph.
    pub(super) fn is_free(&self, x: i32, y: i32, glyph: &str) -> bool {
        self.place(x, y)
            .and_then(|at| self.buffer.cell(at))
            .is_some_and(|cell| [" ", glyph].contains(&cell.symbol()))
    }

    /// Writes text up to the right edge; returns the column after it.
    pub(super) fn text(&mut self, x: i32, y: i32, text: &str, style: Style) -> i32 {
        let Some((column, row)) = self.place(x, y) else {
            return x;
        };
        let room = usize::try_from(self.width() - x).unwrap_or(0);
        let (end, _) = self.buffer.set_stringn(column, row, text, room, style);
        i32::from(end) - i32::from(self.area.x)
    }

    /// Writes pieces one after the other; the last one that does not fit is cut.
    pub(super) fn pieces(&mut self, x: i32, y: i32, pieces: &[Piece]) -> i32 {
        pieces
            .iter()
            .fold(x, |x, (text, style)| self.text(x, y, text, *style))
    }

    fn place(&self, x: i32, y: i32) -> Option<(u16, u16)> {
        let inside = (0..self.width()).contains(&x) && (0..self.height()).contains(&y);
        inside.then(|| {
            (
                self.area.x.saturating_add(small(x)),
                self.area.y.saturating_add(small(y)),
            )
        })
    }
}

/// The columns that text takes.
pub(super) fn columns(text: &str) -> i32 {
    i32::try_from(text.width()).unwrap_or(i32::MAX)
}

/// The columns that pieces take together.
pub(super) fn columns_of(pieces: &[Piece]) -> i32 {
    pieces
        .iter()
        .fold(0, |sum, (text, _)| sum.saturating_add(columns(text)))
}

fn small(value: i32) -> u16 {
    u16::try_from(value.max(0)).unwrap_or(u16::MAX)
}
