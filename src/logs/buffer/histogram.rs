//! How many events there were when, by level: for the strip above the log.
//!
//! Buckets start one second wide; when there would be too many they are joined in pairs, so it never grows.

use std::collections::BTreeMap;

use crate::logs::Level;

/// Buckets that are kept, at most.
const BUCKETS: usize = 8192;

/// Counts by level, in the order of [`Level::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([u32; Level::ALL.len()]);

impl Counts {
    /// How many there are of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> u32 {
        self.0.get(level as usize).copied().unwrap_or_default()
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// The gravest level there is; unknown when there is none.
    #[must_use]
    pub fn gravest(&self) -> Level {
        let levels = Level::ALL.into_iter().rev();
        levels
            .into_iter()
            .find(|level| self.of(*level) > 0)
            .unwrap_or_default()
    }

    fn change(&mut self, level: Level, by: i32) {
        if let Some(count) = self.0.get_mut(level as usize) {
            *count = count.saturating_add_signed(by);
        }
    }

    fn join(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count = count.saturating_add(more);
        }
    }
}

/// How many events there were when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    width_ms: i64,
    buckets: BTreeMap<i64, Counts>,
    total: Counts,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            width_ms: 1000,
            buckets: BTreeMap::new(),
            total: Counts::default(),
        }
    }
}

impl Histogram {
    /// Counts of everything.
    #[must_use]
    pub const fn total(&self) -> &Counts {
        &self.total
    }

    /// From the beginning of the first bucket to the end of the last, in Unix milliseconds; `None` without events.
    #[must_use]
    pub fn span_ms(&self) -> Option<(i64, i64)> {
        let (first, _) = self.buckets.first_key_value()?;
        let (last, _) = self.buckets.last_key_value()?;
        Some((first * self.width_ms, (last + 1) * self.width_ms))
    }

    /// The counts from `from_ms` until `to_ms` in `columns` parts of equal length. A bucket that lies in two parts
    /// counts where its middle is.
    #[must_use]
    pub fn strip(&self, from_ms: i64, to_ms: i64, columns: u16) -> Vec<Counts> {
        let mut strip = vec![Counts::default(); columns.into()];
        let span = i128::from(to_ms) - i128::from(from_ms);
        if span <= 0 {
            return strip;
        }
        let (first, last) = (
            from_ms.div_euclid(self.width_ms),
            to_ms.div_euclid(self.width_ms),
        );
        for (number, counts) in self.buckets.range(first..=last) {
            let middle =
                i128::from(number * self.width_ms + self.width_ms / 2) - i128::from(from_ms);
            let column = (middle * i128::from(columns)).div_euclid(span);
            let part = usize::try_from(column)
                .ok()
                .and_then(|column| strip.get_mut(column));
            if let Some(part) = part {
                part.join(counts);
            }
        }
        strip
    }

    /// Counts one more.
    pub(super) fn add(&mut self, time_ms: i64, level: Level) {
        let number = time_ms.div_euclid(self.width_ms);
        self.buckets.entry(number).or_default().change(level, 1);
        self.total.change(level, 1);
        while self.buckets.len() > BUCKETS {
            self.widen();
        }
    }

    /// Counts one less.
    pub(super) fn remove(&mut self, time_ms: i64, level: Level) {
        let number = time_ms.div_euclid(self.width_ms);
        self.total.change(level, -1);
        if let Some(counts) = self.buckets.get_mut(&number) {
            counts.change(level, -1);
            if counts.total() == 0 {
                self.buckets.remove(&number);
            }
        }
    }

    fn widen(&mut self) {
        self.width_ms *= 2;
        for (number, counts) in std::mem::take(&mut self.buckets) {
            self.buckets
                .entry(number.div_euclid(2))
                .or_default()
                .join(&counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BUCKETS, Histogram};
    use crate::logs::Level;

    #[test]
    fn the_strip_shows_what_happened_when() {
        let mut histogram = Histogram::default();
        for (time, level) in [
            (0, Level::Info),
            (400, Level::Error),
            (5_100, Level::Info),
            (9_999, Level::Warn),
        ] {
            histogram.add(time, level);
        }
        let strip = histogram.strip(0, 10_000, 5);
        let totals: Vec<u32> = strip.iter().map(super::Counts::total).collect();
        assert_eq!(totals, [2, 0, 1, 0, 1]);
        assert_eq!(strip[0].of(Level::Error), 1);
        assert_eq!(strip[0].gravest(), Level::Error);
        assert_eq!(histogram.span_ms(), Some((0, 10_000)));
        assert_eq!(histogram.strip(5, 5, 3).len(), 3);
    }

    #[test]
    fn two_weeks_of_seconds_stay_bounded() {
        let mut histogram = Histogram::default();
        for second in 0..(14 * 24 * 3600) {
            histogram.add(second * 1000, Level::Info);
        }
        assert!(histogram.buckets.len() <= BUCKETS);
        assert_eq!(histogram.total().total(), 14 * 24 * 3600);
    }

    proptest! {
        #[test]
        fn what_is_removed_is_not_counted(times in prop::collection::vec(-1_000_000_i64..1_000_000, 0..60), kept in 0_usize..60) {
            let mut histogram = Histogram::default();
            for time in &times {
                histogram.add(*time, Level::Info);
            }
            for time in times.iter().skip(kept) {
                histogram.remove(*time, Level::Info);
            }
            let mut expected = Histogram::default();
            for time in times.iter().take(kept) {
                expected.add(*time, Level::Info);
            }
            prop_assert_eq!(histogram, expected);
        }
    }
}
