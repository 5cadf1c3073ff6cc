//! Means, percentiles and intervals of samples. Unless it says otherwise, a function takes samples in any order.

mod mean_interval;
pub(super) mod normal;
mod order;

pub use mean_interval::{MeanEstimate, mean_interval, unseen_share};
pub use order::{fewest_samples, least_rank, most_rank, most_share_over};

/// Figures that sum up one series of samples, all in the unit of the samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// How many samples there are, at least 1.
    pub count: usize,
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// The 90th percentile.
    pub p90: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The smallest sample.
    pub min: f64,
    /// The largest sample.
    pub max: f64,
}

impl Summary {
    /// Sums up `samples`; `None` without any.
    #[must_use]
    pub fn of(samples: &[f64]) -> Option<Self> {
        let sorted = sorted(samples);
        Some(Self {
            count: sorted.len(),
            mean: mean(&sorted)?,
            p50: percentile_of_sorted(&sorted, 0.5)?,
            p90: percentile_of_sorted(&sorted, 0.9)?,
            p99: percentile_of_sorted(&sorted, 0.99)?,
            min: *sorted.first()?,
            max: *sorted.last()?,
        })
    }
}

/// The arithmetic mean; `None` without samples.
#[must_use]
pub fn mean(samples: &[f64]) -> Option<f64> {
    (!samples.is_empty()).then(|| samples.iter().sum::<f64>() / samples.len() as f64)
}

/// The mean without the `trunc(n · discard)` smallest and as many largest samples; `None` without samples.
///
/// `discard` is a share, 0 to 0.4. The rule is the one of AWS Lambda Power Tuning.
#[must_use]
pub fn trimmed_mean(samples: &[f64], discard: f64) -> Option<f64> {
    mean(kept(&sorted(samples), discard))
}

/// The samples that trimming leaves: never none of them, as `discard` is taken as at most 0.4.
fn kept(sorted: &[f64], discard: f64) -> &[f64] {
    let cut = whole(sorted.len() as f64 * discard.clamp(0.0, 0.4));
    sorted.get(cut..sorted.len() - cut).unwrap_or(sorted)
}

/// The percentile `share` (0 to 1) of ascending samples by linear interpolation between the two nearest ranks: type 7 of
/// Hyndman and Fan (1996), what numpy, R and spreadsheets do unless told otherwise. `None` without samples.
#[must_use]
pub fn percentile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = sorted.len().checked_sub(1)? as f64 * share.clamp(0.0, 1.0);
    let below = *sorted.get(whole(rank))?;
    let above = sorted.get(whole(rank) + 1).copied().unwrap_or(below);
    Some(below + (above - below) * rank.fract())
}

/// The samples in ascending order.
pub(super) fn sorted(samples: &[f64]) -> Vec<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ranks are not negative, and dropping the fraction is what is wanted"
)]
const fn whole(rank: f64) -> usize {
    rank as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_trimmed_mean_follows_the_reference() {
        let outlier = [1.0, 2.0, 3.0, 4.0, 2000.0];
        assert_eq!(trimmed_mean(&outlier, 0.2), Some(3.0));
        assert_eq!(trimmed_mean(&outlier, 0.4), Some(3.0));
        assert_eq!(trimmed_mean(&outlier, 0.0), Some(402.0));
        let down: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        assert_eq!(trimmed_mean(&down, 0.25), Some(5.5));
        let up: Vec<f64> = (1..=9).map(f64::from).collect();
        assert_eq!(trimmed_mean(&up, 0.39), Some(5.0));
        assert_eq!(trimmed_mean(&[5.0, 1.0, 9.0, 3.0], 0.2), Some(4.5));
        assert_eq!(trimmed_mean(&[1.0], 0.4), Some(1.0));
        assert_eq!(trimmed_mean(&[], 0.2), None);
    }

    #[test]
    fn percentiles_agree_with_numpy() {
        // numpy.percentile([15, 20, 35, 40, 50], [40, 50, 90, 99])
        let samples = [15.0, 20.0, 35.0, 40.0, 50.0];
        assert_eq!(percentile_of_sorted(&samples, 0.4), Some(29.0));
        assert_eq!(percentile_of_sorted(&samples, 0.5), Some(35.0));
        assert!((percentile_of_sorted(&samples, 0.9).unwrap() - 46.0).abs() < 1e-12);
        assert!((percentile_of_sorted(&samples, 0.99).unwrap() - 49.6).abs() < 1e-12);
        assert_eq!(percentile_of_sorted(&samples, 0.0), Some(15.0));
        assert_eq!(percentile_of_sorted(&samples, 1.0), Some(50.0));
        assert_eq!(percentile_of_sorted(&[], 0.5), None);
    }

    #[test]
    fn nothing_is_summed_up_to_nothing() {
        assert_eq!(Summary::of(&[]), None);
    }

    proptest! {
        #[test]
        fn figures_stay_between_the_extremes(
            samples in proptest::collection::vec(0.0_f64..1e7, 1..80), discard in 0.0_f64..=0.4,
        ) {
            let summary = Summary::of(&samples).unwrap();
            let trimmed = trimmed_mean(&samples, discard).unwrap();
            let slack = 1e-9 * summary.max.max(1.0);
            for figure in [summary.mean, trimmed, summary.p50, summary.p90, summary.p99] {
                prop_assert!(figure >= summary.min - slack && figure <= summary.max + slack);
            }
            prop_assert!(summary.p50 <= summary.p90 && summary.p90 <= summary.p99);
            if let Some(interval) = mean_interval(&samples) {
                prop_assert!(interval.low <= summary.mean + slack && summary.mean <= interval.high + slack);
                prop_assert!(interval.low >= summary.min - slack && interval.high.is_finite());
            }
        }
    }
}
