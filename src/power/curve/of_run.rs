//! From a run to its curve: which samples count, and what they cost at a billing step.

use std::borrow::Cow;

use super::{BillingStep, Curve};
use crate::lambda::MemoryMb;
use crate::power::{
    Finding, Interval, LimitsReport, MeasuredRun, PickLimits, Point, Pricing, Rate, Run, RunOrigin,
    RunState, Sample, SampleCount, SampleKind, SizeRun, SizeState, Strategy, Weight, pick,
    statistics,
};

impl Run {
    /// The curve of the run at a billing step.
    ///
    /// A measured run has a point for each size that was measured and has at least one sample that counts: the mean of
    /// duration and of what is billed per invocation, with 95 % intervals. Costs are list prices, no mean is rounded.
    /// Other runs keep their figures as recorded; at a billing step their cost is the rounded mean duration at today's
    /// list price, so that old runs (billed per 100 ms, at prices rounded to 2.08e-9 USD) compare with new ones.
    #[must_use]
    pub fn curve(&self, step: BillingStep) -> Curve {
        let (architecture, region, points) = match &self.origin {
            RunOrigin::Measured(measured) => (
                measured.architecture,
                &measured.region,
                measured.points(step),
            ),
            RunOrigin::Imported {
                architecture,
                region,
                points,
                ..
            } => {
                let rate = Pricing::of_figures(region, *architecture, None).rate;
                let billed = points.iter().map(|point| at_step(point, step, &rate));
                (*architecture, region, billed.collect())
            }
        };
        Curve {
            name: self.name.clone(),
            architecture,
            region: region.clone(),
            points,
        }
    }
}

impl Run {
    /// The prices that the costs of [`Self::curve`] at a step were worked out with; `None` for costs as they came.
    #[must_use]
    pub fn pricing(&self, step: BillingStep) -> Option<Pricing> {
        let is_as_it_came = self.measured().is_none() && step.milliseconds().is_none();
        (!is_as_it_came).then(|| self.prices())
    }

    /// The prices that apply to the run today.
    #[must_use]
    pub fn prices(&self) -> Pricing {
        match &self.origin {
            RunOrigin::Measured(measured) => measured.pricing(),
            RunOrigin::Imported {
                architecture,
                region,
                ..
            } => Pricing::of_figures(region, *architecture, None),
        }
    }

    /// The size this run recommends: what [`Finding`] says, or the cheapest, if it came from elsewhere.
    #[must_use]
    pub fn recommended(&self) -> Option<MemoryMb> {
        let curve = self.curve(BillingStep::AsMeasured);
        match &self.origin {
            RunOrigin::Measured(measured) => measured.recommended(&curve),
            RunOrigin::Imported { .. } => pick(
                &curve.points,
                Strategy::Cost,
                Weight::default(),
                PickLimits::default(),
            ),
        }
    }
}

fn at_step(point: &Point, step: BillingStep, rate: &Rate) -> Point {
    if step.milliseconds().is_none() {
        return *point;
    }
    Point {
        cost_usd: rate.compute(step.round_up(point.duration_ms), point.memory_mb),
        cost_interval: None,
        ..*point
    }
}

impl MeasuredRun {
    /// The size that the strategy and the limits of the plan pick on `curve`, which is made from this run. `None` when
    /// no size qualifies, for a dry run, and for a run that was cut off, cancelled or failed, unless its pick was
    /// applied before.
    #[must_use]
    pub fn pick(&self, curve: &Curve) -> Option<MemoryMb> {
        if !self.has_result() {
            return None;
        }
        let plan = &self.plan;
        let limits = LimitsReport::of(self);
        let admits = |point: &&Point| {
            limits
                .as_ref()
                .is_none_or(|limits| limits.admits(point.memory_mb))
        };
        let points: Vec<Point> = curve.points.iter().filter(admits).copied().collect();
        pick(
            &points,
            plan.goal.strategy,
            plan.goal.balanced_weight,
            plan.limits,
        )
    }

    /// The size to take on `curve`, which is made from this run: what its [`Finding`] recommends, or else, with too few
    /// samples to compare, its pick.
    #[must_use]
    pub fn recommended(&self, curve: &Curve) -> Option<MemoryMb> {
        let found = Finding::of(self).map(|finding| finding.recommended);
        found.or_else(|| self.pick(curve))
    }

    /// The run under limits: as it is, where they are those of its plan; else its samples are judged anew, all at once.
    #[must_use]
    pub fn under(&self, limits: PickLimits) -> Cow<'_, Self> {
        if limits == self.plan.limits {
            return Cow::Borrowed(self);
        }
        let mut judged = self.clone();
        judged.plan.limits = limits;
        let rounds = judged.sizes.iter().map(|size| size.samples.len()).max();
        let rounds = u32::try_from(rounds.unwrap_or_default()).unwrap_or(u32::MAX);
        judged.plan.num = SampleCount::Fixed(rounds);
        Cow::Owned(judged)
    }

    /// Whether something may be picked: not from a dry run, and not from one that was cut off, cancelled or failed, unless
    /// its pick was applied before.
    pub(in crate::power) fn has_result(&self) -> bool {
        let is_cut_short = matches!(
            self.state,
            RunState::CutOff | RunState::Cancelled | RunState::Failed(_)
        );
        !self.plan.dry_run && (!is_cut_short || self.applied.is_some())
    }

    /// The prices that apply to this run, and whose they are.
    #[must_use]
    pub fn pricing(&self) -> Pricing {
        let asked = self.plan.prices_of.as_deref();
        Pricing::of_figures(&self.region, self.architecture, asked).with(self.preflight.surcharges)
    }

    /// The prices that apply to this run.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.pricing().rate
    }

    /// The share trimmed on each side: none of the few samples of a cold-start run.
    #[must_use]
    pub const fn discard(&self) -> f64 {
        if self.plan.sampling.only_cold_starts {
            0.0
        } else {
            self.plan.sampling.discard
        }
    }

    /// The samples of a size that its point stands on: warm ones (or the others, if the run measures cold starts) that
    /// stand for a normal invocation.
    pub fn series<'a>(&'a self, size: &'a SizeRun) -> impl Iterator<Item = &'a Sample> {
        let cold = self.plan.sampling.only_cold_starts;
        size.samples
            .iter()
            .filter(move |sample| sample.counts() && (sample.kind != SampleKind::Warm) == cold)
    }

    /// The durations of [`Self::series`] in milliseconds: of the handler, with initialisation and restore if the run
    /// measures cold starts.
    #[must_use]
    pub fn durations(&self, size: &SizeRun) -> Vec<f64> {
        self.series(size)
            .map(|sample| self.duration_of(sample))
            .collect()
    }

    /// The duration of a sample in milliseconds as [`Self::durations`] has it.
    pub(in crate::power) fn duration_of(&self, sample: &Sample) -> f64 {
        if self.plan.sampling.only_cold_starts {
            sample.whole_duration_ms()
        } else {
            sample.duration_ms
        }
    }

    fn points(&self, step: BillingStep) -> Vec<Point> {
        let rate = self.rate();
        self.sizes
            .iter()
            .filter(|size| matches!(size.state, SizeState::Ok | SizeState::Dropped))
            .filter_map(|size| self.point(size, step, &rate))
            .collect()
    }

    fn point(&self, size: &SizeRun, step: BillingStep, rate: &Rate) -> Option<Point> {
        let durations = self.durations(size);
        let billed = self.billed_ms(size, step);
        let cost = |billed_ms| rate.compute(billed_ms, size.memory_mb);
        Some(Point {
            memory_mb: size.memory_mb,
            duration_ms: statistics::mean(&durations)?,
            cost_usd: cost(statistics::mean(&billed)?),
            duration_interval: statistics::mean_interval(&durations),
            cost_interval: statistics::mean_interval(&billed).map(|billed| Interval {
                low: cost(billed.low),
                high: cost(billed.high),
            }),
            samples: durations.len(),
        })
    }

    /// What is billed for each of [`Self::series`] at a step, in milliseconds.
    #[must_use]
    pub fn billed_ms(&self, size: &SizeRun, step: BillingStep) -> Vec<f64> {
        let series = self.series(size);
        series.map(|sample| self.billed(sample, step)).collect()
    }

    /// What is billed for a sample at a step, in milliseconds. Cold samples start from what was billed rather than from
    /// the duration: whether initialisation is billed depends on the function.
    fn billed(&self, sample: &Sample, step: BillingStep) -> f64 {
        match step {
            BillingStep::AsMeasured => sample.whole_billed_ms(),
            _ if self.plan.sampling.only_cold_starts => step.round_up(sample.whole_billed_ms()),
            _ => step.round_up(sample.duration_ms),
        }
    }
}

#[cfg(test)]
mod tests;
