//! A value axis: from zero, from near the lowest value, or logarithmic.
//!
//! From zero, twice as high is twice as long, or twice as dear, and noise is not magnified; the others are for who asks.

use super::{DOTS_DOWN, nearest};

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

/// The numbers at which a logarithmic axis has ticks, in powers of ten.
const LOG_MANTISSAS: [f64; 3] = [1.0, 2.0, 5.0];

/// An axis between round numbers, over a number of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueAxis {
    low: f64,
    top: f64,
    scale: ValueScale,
    rows: u16,
}

/// How values are spread over an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
enum ValueScale {
    /// Evenly, with a tick at each step.
    Linear { step: f64 },
    /// By their logarithms.
    Log,
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
        Self::between(0.0, max, rows)
    }

    /// Makes an axis that holds the values from `min` to `max` and begins near the smallest; one from zero when that is as
    /// near, or the values are not positive and finite.
    #[must_use]
    pub fn near(min: f64, max: f64, rows: u16) -> Self {
        if !is_range(min, max) {
            return Self::up_to(max, rows);
        }
        let axis = Self::between(min, max, rows);
        if axis.low > 0.0 {
            axis
        } else {
            Self::up_to(max, rows)
        }
    }

    /// Makes a logarithmic axis that holds the values from `min` to `max`; one from zero when they lie close together, or are
    /// not positive and finite.
    #[must_use]
    pub fn log(min: f64, max: f64, rows: u16) -> Self {
        if !is_range(min, max) || max < 2.0 * min {
            return Self::up_to(max, rows);
        }
        let mantissas = || LOG_MANTISSAS.into_iter().chain([10.0]);
        let (from, to) = (magnitude(min), magnitude(max));
        let low = mantissas().map(|it| it * from);
        let low = low
            .filter(|low| *low <= min * (1.0 + 1e-9))
            .fold(from, f64::max);
        let top = mantissas().map(|it| it * to);
        let top = top
            .filter(|top| *top >= max * (1.0 - 1e-9))
            .fold(10.0 * to, f64::min);
        Self {
            low,
            top,
            scale: ValueScale::Log,
            rows,
        }
    }

    /// Whether the axis begins at zero.
    #[must_use]
    pub fn is_from_zero(&self) -> bool {
        self.low == 0.0
    }

    /// Whether values are spread by their logarithms.
    #[must_use]
    pub fn is_log(&self) -> bool {
        self.scale == ValueScale::Log
    }

    /// The linear axis of the step that suits the range best; both ends are multiples of it.
    fn between(min: f64, max: f64, rows: u16) -> Self {
        let span = max - min;
        let most = usize::from(rows * 2 / 5).clamp(2, 7);
        let magnitude = magnitude(span);
        let ends = |step: f64| {
            let (first, last) = ((min / step + 1e-9).floor(), (max / step - 1e-9).ceil());
            (first, last.max(first + 1.0))
        };
        let (step, _) = STEPS
            .into_iter()
            .map(|(mantissa, odd)| (mantissa * magnitude, odd))
            .map(|(step, odd)| (step, ends(step), odd))
            .map(|(step, (first, last), odd)| (step, last - first, odd))
            .filter(|(_, count, _)| *count <= most as f64)
            .map(|(step, count, odd)| (step, odd + misfit(span, step, count, rows)))
            .min_by(|left, right| left.1.total_cmp(&right.1))
            .unwrap_or((span, 0.0));
        let (first, last) = ends(step);
        Self {
            low: step * first,
            top: step * last,
            scale: ValueScale::Linear { step },
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
        let share = match self.scale {
            ValueScale::Linear { .. } => (value - self.low) / (self.top - self.low),
            ValueScale::Log => (value / self.low).ln() / (self.top / self.low).ln(),
        };
        let share = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        let height = (i32::from(self.rows) - 1).max(0) * DOTS_DOWN;
        1 + nearest((1.0 - share) * f64::from(height))
    }

    /// The row of a value, 0 at the top.
    #[must_use]
    pub fn row(&self, value: f64) -> i32 {
        self.dot(value) / DOTS_DOWN
    }

    /// The ticks, from the lowest up, one per row at most.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = match self.scale {
            ValueScale::Linear { step } => {
                let count = nearest((self.top - self.low) / step).clamp(0, 16);
                let values = (0..=count).map(|index| self.low + f64::from(index) * step);
                values.map(|value| self.tick(value)).collect()
            }
            ValueScale::Log => self.log_ticks(),
        };
        ticks.dedup_by_key(|tick| tick.row);
        ticks
    }

    fn tick(&self, value: f64) -> Tick {
        Tick {
            value,
            row: self.row(value),
        }
    }

    /// The round numbers of a logarithmic axis: powers of ten alone where there are many.
    fn log_ticks(&self) -> Vec<Tick> {
        let decades = (self.top / self.low).log10();
        let is_crowded = decades * 3.0 > f64::from(self.rows);
        let mut magnitude = magnitude(self.low);
        let mut values = Vec::new();
        while magnitude <= self.top {
            let mantissas = LOG_MANTISSAS.into_iter();
            let kept = mantissas.filter(|mantissa| !is_crowded || *mantissa < 1.5);
            values.extend(kept.map(|mantissa| mantissa * magnitude));
            magnitude *= 10.0;
        }
        let near = 1e-9;
        let within =
            |value: &f64| *value >= self.low * (1.0 - near) && *value <= self.top * (1.0 + near);
        let ticks = values.into_iter().filter(within);
        ticks.map(|value| self.tick(value)).collect()
    }

    /// How many decimals the label of a tick needs when values are divided by `unit`.
    #[must_use]
    pub fn decimals(&self, value: f64, unit: f64) -> usize {
        let round = match self.scale {
            ValueScale::Linear { step } => step,
            ValueScale::Log => value,
        };
        (0..12)
            .find(|decimals| {
                let scaled = round / unit * 10f64.powi(*decimals);
                (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3)
            })
            .and_then(|decimals| usize::try_from(decimals).ok())
            .unwrap_or(0)
    }
}

fn is_range(min: f64, max: f64) -> bool {
    min.is_finite() && max.is_finite() && min > 0.0 && max > min
}

/// The power of ten at or below a positive value.
fn magnitude(value: f64) -> f64 {
    10f64.powf(value.log10().floor())
}

/// How ill a step suits: room left above the highest value, few ticks, ticks at unequal distances on the rows.
fn misfit(max: f64, step: f64, count: f64, rows: u16) -> f64 {
    let waste = step * count / max - 1.0;
    let few = if count < 3.0 { 0.15 } else { 0.0 };
    let gaps = f64::from(rows.saturating_sub(1)) / count;
    let uneven = if gaps.fract() == 0.0 { 0.0 } else { 0.12 };
    waste + few + uneven
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(ValueAxis::up_to(40.0, 17).decimals(0.5, 1.0), 0);
        assert_eq!(ValueAxis::up_to(0.5, 17).decimals(0.5, 1.0), 1);
        assert_eq!(ValueAxis::up_to(2500.0, 17).decimals(0.5, 1000.0), 1);
    }

    #[test]
    fn an_axis_may_begin_near_the_lowest_value() {
        let axis = ValueAxis::near(0.83, 2.4, 20);
        assert!(!axis.is_from_zero() && !axis.is_log());
        assert!(
            axis.low <= 0.83 && axis.low > 0.4 && axis.top() >= 2.4,
            "{axis:?}"
        );
        assert_eq!(axis.row(axis.low), 19);
        assert_eq!(axis.row(axis.top()), 0);
        let ticks = axis.ticks();
        assert_eq!(ticks.first().map(|tick| tick.row), Some(19));
        assert_eq!(ticks.last().map(|tick| tick.row), Some(0));
        for (min, max) in [(0.01, 100.0), (5.0, 5.0), (0.0, 5.0), (f64::NAN, 5.0)] {
            assert_eq!(
                ValueAxis::near(min, max, 20),
                ValueAxis::up_to(max, 20),
                "{min}"
            );
        }
    }

    #[test]
    fn on_a_logarithmic_axis_twice_as_long_is_always_the_same_distance() {
        let axis = ValueAxis::log(28.0, 3500.0, 40);
        assert!(
            axis.is_log() && axis.top() == 5000.0 && axis.low == 20.0,
            "{axis:?}"
        );
        let apart = |value: f64| axis.dot(value) - axis.dot(2.0 * value);
        assert!((apart(40.0) - apart(1600.0)).abs() <= 1);
        let values: Vec<f64> = axis.ticks().iter().map(|tick| tick.value).collect();
        assert_eq!(
            values,
            [20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0]
        );
        let rows: Vec<i32> = axis.ticks().iter().map(|tick| tick.row).collect();
        assert!(rows.is_sorted_by(|one, next| one > next), "{rows:?}");
        assert_eq!(
            (axis.decimals(20.0, 1000.0), axis.decimals(5000.0, 1000.0)),
            (2, 0)
        );
        let few = ValueAxis::log(0.2, 90_000.0, 12).ticks();
        assert!(
            few.iter()
                .all(|tick| tick.value.log10().fract().abs() < 1e-6),
            "{few:?}"
        );
        assert_eq!(ValueAxis::log(3.0, 4.0, 20), ValueAxis::up_to(4.0, 20));
        assert_eq!(axis.row(0.0), 39);
        assert_eq!(axis.row(f64::NAN), 39);
    }
}
