//! The axes as pure geometry: memory on a log₂ scale, and two linear value axes that know nothing of each other.
//!
//! Value axes start at zero: twice as high is twice as long, or twice as dear, and noise is not magnified.

use crate::lambda::MemoryMb;
use unicode_width::UnicodeWidthStr;

/// Dots in one cell, across.
pub const DOTS_ACROSS: i32 = 2;
/// Dots in one cell, down.
pub const DOTS_DOWN: i32 = 4;

/// Steps between ticks, in powers of ten, and how odd each looks.
const STEPS: [(f64, f64); 12] = [
    (0.1, 0.0),
    (0.2, 0.0),
    (0.25, 0.03),
    (0.3, 0.08),
    (0.4, 0.08),
    (0.5, 0.0),
    (1.0, 0.0),
    (2.0, 0.0),
    (2.5, 0.03),
    (3.0, 0.08),
    (5.0, 0.0),
    (10.0, 0.0),
];

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

/// A linear axis from zero to a round number, over a number of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueAxis {
    top: f64,
    step: f64,
    rows: u16,
}

/// A labelled position on a value axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// The value there, in the unit of the axis.
    pub value: f64,
    /// The row, 0 at the top.
    pub row: i32,
}

impl ValueAxis {
    /// Makes an axis that holds every value from zero to `max` (0 to 1 when `max` is not positive and finite).
    #[must_use]
    pub fn up_to(max: f64, rows: u16) -> Self {
        let max = if max.is_finite() && max > 0.0 {
            max
        } else {
            1.0
        };
        let most = usize::from(rows * 2 / 5).clamp(2, 7);
        let magnitude = 10f64.powf(max.log10().floor());
        let (step, count, _) = STEPS
            .into_iter()
            .map(|(mantissa, odd)| (mantissa * magnitude, odd))
            .map(|(step, odd)| (step, (max / step - 1e-9).ceil().max(1.0), odd))
            .filter(|(_, count, _)| *count <= most as f64)
            .map(|(step, count, odd)| (step, count, odd + misfit(max, step, count, rows)))
            .min_by(|left, right| left.2.total_cmp(&right.2))
            .unwrap_or((max, 1.0, 0.0));
        Self {
            top: step * count,
            step,
            rows,
        }
    }

    /// The value at the upper end.
    #[must_use]
    pub const fn top(&self) -> f64 {
        self.top
    }

    /// The dot row of a value, 0 at the top; values outside the axis sit on its ends.
    #[must_use]
    pub fn dot(&self, value: f64) -> i32 {
        let share = (value / self.top).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { share };
        let height = (i32::from(self.rows) - 1).max(0) * DOTS_DOWN;
        1 + nearest((1.0 - share) * f64::from(height))
    }

    /// The row of a value, 0 at the top.
    #[must_use]
    pub fn row(&self, value: f64) -> i32 {
        self.dot(value) / DOTS_DOWN
    }

    /// The ticks, from zero up, one per row at most.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        let count = nearest(self.top / self.step).clamp(0, 16);
        let mut ticks: Vec<Tick> = (0..=count)
            .map(|index| f64::from(index) * self.step)
            .map(|value| Tick {
                value,
                row: self.row(value),
            })
            .collect();
        ticks.dedup_by_key(|tick| tick.row);
        ticks
    }

    /// How many decimals the labels need when values are divided by `unit`.
    #[must_use]
    pub fn decimals(&self, unit: f64) -> usize {
        (0..12)
            .find(|decimals| {
                let scaled = self.step / unit * 10f64.powi(*decimals);
                (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3)
            })
            .and_then(|decimals| usize::try_from(decimals).ok())
            .unwrap_or(0)
    }
}

/// How ill a step suits: room left above the highest value, few ticks, ticks at unequal distances on the rows.
fn misfit(max: f64, step: f64, count: f64, rows: u16) -> f64 {
    let waste = step * count / max - 1.0;
    let few = if count < 3.0 { 0.15 } else { 0.0 };
    let gaps = f64::from(rows.saturating_sub(1)) / count;
    let uneven = if gaps.fract() == 0.0 { 0.0 } else { 0.12 };
    waste + few + uneven
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
    fn the_value_axis_ends_on_a_round_number_just_above_the_maximum() {
        let cases = [
            (34359.8, 17),
            (71.5, 11),
            (4.455, 10),
            (900_000.0, 25),
            (0.0021, 10),
        ];
        for (max, rows) in cases {
            let axis = ValueAxis::up_to(max, rows);
            assert!(
                axis.top() >= max && axis.top() <= max * 1.6,
                "{max} {axis:?}"
            );
            assert_eq!(axis.row(0.0), i32::from(rows) - 1);
            assert_eq!(axis.row(axis.top()), 0);
        }
    }

    #[test]
    fn values_beyond_the_axis_sit_on_its_ends() {
        let axis = ValueAxis::up_to(100.0, 10);
        assert_eq!(axis.row(1e30), 0);
        assert_eq!(axis.row(-5.0), 9);
        assert_eq!(axis.row(f64::NAN), 9);
    }

    #[test]
    fn labels_need_no_more_decimals_than_the_step() {
        assert_eq!(ValueAxis::up_to(40.0, 17).decimals(1.0), 0);
        assert_eq!(ValueAxis::up_to(0.5, 17).decimals(1.0), 1);
        assert_eq!(ValueAxis::up_to(2500.0, 17).decimals(1000.0), 1);
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
