//! The JSON documents of the command line: `tune`, and `chart` with `runs show`. Field names are a contract.

use serde::Serialize;

use super::pricing::PricesDocument;
use super::statistics::{self, Summary};
use super::{
    Applied, BillingStep, Cleanup, CostCheck, CostVerdict, Curve, CurvePattern, Finding,
    LimitCheck, LimitsReport, MeasuredRun, MemoryPattern, PayloadFigures, Point, Run, RunId,
    RunOrigin, Sample, SampleKind, SizeLimits, SizeRun, SizeState, Stopped, Strategy,
};
use crate::lambda::{Architecture, MemoryMb};

mod chart;
mod rare;

pub use chart::{ChartDocument, ChartLimits};
pub use rare::RareSummary;

/// What `tune --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TuneSummary {
    /// The run.
    pub run: RunId,
    /// The function's unqualified ARN.
    pub function: String,
    /// Its instruction set.
    pub architecture: Architecture,
    /// Its region.
    pub region: String,
    /// What the pick optimises.
    pub strategy: Strategy,
    /// The size in megabytes that the strategy picks; null when none qualifies, in a dry run, and when the run was
    /// cancelled or failed.
    pub power: Option<MemoryMb>,
    /// The answer.
    #[serde(flatten)]
    pub answer: AnswerSummary,
    /// Whether the current size costs clearly more; absent when that was not asked.
    #[serde(flatten)]
    pub check: Option<CheckSummary>,
    /// Mean cost of one invocation at `power`, in USD (CNY in China), without the request fee.
    pub cost: Option<f64>,
    /// Mean duration there, in milliseconds.
    pub duration: Option<f64>,
    /// Every planned size, ascending.
    pub sizes: Vec<SizeSummary>,
    /// Invocations of the function that were answered, a probe of `$LATEST` included.
    pub invocations: usize,
    /// How many of them failed with an error that is not allowed.
    pub errors: usize,
    /// What these cost, requests included.
    pub errors_usd: f64,
    /// Control-plane calls.
    pub control_calls: u32,
    /// Money spent on invocations, requests included.
    pub spent_usd: f64,
    /// The prices costs are counted at, those of the list that ships with the program.
    pub prices: PricesDocument,
    /// Wall-clock time in milliseconds.
    pub wall_ms: u64,
    /// The link that draws the run; null without a point.
    pub visualization: Option<String>,
    /// Whether the function is as it was.
    pub cleanup: Cleanup,
    /// What only some runs have.
    #[serde(flatten)]
    pub rare: RareSummary,
    /// What was written to the live function; absent when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied: Option<Applied>,
    /// Sentences for the user.
    pub warnings: Vec<String>,
}

/// What a run found, in [`TuneSummary`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerSummary {
    /// The size to take, which is the fastest of those that cannot be told from the cheapest; null like `power`.
    pub recommended: Option<MemoryMb>,
    /// Mean cost of one invocation at `recommended`, in USD (CNY in China), without the request fee.
    pub recommended_cost: Option<f64>,
    /// Mean duration there, in milliseconds.
    pub recommended_duration: Option<f64>,
    /// The sizes that are not shown to be worse than the best by more than the tolerance, ascending.
    pub indistinguishable: Vec<MemoryMb>,
    /// The sizes that may be the best, ascending.
    pub contenders: Vec<MemoryMb>,
    /// How sure the answer is: `95`, `90` or `cannot-tell`; null without one.
    pub confidence: Option<&'static str>,
    /// Why no more samples were taken; null without an answer.
    pub stopped: Option<Stopped>,
    /// The answer for people.
    pub sentence: Option<String>,
    /// What is worth knowing beside it.
    pub notes: Vec<String>,
    /// The limits on the durations, such as `p90:200ms`; absent without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// What they come to, or which size came nearest when none keeps to them; absent without limits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limit_sentences: Vec<String>,
    /// What more memory buys; null with fewer than two measured sizes.
    pub pattern: Option<MemoryPattern>,
}

/// Whether the current size costs clearly more than the recommended one, in [`TuneSummary`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckSummary {
    /// What came of it.
    pub verdict: CostVerdict,
    /// What was checked.
    pub check: CheckedSizes,
}

/// The two sizes of a check, in [`CheckSummary`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedSizes {
    /// How much more the current size may cost, in percent.
    pub percent: f64,
    /// The size the function has; null where the run does not know it.
    pub current: Option<MemoryMb>,
    /// The size to take; null when there is none.
    pub recommended: Option<MemoryMb>,
    /// How much more the current size costs by the means of the samples, in percent; null when one of them has too few.
    pub excess_percent: Option<f64>,
    /// The verdict for people.
    pub sentence: String,
}

impl From<CostCheck> for CheckSummary {
    fn from(check: CostCheck) -> Self {
        Self {
            verdict: check.verdict,
            check: CheckedSizes {
                percent: check.percent,
                current: check.current,
                recommended: check.recommended,
                excess_percent: check.excess_percent,
                sentence: check.sentence(),
            },
        }
    }
}

impl AnswerSummary {
    /// What a run found, on its curve.
    #[must_use]
    pub fn of(measured: &MeasuredRun, curve: &Curve, found: Option<&Finding>) -> Self {
        let evaluation = found.map(|found| &found.evaluation);
        let within = evaluation.iter().flat_map(|it| it.within());
        let contenders = evaluation.iter().flat_map(|it| it.contenders());
        let recommended = measured.recommended(curve);
        let limits = measured.plan.limits.on_durations();
        let report = LimitsReport::of(measured);
        let point = recommended.and_then(|size| curve.point(size));
        Self {
            recommended,
            recommended_cost: point.map(|point| point.cost_usd),
            recommended_duration: point.map(|point| point.duration_ms),
            indistinguishable: within.collect(),
            contenders: contenders.collect(),
            confidence: evaluation.map(|it| it.confidence.name()),
            stopped: found.map(|it| it.stopped),
            sentence: found.map(Finding::sentence),
            notes: found.map_or_else(Vec::new, |it| it.notes(measured)),
            limits: limits.map(|limit| limit.to_string()).collect(),
            limit_sentences: report.map_or_else(Vec::new, |it| it.sentences(recommended)),
            pattern: CurvePattern::of(&curve.points).map(|it| it.pattern),
        }
    }
}

/// One size in [`TuneSummary`]. Figures are null when there is no sample to tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizeSummary {
    /// The memory size in megabytes.
    pub memory_mb: MemoryMb,
    /// What became of it.
    pub state: SizeOutcome,
    /// Why it is infeasible, or was skipped or dropped.
    pub reason: Option<String>,
    /// Samples the figures stand on.
    pub samples: usize,
    /// Cold and restored samples.
    pub cold_starts: usize,
    /// Durations of the samples in milliseconds.
    pub duration_ms: Option<Durations>,
    /// Mean cost of one invocation, without the request fee.
    pub cost_usd: Option<f64>,
    /// 95 % interval of the cost, low and high.
    pub interval_usd: Option<[f64; 2]>,
    /// Mean initialisation (or restore) of the cold samples in milliseconds.
    pub init_ms: Option<f64>,
    /// Peak memory in megabytes.
    pub max_memory_used_mb: Option<u32>,
    /// What failed there.
    #[serde(flatten)]
    pub failed: FailedSummary,
    /// What its means leave out.
    #[serde(flatten)]
    pub left_out: LeftOutSummary,
}

/// The samples of a size that failed, in [`SizeSummary`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FailedSummary {
    /// Samples that failed with an error that is not allowed.
    pub errors: usize,
    /// What these cost, requests included.
    pub errors_usd: f64,
}

/// What the means of a size leave out, in [`SizeSummary`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOutSummary {
    /// The mean duration in milliseconds without the samples trimmed as planned.
    pub trimmed_ms: Option<f64>,
    /// The mean cost, trimmed in the same way.
    pub trimmed_usd: Option<f64>,
    /// What happens in a smaller share of the invocations than this, 0 to 1, need not be among the samples.
    pub unseen_share: f64,
    /// How it stands to each limit on other figures too; absent without limits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitCheck>,
    /// Each of several payloads, which the means have in one; absent where there is one only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payloads: Vec<PayloadFigures>,
}

impl LeftOutSummary {
    fn of(measured: &MeasuredRun, size: &SizeRun, durations: &[f64]) -> Self {
        let trimmed = |figures: &[f64]| statistics::trimmed_mean(figures, measured.discard());
        let billed: Vec<f64> = measured.series(size).map(Sample::whole_billed_ms).collect();
        let rate = measured.rate();
        Self {
            trimmed_ms: trimmed(durations),
            trimmed_usd: trimmed(&billed).map(|billed| rate.compute(billed, size.memory_mb)),
            unseen_share: (1000.0 * statistics::unseen_share(durations.len())).round() / 1000.0,
            limits: SizeLimits::of(size.memory_mb, &measured.plan.limits, durations).checks,
            payloads: PayloadFigures::of(measured, size),
        }
    }
}

/// What became of a size, in the words of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeOutcome {
    /// Measured.
    Ok,
    /// Measured in part, then given up.
    Dropped,
    /// The function does not work there.
    Infeasible,
    /// Not measured.
    Skipped,
}

impl SizeOutcome {
    /// Its word, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Dropped => "dropped",
            Self::Infeasible => "infeasible",
            Self::Skipped => "skipped",
        }
    }

    /// What became of a size, and why where that is to be told.
    #[must_use]
    pub fn of(state: &SizeState) -> (Self, Option<String>) {
        match state {
            SizeState::Ok => (Self::Ok, None),
            SizeState::Dropped => {
                let reason = SizeState::DROPPED_FOR.to_owned();
                (Self::Dropped, Some(reason))
            }
            SizeState::Infeasible(reason) => (Self::Infeasible, Some(reason.clone())),
            SizeState::Skipped(reason) => (Self::Skipped, Some(reason.clone())),
            SizeState::Pending => {
                let reason = "the run ended before this size was measured".to_owned();
                (Self::Skipped, Some(reason))
            }
        }
    }
}

/// Durations in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Durations {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// The 90th percentile.
    pub p90: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl TuneSummary {
    /// Sums up a measured run; `None` for runs from elsewhere, which have no samples.
    #[must_use]
    pub fn of(run: &Run) -> Option<Self> {
        let RunOrigin::Measured(measured) = &run.origin else {
            return None;
        };
        let curve = run.curve(BillingStep::AsMeasured);
        let power = measured.pick(&curve);
        let found = Finding::of(measured);
        let picked = power.and_then(|power| curve.point(power));
        let sizes = measured.sizes.iter();
        Some(Self {
            run: run.id.clone(),
            function: measured.function_arn.clone(),
            architecture: measured.architecture,
            region: measured.region.clone(),
            strategy: measured.plan.goal.strategy,
            power,
            answer: AnswerSummary::of(measured, &curve, found.as_ref()),
            check: None,
            cost: picked.map(|point| point.cost_usd),
            duration: picked.map(|point| point.duration_ms),
            invocations: measured.invocations(),
            errors: measured.failures(),
            errors_usd: measured.failures_cost(),
            sizes: sizes
                .map(|size| SizeSummary::of(measured, size, curve.point(size.memory_mb)))
                .collect(),
            control_calls: measured.usage.control_calls,
            spent_usd: measured.usage.spent_usd,
            prices: measured.pricing().document(),
            wall_ms: measured.usage.wall_ms,
            visualization: (!curve.points.is_empty()).then(|| curve.link()),
            cleanup: measured.cleanup,
            rare: RareSummary::of(measured),
            applied: measured.applied.clone(),
            warnings: measured.warnings.clone(),
        })
    }
}

impl SizeSummary {
    fn of(measured: &MeasuredRun, size: &SizeRun, point: Option<&Point>) -> Self {
        let (state, reason) = SizeOutcome::of(&size.state);
        let durations = measured.durations(size);
        let samples = size.samples.iter();
        let starts: Vec<f64> = samples
            .clone()
            .filter_map(|sample| sample.init_ms.or(sample.restore_ms))
            .collect();
        let interval = point.and_then(|point| point.cost_interval);
        Self {
            memory_mb: size.memory_mb,
            state,
            reason,
            samples: durations.len(),
            cold_starts: samples
                .clone()
                .filter(|sample| sample.kind != SampleKind::Warm)
                .count(),
            duration_ms: Summary::of(&durations).map(Durations::from),
            cost_usd: point.map(|point| point.cost_usd),
            interval_usd: interval.map(|interval| [interval.low, interval.high]),
            init_ms: statistics::mean(&starts),
            max_memory_used_mb: samples
                .clone()
                .filter_map(|sample| sample.max_memory_used_mb)
                .max(),
            failed: FailedSummary {
                errors: size.failures(),
                errors_usd: size.failures_cost(&measured.rate()),
            },
            left_out: LeftOutSummary::of(measured, size, &durations),
        }
    }
}

impl From<Summary> for Durations {
    fn from(summary: Summary) -> Self {
        Self {
            mean: summary.mean,
            p50: summary.p50,
            p90: summary.p90,
            p99: summary.p99,
            min: summary.min,
            max: summary.max,
        }
    }
}

#[cfg(test)]
mod tests;
