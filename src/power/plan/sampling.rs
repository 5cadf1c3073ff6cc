//! The options that say how the samples of one size are taken, and which of them count.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::range::check;
use super::{PlanError, SampleCount};
use crate::lambda::FunctionRef;

/// The most environments per size.
pub const MAX_ENVIRONMENTS: u32 = 1_000;
/// How many environments per size "in parallel" keeps busy: enough for speed, few enough that cold starts stay rare.
pub const PARALLEL_ENVIRONMENTS: u32 = 4;
/// The longest tenant id, in characters.
const LONGEST_TENANT: usize = 256;
/// The longest pause between two invocations, in seconds.
const LONGEST_PAUSE_S: f64 = 900.0;
/// The share trimmed on each side when nothing else is asked for.
pub const DEFAULT_DISCARD: f64 = 0.2;

/// How the samples of one size are taken. A part of [`Plan`](super::Plan) in JSON, not an object of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sampling {
    /// Execution environments kept busy per size, at least 1; each sees one invocation at a time.
    pub environments: u32,
    /// Measure cold starts only: each sample on a version of its own.
    pub only_cold_starts: bool,
    /// Share of samples trimmed on each side, 0 to 0.4; 0 with `only_cold_starts`.
    pub discard: f64,
    /// Pause between two invocations in one environment.
    pub sleep_between: Duration,
    /// Error types that count as normal samples.
    pub allowed_exceptions: Vec<String>,
    /// Function invoked before each sample; a non-empty answer replaces the payload.
    pub pre_processor: Option<FunctionRef>,
    /// Function invoked after each sample, with the sample's answer.
    pub post_processor: Option<FunctionRef>,
    /// The tenant each invocation is for, of a function that keeps its tenants apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tenant_id: Option<String>,
    /// Whether the answers are taken as a stream.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub response_stream: bool,
}

/// The same with gaps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SamplingDraft {
    /// Environments kept busy per size: 1. More than there are samples are never used.
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
    /// The tenant each invocation is for: none.
    pub tenant_id: Option<String>,
    /// Whether the answers are taken as a stream: no.
    pub response_stream: Option<bool>,
}

impl SamplingDraft {
    /// This draft with its gaps filled from `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            environments: self.environments.or(other.environments),
            only_cold_starts: self.only_cold_starts.or(other.only_cold_starts),
            discard: self.discard.or(other.discard),
            sleep_between: self.sleep_between.or(other.sleep_between),
            allowed_exceptions: self.allowed_exceptions.or(other.allowed_exceptions),
            pre_processor: self.pre_processor.or(other.pre_processor),
            post_processor: self.post_processor.or(other.post_processor),
            tenant_id: self.tenant_id.or(other.tenant_id),
            response_stream: self.response_stream.or(other.response_stream),
        }
    }

    /// Fills the gaps and checks every option, for so many samples per size.
    pub(super) fn build(self, num: SampleCount) -> Result<Sampling, PlanError> {
        let only_cold_starts = self.only_cold_starts.unwrap_or(false);
        let most = num.fixed().unwrap_or(MAX_ENVIRONMENTS);
        let discard = checked_discard(self.discard.unwrap_or(DEFAULT_DISCARD))?;
        Ok(Sampling {
            environments: self.environments.unwrap_or(1).clamp(1, most),
            only_cold_starts,
            discard: if only_cold_starts { 0.0 } else { discard },
            sleep_between: checked_pause(self.sleep_between.unwrap_or_default())?,
            allowed_exceptions: checked_exceptions(self.allowed_exceptions.unwrap_or_default())?,
            pre_processor: self.pre_processor,
            post_processor: self.post_processor,
            tenant_id: self.tenant_id.map(checked_tenant).transpose()?,
            response_stream: self.response_stream.unwrap_or(false),
        })
    }
}

/// A tenant id as AWS takes it; it goes into a header.
fn checked_tenant(tenant: String) -> Result<String, PlanError> {
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || "._:/=+-@ ".contains(c);
    let is_trimmed = tenant.trim().len() == tenant.len();
    if !tenant.is_empty()
        && tenant.len() <= LONGEST_TENANT
        && is_trimmed
        && tenant.chars().all(is_of_id)
    {
        return Ok(tenant);
    }
    Err(PlanError::Tenant(tenant))
}

fn checked_discard(share: f64) -> Result<f64, PlanError> {
    check("the discarded share", share, 0.0..=0.4, "outside 0 to 0.4")?;
    Ok(share)
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
