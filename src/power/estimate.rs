//! What a run will cost, before it starts, and what it has cost so far.

use super::rounds::BUDGET_PER_SIZE;
use super::{BillingStep, Currency, MeasuredRun, Plan, Rate, Run, SizeRun, SizeState};
use crate::lambda::{Function, MemoryMb};

/// The bill of a plan, told before anything is paid for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Invocations of the function.
    pub invocations: u64,
    /// Invocations of pre- and post-processors; what they cost is not known and not part of the amounts.
    pub processor_invocations: u64,
    /// The fee of the requests alone: the least it can cost.
    pub least: f64,
    /// With every invocation as long as those of the last run at its size, if there was one.
    pub typical: Option<f64>,
    /// With every invocation running into the function's time-out: the most it can cost.
    pub most: f64,
    /// What the amounts are in.
    pub currency: Currency,
}

impl Estimate {
    /// What the run is expected to cost: by the typical invocation if it is known, else the most it can, and never more
    /// than the plan's `cap`. All in [`Self::currency`].
    #[must_use]
    pub fn expected(&self, cap: Option<f64>) -> f64 {
        let bill = self.typical.unwrap_or(self.most);
        cap.map_or(bill, |cap| cap.min(bill))
    }

    /// What the run is expected to cost, if that is above `limit`.
    #[must_use]
    pub fn dear(&self, cap: Option<f64>, limit: f64) -> Option<f64> {
        Some(self.expected(cap)).filter(|expected| *expected > limit)
    }

    /// The invocations of processors in words, to follow those of the function; nothing without any.
    #[must_use]
    pub fn processor_words(&self) -> String {
        match self.processor_invocations {
            0 => String::new(),
            count => format!(", and {count} of processors, which are not part of the amounts"),
        }
    }

    /// This bill and another one in the same currency; what is typical only where both know it.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            invocations: self.invocations + other.invocations,
            processor_invocations: self.processor_invocations + other.processor_invocations,
            least: self.least + other.least,
            typical: self
                .typical
                .zip(other.typical)
                .map(|(one, more)| one + more),
            most: self.most + other.most,
            currency: self.currency,
        }
    }
}

/// How long one invocation takes at each size, known from an earlier run.
#[derive(Debug, Clone, PartialEq)]
pub struct TypicalDurations {
    /// Sizes ascending, each with its mean duration in milliseconds; at least one.
    known: Vec<(MemoryMb, f64)>,
}

impl TypicalDurations {
    /// Those of the function's last run among `runs`, newest first. `None` without one that measured something.
    #[must_use]
    pub fn of_last<'a>(
        runs: impl IntoIterator<Item = &'a Run>,
        function: &Function,
    ) -> Option<Self> {
        let same = |run: &&Run| {
            let measured = run.measured();
            measured.is_some_and(|measured| function.is_of(&measured.function_arn))
        };
        let durations = |run: &Run| -> Vec<(MemoryMb, f64)> {
            let points = run.curve(BillingStep::AsMeasured).points.into_iter();
            points
                .map(|point| (point.memory_mb, point.duration_ms))
                .collect()
        };
        let known = runs.into_iter().filter(same).map(durations);
        let known = known.into_iter().find(|durations| !durations.is_empty())?;
        Some(Self { known })
    }

    /// The mean duration at a size in milliseconds; at one that was not measured as a straight line on logarithmic scales
    /// has it between its neighbours, and beyond the last ones as there.
    #[must_use]
    pub fn at(&self, memory: MemoryMb) -> f64 {
        let after = self.known.partition_point(|(size, _)| *size < memory);
        let (below, above) = (after.checked_sub(1), after);
        let of = |at: Option<usize>| at.and_then(|at| self.known.get(at)).copied();
        match (of(below), of(Some(above))) {
            (Some((low, slow)), Some((high, quick))) => {
                let part = (memory.gigabytes() / low.gigabytes()).ln()
                    / (high.gigabytes() / low.gigabytes()).ln();
                slow * (quick / slow).powf(part)
            }
            (Some((_, ms)), None) | (None, Some((_, ms))) => ms,
            (None, None) => 0.0,
        }
    }
}

/// Estimates the bill of `plan` for a function as it is; `typical` is known from an earlier run.
#[must_use]
pub fn estimate(
    plan: &Plan,
    rate: &Rate,
    function: &Function,
    typical: Option<&TypicalDurations>,
) -> Estimate {
    let per_size = invocations_per_size(plan);
    let sizes = plan.sizes.iter().map(|&size| (size, per_size));
    let probe = probed(plan, function).map(|size| (size, 1));
    of_invocations(
        &sizes.chain(probe).collect::<Vec<_>>(),
        plan,
        rate,
        function,
        typical,
    )
}

/// Estimates the bill of what a run misses that broke off, as [`estimate`] does for a whole one.
#[must_use]
pub fn estimate_rest(
    measured: &MeasuredRun,
    plan: &Plan,
    rate: &Rate,
    function: &Function,
    typical: Option<&TypicalDurations>,
) -> Estimate {
    let known = |size: &MemoryMb| measured.sizes.iter().find(|it| it.memory_mb == *size);
    let rest = plan.sizes.iter().map(|size| {
        let new = SizeRun::pending(*size);
        let missing = missing(measured, plan, known(size).unwrap_or(&new));
        (*size, missing)
    });
    let rest: Vec<(MemoryMb, u64)> = rest.collect();
    of_invocations(&rest, plan, rate, function, typical)
}

/// How many invocations a size misses, at most taken on the average.
fn missing(measured: &MeasuredRun, plan: &Plan, size: &SizeRun) -> u64 {
    // A size that was dropped may be measured on: it is when it is named in the end.
    if matches!(size.state, SizeState::Infeasible(_)) {
        return 0;
    }
    let had = match plan.num.fixed() {
        Some(_) => measured.series(size).count(),
        None => size.rounds(plan),
    };
    let most = plan.num.fixed().map_or(BUDGET_PER_SIZE as u64, u64::from);
    match most.saturating_sub(had as u64) {
        0 => 0,
        missing => missing + warm_ups(plan),
    }
}

/// The bill of so many invocations at each of these sizes.
fn of_invocations(
    sizes: &[(MemoryMb, u64)],
    plan: &Plan,
    rate: &Rate,
    function: &Function,
    typical: Option<&TypicalDurations>,
) -> Estimate {
    let invocations: u64 = sizes.iter().map(|(_, count)| count).sum();
    let processors = [&plan.sampling.pre_processor, &plan.sampling.post_processor];
    let processors = processors.into_iter().flatten().count() as u64;
    let bill = |billed_ms: &dyn Fn(MemoryMb) -> f64| -> f64 {
        let each = sizes.iter();
        each.map(|&(size, count)| rate.invocation(billed_ms(size), size) * count as f64)
            .sum()
    };
    let most_ms = function.timeout.as_secs_f64() * 1000.0;
    Estimate {
        invocations,
        processor_invocations: invocations * processors,
        least: invocations as f64 * rate.request(),
        typical: typical.map(|typical| bill(&|size| typical.at(size).ceil())),
        most: bill(&|_| most_ms),
        currency: rate.currency,
    }
}

/// The size at which `$LATEST` is invoked once before anything is changed: its own, unless that is measured anyway.
fn probed(plan: &Plan, function: &Function) -> Option<MemoryMb> {
    let memory = function.memory;
    (!plan.sizes.contains(&memory)).then_some(memory)
}

/// How often each size is invoked: once in a dry run, else the samples asked for, or at most taken on the average, and a
/// discarded first invocation in each environment, which is cold. Cold-start runs discard nothing.
#[must_use]
pub fn invocations_per_size(plan: &Plan) -> u64 {
    let most = BUDGET_PER_SIZE as u64;
    plan.num.fixed().map_or(most, u64::from) + warm_ups(plan)
}

/// How many invocations of a size are discarded, because they are the first of their environments.
fn warm_ups(plan: &Plan) -> u64 {
    if plan.dry_run || plan.sampling.only_cold_starts {
        0
    } else {
        u64::from(plan.sampling.environments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::{Architecture, FunctionRef};
    use crate::power::{PlanDraft, Prices, fixture};

    fn function(megabytes: u32) -> Function {
        Function {
            memory: fixture::memory(megabytes),
            timeout: std::time::Duration::from_secs(3),
            ..fixture::function()
        }
    }

    fn rate() -> Rate {
        Prices::bundled()
            .rate("us-east-1", Architecture::X86_64)
            .unwrap()
    }

    fn plan(change: fn(&mut PlanDraft)) -> Plan {
        let mut draft = PlanDraft {
            sizes: Some(vec![fixture::memory(1024), fixture::memory(2048)].into()),
            num: Some(9.into()),
            ..fixture::draft()
        };
        change(&mut draft);
        draft.build().unwrap()
    }

    fn typical(ms: f64) -> TypicalDurations {
        TypicalDurations {
            known: vec![(fixture::memory(1024), ms)],
        }
    }

    #[test]
    fn what_was_not_measured_is_taken_from_its_neighbours() {
        let known = [(128, 800.0), (512, 200.0), (1024, 190.0)];
        let known = known.map(|(size, ms)| (fixture::memory(size), ms)).into();
        let typical = TypicalDurations { known };
        for (size, ms) in [(128, 800.0), (256, 400.0), (512, 200.0), (2048, 190.0)] {
            let found = typical.at(fixture::memory(size));
            assert!((found - ms).abs() < 1e-9, "{size}: {found}");
        }
    }

    #[test]
    fn the_bill_lies_between_the_requests_and_the_time_out() {
        let plan = plan(|_| {});
        let estimate = estimate(&plan, &rate(), &function(1024), Some(&typical(999.5)));
        assert_eq!(estimate.invocations, 20);
        assert!((estimate.least - 20.0 * 0.2e-6).abs() < 1e-15);
        // Ten times one second at 1 GB and at 2 GB.
        let compute = 30.0 * 0.000_016_666_7;
        assert!((estimate.typical.unwrap() - compute - estimate.least).abs() < 1e-12);
        assert!((estimate.most - 3.0 * compute - estimate.least).abs() < 1e-12);
    }

    #[test]
    fn the_probe_of_a_size_that_is_not_measured_is_part_of_the_bill() {
        let plan = plan(|_| {});
        let own = estimate(&plan, &rate(), &function(1024), Some(&typical(1000.0)));
        let other = estimate(&plan, &rate(), &function(512), Some(&typical(1000.0)));
        assert_eq!((own.invocations, other.invocations), (20, 21));
        let probe = rate().invocation(1000.0, fixture::memory(512));
        let more = other.typical.unwrap() - own.typical.unwrap();
        assert!((more - probe).abs() < 1e-15);
    }

    #[test]
    fn dear_is_what_is_expected_to_cost_more_than_the_limit() {
        let known = |typical| Estimate {
            typical,
            most: 5.0,
            ..estimate(&plan(|_| {}), &rate(), &function(1024), None)
        };
        assert_eq!(known(None).dear(None, 1.0), Some(5.0));
        assert_eq!(known(None).dear(Some(2.0), 1.0), Some(2.0));
        assert_eq!(known(None).dear(Some(1.0), 1.0), None);
        assert_eq!(known(Some(0.5)).dear(None, 1.0), None);
    }

    #[test]
    fn the_plan_decides_how_often_sizes_are_invoked() {
        let count = |change| {
            let plan = plan(change);
            estimate(&plan, &rate(), &function(1024), None).invocations
        };
        assert_eq!(count(|draft| draft.sampling.environments = Some(3)), 24);
        assert_eq!(
            count(|draft| draft.sampling.only_cold_starts = Some(true)),
            18
        );
        assert_eq!(count(|draft| draft.dry_run = Some(true)), 2);
    }

    #[test]
    fn what_a_run_has_is_not_in_the_bill_of_the_rest() {
        let mut measured = fixture::measured(vec![
            fixture::size(1024, &[10.0; 9]),
            fixture::size(2048, &[10.0; 5]),
        ]);
        let plan = plan(|_| {});
        let rest = |measured: &MeasuredRun| {
            estimate_rest(
                measured,
                &plan,
                &rate(),
                &function(1024),
                Some(&typical(1000.0)),
            )
        };
        // Four samples are missing at 2 GB, behind a cold start.
        let estimate = rest(&measured);
        assert_eq!(estimate.invocations, 5);
        let each = rate().invocation(1000.0, fixture::memory(2048));
        assert!((estimate.typical.unwrap() - 5.0 * each).abs() < 1e-12);
        measured.sizes[1].state = SizeState::Infeasible("broken".to_owned());
        assert_eq!(rest(&measured).invocations, 0);
    }

    #[test]
    fn processors_are_counted_apart() {
        let plan = plan(|draft| {
            draft.sampling.pre_processor = FunctionRef::parse("pre").ok();
            draft.sampling.post_processor = FunctionRef::parse("post").ok();
        });
        let estimate = estimate(&plan, &rate(), &function(1024), None);
        assert_eq!(
            (estimate.invocations, estimate.processor_invocations),
            (20, 40)
        );
    }
}
