//! A plan in the making: what flags, an input file and the plan form fill in, each as far as it knows.

use super::range::positive;
use super::{
    Apply, Payload, PickDraft, Plan, PlanError, SamplingDraft, default_sizes, payload_counts,
};
use crate::lambda::{FunctionRef, MemoryMb};

/// Samples per size when nothing else is asked for.
const DEFAULT_NUM: u32 = 20;
/// The fewest samples a pick may stand on.
const LEAST_NUM: u32 = 5;
/// The most samples per size.
pub const MAX_NUM: u32 = 10_000;

/// A plan with gaps; [`PlanDraft::build`] fills them with defaults and checks everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanDraft {
    /// The function; the only thing without a default.
    pub function: Option<FunctionRef>,
    /// An alias or version, when it is not part of the name.
    pub qualifier: Option<String>,
    /// Memory sizes in any order.
    pub sizes: Option<Vec<MemoryMb>>,
    /// Samples per size: 20.
    pub num: Option<u32>,
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

    /// Fills the gaps and checks everything that can be checked without the account.
    ///
    /// # Errors
    /// [`PlanError`]: the first thing that cannot be.
    pub fn build(self) -> Result<Plan, PlanError> {
        let dry_run = self.dry_run.unwrap_or(false);
        let num = checked_num(self.num, dry_run)?;
        let payload = checked_payload(self.payload.unwrap_or_default(), num, dry_run)?;
        let apply = checked_apply(self.apply.unwrap_or_default())?;
        Ok(Plan {
            function: checked_function(self.function, self.qualifier)?,
            sizes: checked_sizes(self.sizes.unwrap_or_else(default_sizes))?,
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

fn checked_sizes(mut sizes: Vec<MemoryMb>) -> Result<Vec<MemoryMb>, PlanError> {
    sizes.sort_unstable();
    if sizes.is_empty() {
        return Err(PlanError::NoSizes);
    }
    let mut pairs = sizes.iter().zip(sizes.iter().skip(1));
    match pairs.find(|(size, next)| size == next) {
        Some((&size, _)) => Err(PlanError::SizeTwice(size)),
        None => Ok(sizes),
    }
}

fn checked_num(num: Option<u32>, dry_run: bool) -> Result<u32, PlanError> {
    if dry_run {
        return Ok(1);
    }
    let num = num.unwrap_or(DEFAULT_NUM);
    if (LEAST_NUM..=MAX_NUM).contains(&num) {
        return Ok(num);
    }
    Err(PlanError::Num {
        num,
        least: LEAST_NUM,
        most: MAX_NUM,
    })
}

/// A dry run sends one payload per size, whatever the weights: the first.
fn checked_payload(payload: Payload, num: u32, dry_run: bool) -> Result<Payload, PlanError> {
    match payload {
        Payload::Redacted => Err(PlanError::PayloadRedacted),
        Payload::Weighted(items) if dry_run => Ok(items
            .into_iter()
            .next()
            .map_or(Payload::None, |item| Payload::Single(item.payload))),
        Payload::Weighted(items) => {
            let weights: Vec<f64> = items.iter().map(|item| item.weight).collect();
            payload_counts(&weights, num)?;
            Ok(Payload::Weighted(items))
        }
        payload => Ok(payload),
    }
}

fn checked_apply(apply: Apply) -> Result<Apply, PlanError> {
    if let Apply::Alias(alias) = &apply {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let number = alias.chars().all(|c| c.is_ascii_digit());
        if alias.len() > 128 || number || !alias.chars().all(word) {
            return Err(PlanError::Alias(alias.clone()));
        }
    }
    Ok(apply)
}

#[cfg(test)]
mod tests;
