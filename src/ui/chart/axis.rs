//! The axes as pure geometry: memory on a log₂ scale, and two value axes that know nothing of each other.

use crate::lambda::MemoryMb;
use unicode_width::UnicodeWidthStr;

mod value;

pub use value::{Tick, ValueAxis};

/// Dots in one cell, across.
pub const DOTS_ACROSS: i32 = 2;
/// Dots in one cell, down.
pub const DOTS_DOWN: i32 = 4;

/// Memory sizes on a log₂ scale over a number of columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MemoryAxis {
    low: f64,
    high: f64,
    columns: u16,
}

impl MemoryAxis {
    /// Spans the given sizes; `None` when there are none, or no column.
    pub fn over(sizes: impl IntoIterator<Item = MemoryMb>, columns: u16) -> Option<Self> {
        let (low, high) = sizes.into_iter().fold(None, |span, size| {
            let (low, high) = span.unwrap_or((size, size));
            Some((size.min(low), size.max(high)))
        })?;
        (columns > 0).then(|| Self {
            low: log2(low),
            high: log2(high),
            columns,
        })
    }

    /// The dot of a size, 0 to twice the columns less one; sizes outside the span sit on its ends.
    #[must_use]
    pub fn dot(&self, size: MemoryMb) -> i32 {
        let margin = if self.columns >= 12 { 2 } else { 0 };
        let first = margin * DOTS_ACROSS;
        let last = (i32::from(self.columns) * DOTS_ACROSS - 1 - first).max(first);
        let span = self.high - self.low;
        let share = if span > 0.0 {
            ((log2(size) - self.low) / span).clamp(0.0, 1.0)
        } else {
            0.5
        };
        first + nearest(share * f64::from(last - first))
    }

    /// The column of a size, 0 to the columns less one.
    #[must_use]
    pub fn column(&self, size: MemoryMb) -> i32 {
        self.dot(size) / DOTS_ACROSS
    }
}

fn log2(size: MemoryMb) -> f64 {
    f64::from(size.megabytes()).log2()
}

/// Rounds to the nearest whole number that fits.
fn nearest(value: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions on a screen; the cast saturates"
    )]
    let whole = value.round() as i32;
    whole
}

/// A label under the memory axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The first column, relative to the axis; may be negative by less than its own width.
    pub start: i32,
    /// The size.
    pub size: MemoryMb,
}

/// Chooses the labels that fit without touching each other.
///
/// `sizes` come in order of importance; each is centred under its column, within `left..right`.
#[must_use]
pub fn labels(axis: &MemoryAxis, sizes: &[MemoryMb], left: i32, right: i32) -> Vec<Label> {
    let mut taken: Vec<(i32, i32)> = Vec::new();
    let mut placed: Vec<Label> = Vec::new();
    for size in sizes {
        if placed.iter().any(|label| label.size == *size) {
            continue;
        }
        let width = i32::try_from(size.to_string().width()).unwrap_or(5);
        if right - left < width {
            continue;
        }
        let start = (axis.column(*size) - width / 2).clamp(left, right - width);
        let end = start + width;
        if taken.iter().all(|(from, to)| end < *from || start > *to) {
            taken.push((start, end));
            placed.push(Label { start, size: *size });
        }
    }
    placed.sort_by_key(|label| label.start);
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mb(size: u32) -> MemoryMb {
        MemoryMb::new(size).unwrap()
    }

    #[test]
    fn doubling_the_memory_is_always_the_same_distance() {
        let axis = MemoryAxis::over([mb(128), mb(2048)], 84).unwrap();
        let columns: Vec<i32> = [128, 256, 512, 1024, 2048]
            .map(|size| axis.column(mb(size)))
            .to_vec();
        assert_eq!(columns, [2, 22, 42, 61, 81]);
    }

    #[test]
    fn one_size_stands_in_the_middle() {
        let axis = MemoryAxis::over([mb(512)], 41).unwrap();
        assert_eq!(axis.column(mb(512)), 20);
    }

    #[test]
    fn no_size_and_no_column_make_no_axis() {
        assert_eq!(MemoryAxis::over([], 40), None);
        assert_eq!(MemoryAxis::over([mb(512)], 0), None);
    }

    #[test]
    fn labels_never_touch_and_the_important_ones_win() {
        let axis = MemoryAxis::over([mb(128), mb(3008)], 40).unwrap();
        let sizes: Vec<MemoryMb> = [1472, 128, 3008]
            .into_iter()
            .chain((128..=3008).step_by(64))
            .map(mb)
            .collect();
        let placed = labels(&axis, &sizes, -5, 45);
        assert!(placed.iter().any(|label| label.size == mb(1472)));
        for pair in placed.windows(2) {
            let width = i32::try_from(pair[0].size.to_string().len()).unwrap();
            assert!(pair[0].start + width < pair[1].start, "{placed:?}");
        }
    }
}
