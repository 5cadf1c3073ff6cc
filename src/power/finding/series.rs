//! The samples of a measured run as sizes are compared by them.

use crate::lambda::MemoryMb;
use crate::power::evaluation::{RoundSample, SizeSeries};
use crate::power::rounds::BUDGET_PER_SIZE;
use crate::power::statistics::mean;
use crate::power::{
    LimitCheck, LimitStanding, Plan, Rate, Sample, SampleKind, SizeRun, SizeState, Strategy,
};

/// The fewest samples that rule a size out while more are to come.
const TELLING: usize = 5;
/// A mean within this many times a limit, or that part of it, does not tell on which side of it a percentile is.
const NEAR: f64 = 2.0;

/// The sizes that work and, by the samples there are, keep to the plan's limits, each with its samples.
pub(super) fn compared(plan: &Plan, sizes: &[SizeRun], rate: &Rate) -> Vec<SizeSeries> {
    let mut series = working(plan, sizes);
    series.retain(|size| keeps_to_limits(plan, size, |_| false));
    weigh(plan, rate, &mut series);
    series
}

/// The same for an auto run under way: a size near a limit stays until it has the samples that tell. With how many samples
/// the sizes that are out by a limit leave over.
pub(super) fn awaited(plan: &Plan, sizes: &[SizeRun], rate: &Rate) -> (Vec<SizeSeries>, usize) {
    let mut series = working(plan, sizes);
    for size in &mut series {
        size.awaited = awaited_rounds(plan, size);
    }
    let is_open = |check: &LimitCheck| check.standing != LimitStanding::Broken;
    let mut spare = 0;
    series.retain(|size| {
        let (count, waits) = (size.samples.len(), size.samples.len() < size.awaited);
        let stays = count < TELLING || keeps_to_limits(plan, size, |check| waits && is_open(check));
        if !stays {
            spare += BUDGET_PER_SIZE.saturating_sub(size.rounds);
        }
        stays
    });
    weigh(plan, rate, &mut series);
    (series, spare)
}

/// The sizes that work, whatever the limits, each with its samples; weighed by cost.
pub(super) fn by_cost(plan: &Plan, sizes: &[SizeRun], rate: &Rate) -> Vec<SizeSeries> {
    let mut series = working(plan, sizes);
    for size in &mut series {
        size.weight = rate.weight(size.memory);
    }
    series
}

/// The sizes with too few samples to be compared, those aside that do not work.
pub(super) fn unmeasured(plan: &Plan, sizes: &[SizeRun]) -> Vec<MemoryMb> {
    let is_untold = |size: &&SizeRun| match size.state {
        SizeState::Infeasible(_) => false,
        SizeState::Skipped(_) => true,
        SizeState::Pending | SizeState::Ok | SizeState::Dropped => !of_size(plan, size).is_told(),
    };
    let untold = sizes.iter().filter(is_untold);
    untold.map(|size| size.memory_mb).collect()
}

fn working(plan: &Plan, sizes: &[SizeRun]) -> Vec<SizeSeries> {
    let works = |size: &&SizeRun| {
        let given_up = matches!(size.state, SizeState::Infeasible(_) | SizeState::Skipped(_));
        !given_up
    };
    let sizes = sizes.iter().filter(works);
    sizes.map(|size| of_size(plan, size)).collect()
}

/// Whether a size keeps to every limit, or to all but those that it is `excused` from.
fn keeps_to_limits(plan: &Plan, size: &SizeSeries, excused: impl Fn(&LimitCheck) -> bool) -> bool {
    let durations = size.durations();
    let keeps = |limit| {
        let check = LimitCheck::of(limit, &durations);
        check.is_none_or(|check| check.is_met() || excused(&check))
    };
    plan.limits.on_durations().all(keeps)
}

/// The rounds that a size is to have because its mean is near a limit on a percentile.
fn awaited_rounds(plan: &Plan, size: &SizeSeries) -> usize {
    let mean_ms = mean_ms(size);
    let limits = plan.limits.on_durations();
    let near = limits.filter(|limit| {
        let (least, most) = (limit.most_ms / NEAR, limit.most_ms * NEAR);
        (least..=most).contains(&mean_ms)
    });
    near.map(|limit| limit.figure.awaited())
        .max()
        .unwrap_or_default()
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
        awaited: 0,
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
        if size.begins_anew(*at) {
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
fn weigh(plan: &Plan, rate: &Rate, series: &mut [SizeSeries]) {
    let of_cost = plan.goal.balanced_weight.of_cost();
    let most = |figure: &dyn Fn(&SizeSeries) -> f64| {
        let figures = series.iter().map(figure);
        figures.fold(f64::MIN_POSITIVE, f64::max)
    };
    let slowest = most(&mean_ms);
    let dearest = most(&|size| rate.weight(size.memory) * mean_ms(size));
    for size in series {
        match plan.compared_by() {
            Strategy::Cost => size.weight = rate.weight(size.memory),
            Strategy::Speed => {
                for sample in &mut size.samples {
                    sample.billed_ms = sample.duration_ms;
                }
            }
            Strategy::Balanced => {
                size.weight =
                    of_cost * rate.weight(size.memory) / dearest + (1.0 - of_cost) / slowest;
            }
        }
    }
}

/// The mean duration in milliseconds; 0 without samples.
fn mean_ms(size: &SizeSeries) -> f64 {
    mean(&size.durations()).unwrap_or_default()
}
