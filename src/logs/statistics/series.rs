//! One series of values within a bound, and its percentiles.

use crate::power::statistics::percentile_of_sorted;

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

/// Mean and percentiles of a series, all in the unit of its values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many values there are, at least 1.
    pub count: u64,
    /// The arithmetic mean of all of them.
    pub avg: f64,
    /// The 10th percentile.
    pub p10: f64,
    /// The 25th percentile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The 75th percentile.
    pub p75: f64,
    /// The 90th percentile.
    pub p90: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// From which share of the values the percentiles are.
    pub share: Share,
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

    pub(super) const fn sum(&self) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        Some(self.sum)
    }

    /// The percentile `share`, 0 to 1; `None` without values.
    #[must_use]
    pub fn percentile(&self, share: f64) -> Option<f64> {
        percentile_of_sorted(&self.sorted(), share)
    }

    /// `None` without values.
    pub(super) fn spread(&self) -> Option<Spread> {
        let sorted = self.sorted();
        let at = |share: f64| percentile_of_sorted(&sorted, share);
        Some(Spread {
            count: self.count,
            avg: self.sum()? / self.count as f64,
            p10: at(0.10)?,
            p25: at(0.25)?,
            p50: at(0.50)?,
            p75: at(0.75)?,
            p90: at(0.90)?,
            p99: at(0.99)?,
            share: match self.every {
                1 => Share::All,
                every => Share::OneOf(every),
            },
        })
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.kept.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    }
}
