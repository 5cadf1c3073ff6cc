//! The 95 % interval of a mean that skewed samples, such as durations, leave open.
//!
//! No single closed form holds for every shape, so that the envelope of four is taken: each covers where others fall
//! short, and together they cover 93 % and more of smooth families from five samples on. What is rarer than one in so
//! many samples no interval can cover: [`unseen_share`] says how rare that is.

use super::normal::t_of_deviate;
use super::{mean, percentile_of_sorted, sorted};
use crate::power::Interval;

/// The normal deviate of 97.5 %.
const DEVIATE: f64 = 1.959_963_985;
/// The fewest samples that have an interval.
const LEAST: usize = 5;
/// Samples below this count as this, in their own unit (ms): the forms need logarithms.
const LEAST_SAMPLE: f64 = 1e-3;
/// The neighbour correlation is taken for real from this normal deviate on (95 %, one side).
const REAL: f64 = 1.645;

/// The 95 % interval of the mean that these samples come from, in their unit and in the order they arrived; its low end
/// is never below the smallest sample. `None` with fewer than five.
#[must_use]
pub fn mean_interval(samples: &[f64]) -> Option<Interval> {
    if samples.len() < LEAST {
        return None;
    }
    let samples: Vec<f64> = samples.iter().map(|x| x.max(LEAST_SAMPLE)).collect();
    let sorted = sorted(&samples);
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    let moments = Moments::of(&samples)?;
    if least >= most {
        return Some(Interval {
            low: least,
            high: most,
        });
    }
    let forms = [
        Some(moments.log_form()),
        Some(moments.hall_form(&samples)),
        Some(moments.cox_form()),
        shifted_form(&samples, &sorted, &moments),
    ];
    let stretch = stretch(&samples, moments.log_mean);
    let ends = forms.into_iter().flatten();
    let (low, high) = ends.fold((f64::INFINITY, 0.0), |(low, high), form| {
        (form.low.min(low), form.high.max(high))
    });
    let about = |end: f64| moments.mean * (end.max(0.0) / moments.mean).powf(stretch);
    Some(Interval {
        low: about(low).max(least),
        high: about(high),
    })
}

/// The share of invocations, 0 to 1, that so many samples may have missed altogether (95 %): what happens in fewer of
/// them need not be among the samples.
#[must_use]
pub fn unseen_share(samples: usize) -> f64 {
    1.0 - 0.05_f64.powf(1.0 / samples.max(1) as f64)
}

/// A mean and its 95 % interval, in the unit of the samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanEstimate {
    /// The arithmetic mean of the samples.
    pub mean: f64,
    /// Where the mean of what they come from lies.
    pub interval: Interval,
}

impl MeanEstimate {
    /// Of samples in the order they arrived. `None` with fewer than five.
    #[must_use]
    pub fn of(samples: &[f64]) -> Option<Self> {
        Some(Self {
            mean: mean(samples)?,
            interval: mean_interval(samples)?,
        })
    }

    /// This mean over an earlier one, with the 95 % interval of the ratio from those of both means (MOVER on the
    /// logarithmic scale, Zou and Donner 2008). `None` where a mean is 0.
    #[must_use]
    pub fn over(self, before: Self) -> Option<(f64, Interval)> {
        if before.mean <= 0.0 || self.mean <= 0.0 {
            return None;
        }
        let off = |one: f64, other: f64| (one / other).ln().powi(2);
        let (from, to) = (before.interval, self.interval);
        let down = (off(self.mean, to.low) + off(from.high, before.mean)).sqrt();
        let up = (off(to.high, self.mean) + off(before.mean, from.low)).sqrt();
        let ratio = self.mean / before.mean;
        let interval = Interval {
            low: ratio * (-down).exp(),
            high: ratio * up.exp(),
        };
        Some((ratio, interval))
    }

    /// The mean and its ends, each turned by a rising function.
    #[must_use]
    pub fn map(self, turned: impl Fn(f64) -> f64) -> Self {
        Self {
            mean: turned(self.mean),
            interval: Interval {
                low: turned(self.interval.low),
                high: turned(self.interval.high),
            },
        }
    }
}

/// What the forms are made of.
struct Moments {
    count: f64,
    mean: f64,
    /// The variance with n - 1.
    variance: f64,
    log_mean: f64,
    /// The variance of the logarithms with n - 1.
    log_variance: f64,
    /// The t of 97.5 % with n - 1 degrees of freedom.
    reach: f64,
}

impl Moments {
    fn of(samples: &[f64]) -> Option<Self> {
        let count = samples.len() as f64;
        let logs: Vec<f64> = samples.iter().map(|x| x.ln()).collect();
        let (mean, log_mean) = (mean(samples)?, mean(&logs)?);
        Some(Self {
            count,
            mean,
            variance: power_sum(samples, mean, 2) / (count - 1.0),
            log_mean,
            log_variance: power_sum(&logs, log_mean, 2) / (count - 1.0),
            reach: t_of_deviate(DEVIATE, count - 1.0),
        })
    }

    /// The common interval of a mean, on the logarithmic scale.
    fn log_form(&self) -> Interval {
        let reach = self.reach * self.variance.sqrt() / (self.count.sqrt() * self.mean);
        Interval {
            low: self.mean * (-reach).exp(),
            high: self.mean * reach.exp(),
        }
    }

    /// Hall's transformation against skewness (1992).
    fn hall_form(&self, samples: &[f64]) -> Interval {
        let (count, mean) = (self.count, self.mean);
        let spread = (self.variance * (count - 1.0) / count).sqrt();
        let skew = power_sum(samples, mean, 3) / count / spread.powi(3) / 6.0;
        let turned = |y: f64| {
            if skew.abs() < 1e-8 {
                y
            } else {
                ((1.0 + 3.0 * skew * (y - skew / count)).cbrt() - 1.0) / skew
            }
        };
        let reach = self.reach / count.sqrt();
        Interval {
            low: mean - spread * turned(reach),
            high: mean - spread * turned(-reach),
        }
    }

    /// Cox's interval of a lognormal mean with Student's t, its variance capped where the samples are no lognormal ones.
    fn cox_form(&self) -> Interval {
        let cap = 2.5 * (self.mean.ln() - self.log_mean);
        let variance = self.log_variance.min(cap);
        let error = variance / self.count + variance.powi(2) / (2.0 * (self.count - 1.0));
        let (centre, reach) = (self.log_mean + variance / 2.0, self.reach * error.sqrt());
        Interval {
            low: (centre - reach).exp(),
            high: (centre + reach).exp(),
        }
    }
}

/// Cox's interval above a fixed part that every sample has, where the logarithms lean to the right. Whole milliseconds
/// that equal the median would make it explode: then there is none.
fn shifted_form(samples: &[f64], sorted: &[f64], moments: &Moments) -> Option<Interval> {
    let logs: Vec<f64> = samples.iter().map(|x| x.ln()).collect();
    if moments.log_variance.sqrt() <= 0.1 || power_sum(&logs, moments.log_mean, 3) <= 0.0 {
        return None;
    }
    let (least, median) = (*sorted.first()?, percentile_of_sorted(sorted, 0.5)?);
    let fixed = (least - 0.3 * (median - least)).max(0.0);
    let above: Vec<f64> = samples
        .iter()
        .map(|x| (x - fixed).max(1e-6 * median))
        .collect();
    let above = Moments::of(&above)?;
    (above.log_variance.sqrt() <= 2.5).then(|| {
        let form = above.cox_form();
        Interval {
            low: form.low + fixed,
            high: form.high + fixed,
        }
    })
}

/// How much wider an interval is on the logarithmic scale because neighbours among the samples resemble each other.
fn stretch(samples: &[f64], log_mean: f64) -> f64 {
    let off: Vec<f64> = samples.iter().map(|x| x.ln() - log_mean).collect();
    let squares: f64 = off.iter().map(|x| x * x).sum();
    let pairs: f64 = off.iter().zip(off.iter().skip(1)).map(|(a, b)| a * b).sum();
    let count = samples.len() as f64;
    let alike = pairs / squares + 1.0 / count;
    if alike * count.sqrt() <= REAL {
        return 1.0;
    }
    let alike = alike.min(0.8);
    ((1.0 + alike) / (1.0 - alike)).sqrt()
}

fn power_sum(values: &[f64], centre: f64, power: i32) -> f64 {
    values.iter().map(|x| (x - centre).powi(power)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 2e-6
    }

    fn ends(samples: &[f64]) -> (f64, f64) {
        let interval = mean_interval(samples).unwrap();
        (interval.low, interval.high)
    }

    #[test]
    fn golden_intervals_come_out() {
        let golden: [(&[f64], f64, f64); 7] = [
            (
                &[12.0, 15.0, 11.0, 14.0, 13.0, 90.0, 12.0, 16.0, 13.0, 12.0],
                11.0,
                82.563_019,
            ),
            (
                &[2.6, 15.2, 68.0, 7.1, 33.0, 4.4, 21.0, 110.0, 9.8, 15.0],
                9.205_139,
                94.432_369,
            ),
            (&[100.0, 102.0, 99.0, 101.0, 103.0], 99.046_544, 102.994_829),
            (&[2.0; 6], 2.0, 2.0),
            (
                &[
                    10.0, 10.0, 11.0, 11.0, 12.0, 13.0, 13.0, 14.0, 14.0, 15.0, 15.0, 16.0,
                ],
                10.0,
                17.571_189,
            ),
            (
                &[
                    103.0, 105.0, 104.0, 109.0, 131.0, 104.0, 106.0, 103.0, 240.0, 112.0,
                ],
                103.0,
                218.232_889,
            ),
            (
                &[2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0],
                2.0,
                2.935_874,
            ),
        ];
        for (samples, low, high) in golden {
            let found = ends(samples);
            assert!(
                close(found.0, low) && close(found.1, high),
                "{samples:?}: {found:?}"
            );
        }
    }

    #[test]
    fn each_form_has_its_golden_ends() {
        let samples = [
            103.0, 105.0, 104.0, 109.0, 131.0, 104.0, 106.0, 103.0, 240.0, 112.0,
        ];
        let moments = Moments::of(&samples).unwrap();
        let shifted = shifted_form(&samples, &sorted(&samples), &moments).unwrap();
        for (form, low, high) in [
            (moments.log_form(), 94.835_522, 156.174_498),
            (moments.hall_form(&samples), 99.858_802, 181.178_931),
            (moments.cox_form(), 100.225_556, 146.856_638),
            (shifted, 105.036_820, 218.232_889),
        ] {
            assert!(close(form.low, low) && close(form.high, high), "{form:?}");
        }
    }

    #[test]
    fn one_sample_that_is_slower_does_not_make_the_interval_explode() {
        assert!(ends(&[1.0, 1.0, 1.0, 1.0, 1.0, 2.0]).1 < 10.0);
    }

    #[test]
    fn too_few_samples_have_no_interval() {
        assert_eq!(mean_interval(&[1.0, 2.0, 3.0, 4.0]), None);
        assert_eq!(mean_interval(&[]), None);
    }

    #[test]
    fn the_golden_ratio_of_two_means_comes_out() {
        let before = [100.0, 104.0, 98.0, 101.0, 103.0, 99.0, 102.0, 100.0];
        let after = [88.0, 92.0, 90.0, 87.0, 91.0, 120.0, 89.0, 90.0];
        let estimate = |samples: &[f64]| MeanEstimate::of(samples).unwrap();
        let (ratio, interval) = estimate(&after).over(estimate(&before)).unwrap();
        assert!(close(ratio, 0.925_651), "{ratio}");
        assert!(
            close(interval.low, 0.860_747) && close(interval.high, 1.107_938),
            "{interval:?}"
        );
        assert_eq!(MeanEstimate::of(&after[..4]), None);
    }

    #[test]
    fn what_so_many_samples_cannot_have_seen() {
        for (samples, share) in [
            (6, 0.393),
            (10, 0.2589),
            (20, 0.1391),
            (50, 0.0582),
            (120, 0.0247),
        ] {
            assert!((unseen_share(samples) - share).abs() < 1e-4, "{samples}");
        }
    }
}
