//! A canvas of dots, two across and four down in each cell, drawn as braille or as plain ASCII.

use ratatui::style::Style;

use super::axis::{DOTS_ACROSS, DOTS_DOWN};
use super::pen::Pen;

/// How the dots of a line follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Every dot.
    Solid,
    /// Every other pair of dots, at the same places in every line.
    Dashed,
}

/// Dots with one style per cell; what is drawn last gives the style.
pub(super) struct Canvas {
    columns: i32,
    rows: i32,
    cells: Vec<(u8, Style)>,
}

impl Canvas {
    /// An empty canvas.
    pub(super) fn new(columns: i32, rows: i32) -> Self {
        let count = usize::try_from(columns.max(0) * rows.max(0)).unwrap_or(0);
        Self {
            columns,
            rows,
            cells: vec![(0, Style::new()); count],
        }
    }

    /// Sets one dot; outside of the canvas nothing happens.
    pub(super) fn dot(&mut self, x: i32, y: i32, style: Style) {
        let bit = braille_bit(x.rem_euclid(DOTS_ACROSS), y.rem_euclid(DOTS_DOWN));
        if let Some(cell) = self.cell_index(x.div_euclid(DOTS_ACROSS), y.div_euclid(DOTS_DOWN))
            && let Some((bits, old)) = self.cells.get_mut(cell)
        {
            *bits |= bit;
            *old = style;
        }
    }

    /// Draws a straight line between two dots, both ends included.
    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), style: Style, stroke: Stroke) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steps = dx.abs().max(dy.abs());
        for step in 0..=steps {
            let along = |start: i32, delta: i32| start + rounded_share(delta, step, steps);
            let (x, y) = (along(from.0, dx), along(from.1, dy));
            let leading = if dx.abs() >= dy.abs() { x } else { y };
            if stroke == Stroke::Solid || leading.div_euclid(2) % 2 == 0 {
                self.dot(x, y, style);
            }
        }
    }

    /// Draws every cell that holds a dot.
    pub(super) fn paint(&self, pen: &mut Pen<'_>, ascii: bool) {
        for row in 0..self.rows {
            for column in 0..self.columns {
                let cell = self
                    .cell_index(column, row)
                    .and_then(|index| self.cells.get(index));
                let Some((bits, style)) = cell.filter(|(bits, _)| *bits != 0) else {
                    continue;
                };
                let glyph = if ascii {
                    ascii_glyph(*bits)
                } else {
                    char::from_u32(0x2800 + u32::from(*bits)).unwrap_or('.')
                };
                pen.put(column, row, glyph.encode_utf8(&mut [0; 4]), *style);
            }
        }
    }

    fn cell_index(&self, column: i32, row: i32) -> Option<usize> {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        inside
            .then(|| usize::try_from(row * self.columns + column).ok())
            .flatten()
    }
}

/// `delta * step / steps`, rounded half away from zero.
const fn rounded_share(delta: i32, step: i32, steps: i32) -> i32 {
    if steps == 0 {
        return 0;
    }
    let doubled = 2 * delta * step;
    (doubled + if delta < 0 { -steps } else { steps }) / (2 * steps)
}

/// The bit of a dot in a braille character (Unicode 2800 block).
const fn braille_bit(x: i32, y: i32) -> u8 {
    match (x, y) {
        (0, 0) => 0x01,
        (0, 1) => 0x02,
        (0, 2) => 0x04,
        (0, _) => 0x40,
        (_, 0) => 0x08,
        (_, 1) => 0x10,
        (_, 2) => 0x20,
        (_, _) => 0x80,
    }
}

/// The ASCII character that sits where most of the dots are.
const fn ascii_glyph(bits: u8) -> char {
    let upper = (bits & 0b0000_1001).count_ones();
    let middle = (bits & 0b0011_0110).count_ones();
    let lower = (bits & 0b1100_0000).count_ones();
    if upper > 0 && lower > 0 {
        ':'
    } else if upper > 0 && upper >= middle {
        '\''
    } else if lower > 0 && lower >= middle {
        '.'
    } else {
        '-'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_both_ends_and_no_gap() {
        let mut canvas = Canvas::new(5, 2);
        canvas.line((0, 0), (9, 7), Style::new(), Stroke::Solid);
        let dots: u32 = canvas.cells.iter().map(|(bits, _)| bits.count_ones()).sum();
        assert_eq!(dots, 10);
        assert_eq!(canvas.cells[0].0 & 0x01, 0x01);
        assert_eq!(canvas.cells[9].0 & 0x80, 0x80);
    }

    #[test]
    fn dots_outside_are_dropped() {
        let mut canvas = Canvas::new(2, 2);
        for (x, y) in [(-1, 0), (0, -1), (4, 0), (0, 8)] {
            canvas.dot(x, y, Style::new());
        }
        assert!(canvas.cells.iter().all(|(bits, _)| *bits == 0));
    }

    #[test]
    fn a_dashed_line_leaves_gaps() {
        let mut canvas = Canvas::new(4, 1);
        canvas.line((0, 0), (7, 0), Style::new(), Stroke::Dashed);
        let dots: u32 = canvas.cells.iter().map(|(bits, _)| bits.count_ones()).sum();
        assert_eq!(dots, 4);
    }
}
