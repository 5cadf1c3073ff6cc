//! A plan in the making: what flags, an input file and the plan form fill in, each as far as it knows.

use std::time::Duration;

use super::{Apply, Payload, Plan, PlanError, Strategy, Weight, default_sizes, payload_counts};
use crate::lambda::{FunctionRef, MemoryMb};

/// Samples per size when nothing else is asked for.
const DEFAULT_NUM: u32 = 20;
/// The fewest samples a pick may stand on.
const LEAST_NUM: u32 = 5;
/// The most samples per size.
pub const MAX_NUM: u32 = 10_000;
/// The longest pause between two invocations, in seconds.
const LONGEST_PAUSE_S: f64 = 900.0;
/// The share trimmed on each side when nothing else is asked for.
const DEFAULT_DISCARD: f64 = 0.2;
/// The most environments per size.
pub const MAX_ENVIRONMENTS: u32 = 1_000;
/// How many environments per size "in parallel" keeps busy: enough for speed, few enough that cold starts stay rare.
pub const PARALLEL_ENVIRONMENTS: u32 = 4;

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
    /// What the pick optimises: cost.
    pub strategy: Option<Strategy>,
    /// Weight of cost in the balanced pick: 0.5. Values outside 0 to 1 are clamped.
    pub balanced_weight: Option<f64>,
    /// Environments kept busy per size: 1. More than `num` are never used.
    pub environments: Option<u32>,
    /// Measure cold starts only: no.
    pub only_cold_starts: Option<bool>,
    /// Share trimmed on each side, 0 to 0.4: 0.2 (0 with `only_cold_starts`).
    pub discard: Option<f64>,
    /// Pause between invocations: none.
    pub sleep_between: Option<Duration>,
    /// Error types that count as normal samples: none.
    pub allowed_exceptions: Option<Vec<String>>,
    /// Function invoked before each sample: none.
    pub pre_processor: Option<FunctionRef>,
    /// Function invoked after each sample: none.
    pub post_processor: Option<FunctionRef>,
    /// Whether payloads may be kept: yes.
    pub log_payloads: Option<bool>,
    /// Cost cap in USD (CNY in China): none.
    pub max_cost_usd: Option<f64>,
    /// Time limit of the pick in milliseconds: none.
    pub max_duration_ms: Option<f64>,
    /// Pick the fastest within this many percent of the cheapest: no.
    pub within_percent: Option<f64>,
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
            strategy: self.strategy.or(other.strategy),
            balanced_weight: self.balanced_weight.or(other.balanced_weight),
            environments: self.environments.or(other.environments),
            only_cold_starts: self.only_cold_starts.or(other.only_cold_starts),
            discard: self.discard.or(other.discard),
            sleep_between: self.sleep_between.or(other.sleep_between),
            allowed_exceptions: self.allowed_exceptions.or(other.allowed_exceptions),
            pre_processor: self.pre_processor.or(other.pre_processor),
            post_processor: self.post_processor.or(other.post_processor),
            log_payloads: self.log_payloads.or(other.log_payloads),
            max_cost_usd: self.max_cost_usd.or(other.max_cost_usd),
            max_duration_ms: self.max_duration_ms.or(other.max_duration_ms),
            within_percent: self.within_percent.or(other.within_percent),
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
        let only_cold_starts = self.only_cold_starts.unwrap_or(false);
        let num = checked_num(self.num, dry_run)?;
        let payload = checked_payload(self.payload.unwrap_or_default(), num, dry_run)?;
        let discard = self.discard.unwrap_or(DEFAULT_DISCARD);
        check(
            "the discarded share",
            discard,
            0.0..=0.4,
            "outside 0 to 0.4",
        )?;
        let apply = checked_apply(self.apply.unwrap_or_default())?;
        Ok(Plan {
            function: checked_function(self.function, self.qualifier)?,
            sizes: checked_sizes(self.sizes.unwrap_or_else(default_sizes))?,
            num,
            payload,
            strategy: self.strategy.unwrap_or_default(),
            balanced_weight: checked_weight(self.balanced_weight)?,
            environments: self.environments.unwrap_or(1).clamp(1, num),
            only_cold_starts,
            discard: if only_cold_starts { 0.0 } else { discard },
            sleep_between: checked_pause(self.sleep_between.unwrap_or_default())?,
            allowed_exceptions: checked_exceptions(self.allowed_exceptions.unwrap_or_default())?,
            pre_processor: self.pre_processor,
            post_processor: self.post_processor,
            log_payloads: self.log_payloads.unwrap_or(true),
            max_cost_usd: positive("the cost cap", self.max_cost_usd)?,
            max_duration_ms: positive("the time limit in ms", self.max_duration_ms)?,
            within_percent: not_negative("the percentage", self.within_percent)?,
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

fn checked_weight(weight: Option<f64>) -> Result<Weight, PlanError> {
    match weight {
        Some(value) if value.is_nan() => Err(PlanError::Range {
            what: "the balanced weight",
            value,
            range: "not a number; give 0 (speed only) to 1 (cost only)",
        }),
        weight => Ok(weight.map(Weight::clamped).unwrap_or_default()),
    }
}

fn checked_pause(pause: Duration) -> Result<Duration, PlanError> {
    let seconds = pause.as_secs_f64();
    let range = "longer than 900 s: environments would not stay warm";
    check("the pause in s", seconds, 0.0..=LONGEST_PAUSE_S, range)?;
    Ok(pause)
}

fn checked_exceptions(exceptions: Vec<String>) -> Result<Vec<String>, PlanError> {
    if exceptions.iter().any(|name| name.trim().is_empty()) {
        return Err(PlanError::EmptyException);
    }
    Ok(exceptions)
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

fn positive(what: &'static str, value: Option<f64>) -> Result<Option<f64>, PlanError> {
    if let Some(value) = value {
        check(
            what,
            value,
            f64::MIN_POSITIVE..=f64::MAX,
            "not a number above 0",
        )?;
    }
    Ok(value)
}

fn not_negative(what: &'static str, value: Option<f64>) -> Result<Option<f64>, PlanError> {
    if let Some(value) = value {
        check(what, value, 0.0..=f64::MAX, "not a number from 0 up")?;
    }
    Ok(value)
}

fn check(
    what: &'static str,
    value: f64,
    allowed: std::ops::RangeInclusive<f64>,
    range: &'static str,
) -> Result<(), PlanError> {
    if allowed.contains(&value) {
        Ok(())
    } else {
        Err(PlanError::Range { what, value, range })
    }
}

#[cfg(test)]
mod tests;
