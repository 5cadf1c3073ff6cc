//! What a tuning run is to do: validated before the first paid call.
//!
//! An option of the plan is a field of [`Plan`] and of [`PlanDraft`] here; one of the sampling or of the pick stands in
//! `sampling` or `pick` alone.

use serde::{Deserialize, Serialize};

use self::range::positive;
use super::Strategy;
use crate::lambda::{FunctionRef, MemoryMb};

mod apply;
mod error;
mod limit;
mod payloads;
mod pick;
mod range;
mod samples;
mod sampling;
mod sizes;

pub use apply::Apply;
pub use error::PlanError;
pub use limit::{DurationLimit, FigureLimits, LimitFigure};
pub use payloads::{Payload, PayloadSequence, WeightedPayload, payload_counts};
pub use pick::{DEFAULT_TOLERANCE, Goal, PickDraft, PickLimits};
pub use samples::SampleCount;
pub use sampling::{
    DEFAULT_DISCARD, MAX_ENVIRONMENTS, PARALLEL_ENVIRONMENTS, Sampling, SamplingDraft,
};
pub use sizes::SizeList;

/// Samples per size when nothing else is asked for.
const DEFAULT_NUM: u32 = 20;
/// The fewest samples a pick may stand on.
pub const LEAST_NUM: u32 = 5;
/// The most samples per size.
pub const MAX_NUM: u32 = 10_000;

/// Everything a tuning run needs to know before it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The function, as the user named it.
    pub function: FunctionRef,
    /// The memory sizes, ascending, none twice, at least one.
    pub sizes: Vec<MemoryMb>,
    /// Warm samples per size (cold ones per size with `only_cold_starts`): auto, or at least 5, 1 in a `dry_run`.
    pub num: SampleCount,
    /// What each invocation is sent.
    pub payload: Payload,
    /// What the pick optimises.
    #[serde(flatten)]
    pub goal: Goal,
    /// How the samples of a size are taken.
    #[serde(flatten)]
    pub sampling: Sampling,
    /// Whether payloads may appear in logs, errors and the store.
    pub log_payloads: bool,
    /// Stop before more than this is spent, in USD. The first invocation, of whose cost nothing is known, is made in any case.
    pub max_cost_usd: Option<f64>,
    /// What the pick must keep to.
    #[serde(flatten)]
    pub limits: PickLimits,
    /// The region whose prices count where none are known for the function.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prices_of: Option<String>,
    /// One invocation per size, nothing analysed, nothing applied.
    pub dry_run: bool,
    /// What to do with the pick on the live function.
    pub apply: Apply,
}

impl Plan {
    /// What sizes are compared by: the strategy, or cost where the fastest of those that cost little more is asked for.
    #[must_use]
    pub fn compared_by(&self) -> Strategy {
        match self.limits.within_percent {
            Some(_) => Strategy::Cost,
            None => self.goal.strategy,
        }
    }

    /// The plan as it may be kept: without its payload when the user asked for that.
    #[must_use]
    pub fn for_record(&self) -> Self {
        let mut plan = self.clone();
        if !self.log_payloads && self.payload != Payload::None {
            plan.payload = Payload::Redacted;
        }
        plan
    }
}

/// A plan with gaps; [`PlanDraft::build`] fills them with defaults and checks everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanDraft {
    /// The function; the only thing without a default.
    pub function: Option<FunctionRef>,
    /// An alias or version, when it is not part of the name.
    pub qualifier: Option<String>,
    /// Memory sizes: `default`.
    pub sizes: Option<SizeList>,
    /// Samples per size: 20.
    pub num: Option<SampleCount>,
    /// What is sent: JSON `null`.
    pub payload: Option<Payload>,
    /// What decides the pick.
    pub pick: PickDraft,
    /// How the samples of a size are taken.
    pub sampling: SamplingDraft,
    /// Whether payloads may be kept: yes.
    pub log_payloads: Option<bool>,
    /// Cost cap in USD (CNY in China): none.
    pub max_cost_usd: Option<f64>,
    /// The region whose prices count where none are known for the function: none.
    pub prices_of: Option<String>,
    /// One invocation per size only: no.
    pub dry_run: Option<bool>,
    /// What to do with the pick: nothing.
    pub apply: Option<Apply>,
}

impl PlanDraft {
    /// This draft with its gaps filled from `other`: flags over file.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            function: self.function.or(other.function),
            qualifier: self.qualifier.or(other.qualifier),
            sizes: self.sizes.or(other.sizes),
            num: self.num.or(other.num),
            payload: self.payload.or(other.payload),
            pick: self.pick.or(other.pick),
            sampling: self.sampling.or(other.sampling),
            log_payloads: self.log_payloads.or(other.log_payloads),
            max_cost_usd: self.max_cost_usd.or(other.max_cost_usd),
            prices_of: self.prices_of.or(other.prices_of),
            dry_run: self.dry_run.or(other.dry_run),
            apply: self.apply.or(other.apply),
        }
    }

    /// This draft for a function that has this memory size, which may be one of those asked for.
    #[must_use]
    pub fn knowing(self, current: MemoryMb) -> Self {
        Self {
            sizes: self.sizes.map(|sizes| sizes.knowing(current)),
            ..self
        }
    }

    /// Fills the gaps and checks everything that can be checked without the account.
    ///
    /// # Errors
    /// [`PlanError`]: the first thing that cannot be.
    pub fn build(self) -> Result<Plan, PlanError> {
        let dry_run = self.dry_run.unwrap_or(false);
        let only_cold_starts = self.sampling.only_cold_starts.unwrap_or(false);
        let num = self.num.unwrap_or(SampleCount::Fixed(DEFAULT_NUM));
        let num = num.checked(dry_run, only_cold_starts)?;
        let payload = self.payload.unwrap_or_default().checked(num, dry_run)?;
        let apply = self.apply.unwrap_or_default().checked()?;
        Ok(Plan {
            function: checked_function(self.function, self.qualifier)?,
            sizes: self.sizes.unwrap_or_default().checked()?,
            num,
            payload,
            goal: self.pick.goal()?,
            sampling: self.sampling.build(num)?,
            log_payloads: self.log_payloads.unwrap_or(true),
            max_cost_usd: positive("the cost cap", self.max_cost_usd)?,
            limits: self.pick.limits()?,
            prices_of: self.prices_of,
            dry_run,
            apply: if dry_run { Apply::No } else { apply },
        })
    }
}

fn checked_function(
    function: Option<FunctionRef>,
    qualifier: Option<String>,
) -> Result<FunctionRef, PlanError> {
    let function = function.ok_or(PlanError::NoFunction)?;
    let Some(given) = qualifier else {
        return Ok(function);
    };
    match function.qualifier() {
        Some(named) if named != given => Err(PlanError::TwoQualifiers {
            named: named.to_owned(),
            given,
        }),
        _ => Ok(FunctionRef::parse(&format!(
            "{}:{given}",
            function.target()
        ))?),
    }
}

#[cfg(test)]
mod tests;
