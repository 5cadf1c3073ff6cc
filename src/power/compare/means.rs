//! One measured run against another: the ratio of their means with its interval, so that noise is not told as a change.

use crate::lambda::MemoryMb;
use crate::power::compare::ratio_words;
use crate::power::statistics::MeanEstimate;
use crate::power::{
    BillingStep, Change, Currency, MeanDifference, MeasuredRun, Run, SizeRun, SizeState,
};

/// So many times faster or slower is no longer told in percent.
const LARGE: f64 = 2.0;

/// A mean over another one, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChange {
    /// The later mean over the earlier one: below 1 is less.
    pub ratio: f64,
    /// The low end of its interval.
    pub low: f64,
    /// The high end of its interval.
    pub high: f64,
}

/// What two runs are known to differ by at one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeDifference {
    /// The size.
    pub memory: MemoryMb,
    /// The samples of the earlier run and of the later one; 0 where only means are known.
    pub samples: [usize; 2],
    /// The mean duration of the later run over that of the earlier; `None` with fewer than five samples on a side.
    pub duration: Option<MeanChange>,
    /// The same of the cost; `None` too where the costs are in two currencies.
    pub cost: Option<MeanChange>,
}

impl MeanChange {
    /// The fewest samples on each side.
    pub const FEWEST: u64 = 5;

    /// Compares the means of two series in the order they arrived. `None` with fewer than five samples on a side.
    #[must_use]
    pub fn of(before: &[f64], after: &[f64]) -> Option<Self> {
        Self::between(MeanEstimate::of(before)?, MeanEstimate::of(after)?)
    }

    /// Compares two means, where both are known with their intervals.
    pub(super) fn between_known(
        before: Option<MeanEstimate>,
        after: Option<MeanEstimate>,
    ) -> Option<Self> {
        Self::between(before?, after?)
    }

    /// Compares two means. `None` where one of them is 0.
    #[must_use]
    pub fn between(before: MeanEstimate, after: MeanEstimate) -> Option<Self> {
        let (ratio, interval) = after.over(before)?;
        Some(Self {
            ratio,
            low: interval.low,
            high: interval.high,
        })
    }

    /// The same with what the later figures count for, over what the earlier ones do.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            ratio: self.ratio * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }

    /// The same, its interval at least as wide as that of the durations: what is billed are these, rounded up, so that
    /// nobody knows more of it.
    #[must_use]
    pub(super) fn no_surer_than(self, duration: Option<Self>) -> Self {
        duration.map_or(self, |known| Self {
            low: self.low.min(self.ratio * known.low / known.ratio),
            high: self.high.max(self.ratio * known.high / known.ratio),
            ..self
        })
    }

    /// Whether a difference is shown: 1 lies outside the interval.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.high < 1.0 || self.low > 1.0
    }

    /// The change of a duration in words, in percent or in times where it is large: `12 % faster (5 to 18 %)`, `178x faster
    /// (170x to 186x)`.
    #[must_use]
    pub fn duration_words(&self) -> String {
        let times = |from: f64, to: f64| format!("({} to {})", ratio_words(from), ratio_words(to));
        if self.high < 1.0 && self.ratio * LARGE <= 1.0 {
            let ratio = ratio_words(1.0 / self.ratio);
            format!("{ratio} faster {}", times(1.0 / self.high, 1.0 / self.low))
        } else if self.low > 1.0 && self.ratio >= LARGE {
            let ratio = ratio_words(self.ratio);
            format!("{ratio} slower {}", times(self.low, self.high))
        } else {
            self.words("faster", "slower")
        }
    }

    /// The change in words, `less` and `more` being what the later one is then: `12 % faster (5 to 18 %)`, or that no
    /// difference is shown and which ones fit.
    #[must_use]
    pub fn words(&self, less: &str, more: &str) -> String {
        if self.high < 1.0 {
            let (most, least) = (percent(1.0 - self.low), percent(1.0 - self.high));
            format!(
                "{} % {less} ({least} to {most} %)",
                percent(1.0 - self.ratio)
            )
        } else if self.low > 1.0 {
            let (least, most) = (percent(self.low - 1.0), percent(self.high - 1.0));
            format!(
                "{} % {more} ({least} to {most} %)",
                percent(self.ratio - 1.0)
            )
        } else {
            let (less_by, more_by) = (percent(1.0 - self.low), percent(self.high - 1.0));
            format!(
                "no difference shown; anything from {less_by} % {less} to {more_by} % {more} fits"
            )
        }
    }
}

impl SizeDifference {
    /// What is known of each size that both runs measured, ascending; costs at a billing step.
    #[must_use]
    pub fn between(before: &Run, after: &Run, step: BillingStep) -> Vec<Self> {
        let sizes = |run: &Run| -> Vec<MemoryMb> {
            let points = run.curve(step).points;
            points.iter().map(|point| point.memory_mb).collect()
        };
        let others = sizes(after);
        let both = sizes(before)
            .into_iter()
            .filter(|size| others.contains(size));
        both.map(|size| Self::at(size, [before, after], step))
            .collect()
    }

    fn at(memory: MemoryMb, runs: [&Run; 2], step: BillingStep) -> Self {
        let sides = runs.map(|run| Side::of(run, memory, step));
        let samples = [0, 1].map(|at| {
            let side = sides.get(at).and_then(Option::as_ref);
            side.map_or(0, |side| side.durations.len())
        });
        let [Some(before), Some(after)] = &sides else {
            return Self {
                memory,
                samples,
                duration: None,
                cost: None,
            };
        };
        let cost = MeanChange::of(&before.billed, &after.billed);
        let duration = MeanChange::of(&before.durations, &after.durations);
        let is_one_currency = before.currency == after.currency;
        Self {
            memory,
            samples,
            duration,
            cost: cost
                .filter(|_| is_one_currency)
                .map(|change| change.no_surer_than(duration))
                .map(|change| change.times(after.price / before.price)),
        }
    }

    /// The change between the means in words, where one that no interval shows is told as that.
    #[must_use]
    pub fn change_words(&self, change: &Change) -> String {
        let difference = MeanDifference {
            means: *change,
            duration: self.duration,
            cost: self.cost,
        };
        difference.to_string()
    }

    /// What is known, as a sentence without its stop.
    #[must_use]
    pub fn words(&self) -> String {
        let memory = self.memory;
        let Some(duration) = self.duration else {
            return format!("{memory} MB: {}", self.why_unknown());
        };
        let duration = duration.duration_words();
        let cost = self.cost.map_or_else(
            || "not comparable".to_owned(),
            |cost| cost.words("less", "more"),
        );
        format!("{memory} MB: {duration}. Cost: {cost}")
    }

    fn why_unknown(&self) -> String {
        let [before, after] = self.samples;
        if before.min(after) == 0 {
            return "only means are known of one of the runs, so that no difference can be shown"
                .to_owned();
        }
        format!(
            "{before} and {after} samples are too few to show a difference; it takes {} of each",
            MeanChange::FEWEST
        )
    }
}

/// The samples of one run at one size.
struct Side {
    durations: Vec<f64>,
    billed: Vec<f64>,
    price: f64,
    currency: Currency,
}

impl Side {
    /// `None` where no sample counts.
    fn of(run: &Run, memory: MemoryMb, step: BillingStep) -> Option<Self> {
        let measured: &MeasuredRun = run.measured()?;
        let is_meant = |size: &&SizeRun| {
            let is_measured = matches!(size.state, SizeState::Ok | SizeState::Dropped);
            size.memory_mb == memory && is_measured
        };
        let size = measured.sizes.iter().find(is_meant)?;
        let (durations, rate) = (measured.durations(size), measured.rate());
        (!durations.is_empty()).then(|| Self {
            durations,
            billed: measured.billed_ms(size, step),
            price: rate.per_gb_second,
            currency: rate.currency,
        })
    }
}

/// A share in percent, whole from ten on.
fn percent(share: f64) -> String {
    let percent = (100.0 * share).max(0.0);
    let text = format!("{percent:.*}", usize::from(percent < 9.95));
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::examples;
    use crate::power::fixture::{measured, memory, run_of, size};

    const BEFORE: [f64; 8] = [100.0, 104.0, 98.0, 101.0, 103.0, 99.0, 102.0, 100.0];

    fn run(mb: u32, durations: &[f64]) -> Run {
        run_of(measured(vec![size(mb, durations)]))
    }

    fn scaled(by: f64) -> Vec<f64> {
        BEFORE.iter().map(|ms| ms * by).collect()
    }

    fn difference(before: &Run, after: &Run) -> SizeDifference {
        let all = SizeDifference::between(before, after, BillingStep::AsMeasured);
        assert_eq!(all.len(), 1);
        all[0]
    }

    #[test]
    fn a_difference_is_told_with_the_interval_it_lies_in() {
        let found = difference(&run(256, &BEFORE), &run(256, &scaled(0.88)));
        let duration = found.duration.unwrap();
        assert!((duration.ratio - 0.88).abs() < 1e-9);
        assert!(duration.low < 0.88 && 0.88 < duration.high && duration.high < 1.0);
        let words = duration.words("faster", "slower");
        assert!(words.starts_with("12 % faster ("), "{words}");
        let back = difference(&run(256, &scaled(0.88)), &run(256, &BEFORE));
        let words = back.duration.unwrap().words("faster", "slower");
        assert!(words.starts_with("14 % slower ("), "{words}");
    }

    #[test]
    fn what_is_not_shown_is_not_told_as_a_change() {
        let curve = |run: &Run| run.curve(BillingStep::AsMeasured).points[0];
        let words = |before: &[f64], after: &[f64]| {
            let (before, after) = (run(256, before), run(256, after));
            let change = Change::between(&curve(&before), &curve(&after));
            difference(&before, &after).change_words(&change)
        };
        let noisy = [88.0, 92.0, 90.0, 87.0, 91.0, 120.0, 89.0, 90.0];
        assert_eq!(words(&BEFORE, &noisy), "no difference shown");
        let halved = words(&BEFORE, &scaled(0.5));
        assert!(halved.starts_with("2.00x faster (-50.0 %), -"), "{halved}");
        let few = words(&BEFORE, &noisy[..3]);
        assert!(few.contains("faster"), "{few}");
    }

    #[test]
    fn a_large_difference_is_told_in_times() {
        let change = |by: f64| MeanChange::of(&BEFORE, &scaled(by)).unwrap();
        let words = change(0.005).duration_words();
        assert!(words.starts_with("200x faster (19"), "{words}");
        let words = change(3.0).duration_words();
        assert!(words.starts_with("3.00x slower (2."), "{words}");
    }

    #[test]
    fn noise_is_no_difference_and_what_fits_is_told() {
        let after = [88.0, 92.0, 90.0, 87.0, 91.0, 120.0, 89.0, 90.0];
        let change = MeanChange::of(&BEFORE, &after).unwrap();
        assert_eq!(
            change.words("faster", "slower"),
            "no difference shown; anything from 14 % faster to 11 % slower fits"
        );
    }

    #[test]
    fn too_few_samples_and_means_alone_are_said() {
        let few = difference(&run(256, &BEFORE), &run(256, &BEFORE[..3]));
        assert_eq!((few.samples, few.duration), ([8, 3], None));
        assert_eq!(
            few.words(),
            "256 MB: 8 and 3 samples are too few to show a difference; it takes 5 of each"
        );
        let means = &examples::find("no-op").unwrap().run;
        let found = difference(&run(256, &BEFORE), means);
        assert!(
            found.words().contains("only means are known"),
            "{}",
            found.words()
        );
    }

    #[test]
    fn a_price_changes_the_cost_and_two_currencies_are_not_compared() {
        let (here, mut there) = (run(256, &BEFORE), run(256, &BEFORE));
        there.measured_mut().unwrap().region = "eu-south-1".to_owned();
        let cost = difference(&here, &there).cost.unwrap();
        assert!((cost.ratio - 0.000_019_517_2 / 0.000_016_666_7).abs() < 1e-6);
        there.measured_mut().unwrap().region = "cn-north-1".to_owned();
        let found = difference(&here, &there);
        assert_eq!(found.cost, None);
        assert!(
            found.words().ends_with("Cost: not comparable"),
            "{}",
            found.words()
        );
    }

    #[test]
    fn each_size_that_both_have_is_compared() {
        let both = |sizes: &[u32]| {
            let sizes = sizes.iter().map(|&mb| size(mb, &BEFORE));
            run_of(measured(sizes.collect()))
        };
        let (one, other) = (both(&[128, 256, 512]), both(&[256, 512, 1024]));
        let all = SizeDifference::between(&one, &other, BillingStep::AsMeasured);
        let sizes: Vec<MemoryMb> = all.iter().map(|it| it.memory).collect();
        assert_eq!(sizes, [memory(256), memory(512)]);
    }
}
