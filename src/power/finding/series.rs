//! The samples of a measured run as sizes are compared by them.

use crate::lambda::MemoryMb;
use crate::power::evaluation::{RoundSample, SizeSeries};
use crate::power::statistics::mean;
use crate::power::{Plan, Sample, SampleKind, SizeRun, SizeState, Strategy};

/// The fewest samples whose mean can break a time limit.
const TELLING: usize = 5;

/// The sizes that work and keep to the plan's time limit, each with its samples.
pub(super) fn compared(plan: &Plan, sizes: &[SizeRun]) -> Vec<SizeSeries> {
    let works = |size: &&SizeRun| {
        let given_up = matches!(size.state, SizeState::Infeasible(_) | SizeState::Skipped(_));
        !given_up
    };
    let sizes = sizes.iter().filter(works);
    let mut series: Vec<SizeSeries> = sizes.map(|size| of_size(plan, size)).collect();
    let longest = plan.limits.max_duration_ms;
    let longest = longest.unwrap_or(f64::INFINITY);
    series.retain(|size| size.samples.len() < TELLING || mean_ms(size) <= longest);
    weigh(plan, &mut series);
    series
}

/// The samples of a size by their rounds: what comes after the first invocation of each environment, which is cold. What
/// failed, or met a new environment later, leaves its round without a sample.
fn of_size(plan: &Plan, size: &SizeRun) -> SizeSeries {
    let cold = plan.sampling.only_cold_starts;
    let in_rounds = in_rounds(plan, size);
    let counts = |sample: &Sample| sample.counts() && (sample.kind != SampleKind::Warm) == cold;
    let samples = in_rounds.iter().enumerate();
    SizeSeries {
        memory: size.memory_mb,
        weight: 1.0,
        rounds: in_rounds.len(),
        samples: samples
            .filter(|(_, sample)| counts(sample))
            .map(|(round, sample)| RoundSample {
                round,
                duration_ms: if cold {
                    sample.whole_duration_ms()
                } else {
                    sample.duration_ms
                },
                billed_ms: sample.whole_billed_ms(),
            })
            .collect(),
    }
}

impl SizeRun {
    /// The rounds it has had in a run of a plan.
    #[must_use]
    pub fn rounds(&self, plan: &Plan) -> usize {
        in_rounds(plan, self).len()
    }
}

/// The samples that are of a round: all but those that warm the environments up.
fn in_rounds<'a>(plan: &Plan, size: &'a SizeRun) -> Vec<&'a Sample> {
    let cold = plan.sampling.only_cold_starts;
    let environments = if cold { 0 } else { plan.sampling.environments };
    let mut left = environments;
    let is_of_round = |(at, sample): &(usize, &Sample)| {
        if size.resumed_after.contains(at) {
            left = environments;
        }
        let warms_up = left > 0 && sample.kind != SampleKind::Warm;
        left -= u32::from(warms_up);
        !warms_up
    };
    let samples = size.samples.iter().enumerate();
    samples
        .filter(is_of_round)
        .map(|(_, sample)| sample)
        .collect()
}

/// Gives a millisecond its weight: what the strategy makes of it.
fn weigh(plan: &Plan, series: &mut [SizeSeries]) {
    let goal = &plan.goal;
    let memory = |size: MemoryMb| f64::from(size.megabytes());
    let most = |figure: &dyn Fn(&SizeSeries) -> f64| {
        let figures = series.iter().map(figure);
        figures.fold(f64::MIN_POSITIVE, f64::max)
    };
    let slowest = most(&mean_ms);
    let dearest = most(&|size| memory(size.memory) * mean_ms(size));
    let of_cost = goal.balanced_weight.of_cost();
    for size in series {
        match goal.strategy {
            Strategy::Cost => size.weight = memory(size.memory),
            Strategy::Speed => {
                for sample in &mut size.samples {
                    sample.billed_ms = sample.duration_ms;
                }
            }
            Strategy::Balanced => {
                size.weight = of_cost * memory(size.memory) / dearest + (1.0 - of_cost) / slowest;
            }
        }
    }
}

/// The mean duration in milliseconds; 0 without samples.
fn mean_ms(size: &SizeSeries) -> f64 {
    let durations: Vec<f64> = size.samples.iter().map(|it| it.duration_ms).collect();
    mean(&durations).unwrap_or_default()
}
