//! One series of values within a bound, and its percentiles.

use crate::power::Interval;
use crate::power::statistics::{MeanEstimate, percentile_of_sorted};

/// Values kept exactly for percentiles: 8 MB for each series.
pub(super) const MAX_KEPT: usize = 1 << 20;

/// The values of one series within a bound; exact up to 1,048,576 of them.
#[derive(Debug, Clone)]
pub struct ValueSeries {
    kept: Vec<f64>,
    /// Every how many values one is kept; a power of two.
    every: u64,
    count: u64,
    sum: f64,
}

/// A percentile that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percentile {
    /// The 10th.
    P10,
    /// The 25th.
    P25,
    /// The median.
    P50,
    /// The 75th.
    P75,
    /// The 90th.
    P90,
    /// The 99th.
    P99,
}

/// Mean and percentiles of a series, all in the unit of its values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many values there are, at least 1.
    pub count: u64,
    /// The arithmetic mean of all of them.
    pub avg: f64,
    /// The 95 % interval of the mean of what the values come from; `None` with fewer than five, or when they are not
    /// known one by one.
    pub avg_interval: Option<Interval>,
    /// The percentiles, in the order of [`Percentile::ALL`].
    pub percentiles: [f64; Percentile::ALL.len()],
    /// From which share of the values the percentiles are.
    pub share: Share,
    /// How the values are spread, when they are known one by one.
    pub shape: Option<SpreadShape>,
}

/// How values are spread between the least and the greatest, on a logarithmic scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpreadShape {
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub most: f64,
    /// How many values lie in each of the steps between them; each step is by the same factor.
    pub counts: [u32; SpreadShape::STEPS],
}

impl Percentile {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::P10,
        Self::P25,
        Self::P50,
        Self::P75,
        Self::P90,
        Self::P99,
    ];

    /// Its number, in percent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            Self::P10 => 10,
            Self::P25 => 25,
            Self::P50 => 50,
            Self::P75 => 75,
            Self::P90 => 90,
            Self::P99 => 99,
        }
    }

    /// How many values it takes: so many that one is expected beyond it, 1 / (1 - p), or 1 / p below the median.
    #[must_use]
    pub const fn needs(self) -> u64 {
        let beyond = match self.percent() {
            percent if percent < 50 => percent,
            percent => 100 - percent,
        };
        100_u64.div_ceil(beyond as u64)
    }
}

impl Spread {
    /// The mean with its interval, where there is one.
    #[must_use]
    pub fn mean(&self) -> Option<MeanEstimate> {
        Some(MeanEstimate {
            mean: self.avg,
            interval: self.avg_interval?,
        })
    }

    /// A percentile, whether or not there are enough values for it.
    #[must_use]
    pub fn at(&self, percentile: Percentile) -> f64 {
        let value = self.percentiles.get(percentile as usize);
        value.copied().unwrap_or_default()
    }

    /// A percentile, when there are enough values for it.
    #[must_use]
    pub fn told(&self, percentile: Percentile) -> Option<f64> {
        (self.count >= percentile.needs()).then(|| self.at(percentile))
    }
}

impl SpreadShape {
    /// Steps between the least and the greatest value.
    pub const STEPS: usize = 12;

    /// The shape of values in ascending order; `None` without any, and for those a logarithm cannot tell.
    fn of_sorted(sorted: &[f64]) -> Option<Self> {
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let mut counts = [0; Self::STEPS];
        // A value of nothing is as small as the smallest that the platform tells.
        let log = |value: f64| value.max(0.01).ln();
        let (from, whole) = (log(least), log(most) - log(least));
        for value in sorted {
            let share = if whole > 0.0 {
                (log(*value) - from) / whole
            } else {
                0.0
            };
            let step = Self::step(share);
            if let Some(count) = counts.get_mut(step) {
                *count += 1;
            }
        }
        most.is_finite().then_some(Self {
            least,
            most,
            counts,
        })
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is within 0 to 1, and dropping the fraction is what is wanted"
    )]
    fn step(share: f64) -> usize {
        ((share * Self::STEPS as f64) as usize).min(Self::STEPS - 1)
    }
}

/// From which share of the values percentiles are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// From all of them.
    All,
    /// From one of so many.
    OneOf(u64),
}

impl Default for ValueSeries {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            every: 1,
            count: 0,
            sum: 0.0,
        }
    }
}

impl ValueSeries {
    /// Takes a value; none is skipped.
    pub fn add(&mut self, value: Option<f64>) {
        let Some(value) = value else { return };
        if self.count.is_multiple_of(self.every) {
            self.kept.push(value);
        }
        self.count += 1;
        self.sum += value;
        if self.kept.len() > MAX_KEPT {
            let mut keep = false;
            self.kept.retain(|_| {
                keep = !keep;
                keep
            });
            self.every *= 2;
        }
    }

    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) const fn sum(&self) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        Some(self.sum)
    }

    /// The mean of all values, and the interval that those kept give it. `None` with fewer than five.
    pub(super) fn mean(&self) -> Option<MeanEstimate> {
        let kept = MeanEstimate::of(&self.kept)?;
        let mean = self.sum()? / self.count as f64;
        let of_all = if kept.mean > 0.0 {
            mean / kept.mean
        } else {
            1.0
        };
        Some(MeanEstimate {
            mean,
            ..kept.map(|value| value * of_all)
        })
    }

    /// The percentile `share`, 0 to 1; `None` without values.
    #[must_use]
    pub fn percentile(&self, share: f64) -> Option<f64> {
        percentile_of_sorted(&self.sorted(), share)
    }

    /// `None` without values.
    pub(super) fn spread(&self) -> Option<Spread> {
        let sorted = self.sorted();
        let at = |percentile: Percentile| {
            percentile_of_sorted(&sorted, f64::from(percentile.percent()) / 100.0)
        };
        sorted.first()?;
        let percentiles = Percentile::ALL.map(|it| at(it).unwrap_or_default());
        Some(Spread {
            count: self.count,
            avg: self.sum()? / self.count as f64,
            avg_interval: self.mean().map(|mean| mean.interval),
            percentiles,
            share: match self.every {
                1 => Share::All,
                every => Share::OneOf(every),
            },
            shape: SpreadShape::of_sorted(&sorted),
        })
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.kept.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    }
}
