//! What a tuning run is to do: validated before the first paid call.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Goal, PickLimits};
use crate::lambda::{FunctionRef, MemoryMb};

mod draft;
mod error;
mod payloads;
mod pick;
mod range;
mod sampling;
mod sizes;

pub use draft::{MAX_NUM, PlanDraft};
pub use error::PlanError;
pub use payloads::{PayloadSequence, payload_counts};
pub use pick::PickDraft;
pub use sampling::{MAX_ENVIRONMENTS, PARALLEL_ENVIRONMENTS, Sampling, SamplingDraft};
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
