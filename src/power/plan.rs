//! What a tuning run is to do: validated before the first paid call.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::pick::PickLimits;
use crate::lambda::{FunctionRef, MemoryMb};

mod draft;
mod error;
mod payloads;
mod sizes;

pub use draft::{MAX_ENVIRONMENTS, MAX_NUM, PARALLEL_ENVIRONMENTS, PlanDraft};
pub use error::PlanError;
pub use payloads::{PayloadSequence, payload_counts};
pub use sizes::{all_sizes, default_sizes, full_sizes, parse_sizes};

/// Everything a tuning run needs to know before it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The function, as the user named it.
    pub function: FunctionRef,
    /// The memory sizes, ascending, none twice, at least one.
    pub sizes: Vec<MemoryMb>,
    /// Warm samples per size (cold ones per size with `only_cold_starts`); at least 1, at least 5 unless `dry_run`.
    pub num: u32,
    /// What each invocation is sent.
    pub payload: Payload,
    /// What the pick optimises.
    pub strategy: Strategy,
    /// Weight of cost against speed for the balanced pick.
    pub balanced_weight: Weight,
    /// Execution environments kept busy per size, at least 1; each sees one invocation at a time.
    pub environments: u32,
    /// Measure cold starts only: each sample on a version of its own.
    pub only_cold_starts: bool,
    /// Share of samples trimmed on each side, 0 to 0.4.
    pub discard: f64,
    /// Pause between two invocations in one environment.
    pub sleep_between: Duration,
    /// Error types that count as normal samples.
    pub allowed_exceptions: Vec<String>,
    /// Function invoked before each sample; a non-empty answer replaces the payload.
    pub pre_processor: Option<FunctionRef>,
    /// Function invoked after each sample, with the sample's answer.
    pub post_processor: Option<FunctionRef>,
    /// Whether payloads may appear in logs, errors and the store.
    pub log_payloads: bool,
    /// Stop before more than this is spent, in USD. The first invocation, of whose cost nothing is known, is made in any case.
    pub max_cost_usd: Option<f64>,
    /// Sizes slower than this cannot be picked, in milliseconds.
    pub max_duration_ms: Option<f64>,
    /// Pick the fastest size within this many percent of the cheapest.
    pub within_percent: Option<f64>,
    /// The region whose prices count where none are known for the function.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prices_of: Option<String>,
    /// One invocation per size, nothing analysed, nothing applied.
    pub dry_run: bool,
    /// What to do with the pick on the live function.
    pub apply: Apply,
}

impl Plan {
    /// The plan as it may be kept: without its payload when the user asked for that.
    #[must_use]
    pub fn for_record(&self) -> Self {
        let mut plan = self.clone();
        if !self.log_payloads && self.payload != Payload::None {
            plan.payload = Payload::Redacted;
        }
        plan
    }

    /// What the pick must keep to.
    #[must_use]
    pub const fn limits(&self) -> PickLimits {
        PickLimits {
            max_duration_ms: self.max_duration_ms,
            within_percent: self.within_percent,
        }
    }
}

/// What invocations are sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payload {
    /// JSON `null`.
    #[default]
    None,
    /// The same value each time.
    Single(Value),
    /// Values by weight: each gets its share of the invocations.
    Weighted(Vec<WeightedPayload>),
    /// There was one, but the user asked not to keep it.
    Redacted,
}

/// One of several payloads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedPayload {
    /// Its share, relative to the sum of all.
    pub weight: f64,
    /// The value sent.
    pub payload: Value,
}

/// What the recommended size optimises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The lowest cost per invocation.
    #[default]
    Cost,
    /// The lowest duration.
    Speed,
    /// The lowest weighted sum of both.
    Balanced,
}

impl Strategy {
    /// Every strategy, in the order the plan form offers them.
    pub const ALL: [Self; 3] = [Self::Cost, Self::Speed, Self::Balanced];

    /// The word used in flags, input files and on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Speed => "speed",
            Self::Balanced => "balanced",
        }
    }
}

impl std::str::FromStr for Strategy {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        Self::ALL
            .into_iter()
            .find(|strategy| strategy.name() == text)
            .ok_or_else(|| PlanError::Strategy(text.to_owned()))
    }
}

/// A weight between 0 (speed only) and 1 (cost only).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64")]
pub struct Weight(f64);

impl Weight {
    /// Clamps to 0…1; not-a-number becomes the default 0.5.
    #[must_use]
    pub fn clamped(weight: f64) -> Self {
        if weight.is_nan() {
            Self::default()
        } else {
            Self(weight.clamp(0.0, 1.0))
        }
    }

    /// The weight of cost, 0 to 1.
    #[must_use]
    pub const fn of_cost(self) -> f64 {
        self.0
    }
}

impl From<f64> for Weight {
    fn from(weight: f64) -> Self {
        Self::clamped(weight)
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self(0.5)
    }
}

/// Whether the pick is written to the live function after the run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apply {
    /// Leave the function as it was.
    #[default]
    No,
    /// Set `$LATEST` to the picked size.
    Latest,
    /// Set `$LATEST`, publish a version and point this alias at it.
    Alias(String),
}
