//! One measured invocation: how its environment came to be, and its figures.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One invocation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// How its environment came to be.
    pub kind: SampleKind,
    /// Duration of the handler in milliseconds.
    pub duration_ms: f64,
    /// Billed duration in milliseconds.
    pub billed_ms: f64,
    /// Initialisation in milliseconds, for cold starts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub init_ms: Option<f64>,
    /// Snapshot restore in milliseconds, for restored environments.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub restore_ms: Option<f64>,
    /// Billed part of the restore in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub billed_restore_ms: Option<f64>,
    /// Peak memory in megabytes, if reported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max_memory_used_mb: Option<u32>,
    /// The function's error type and message, if it failed (or an allowed exception).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// Whether an error of this sample is one the plan allows, so that it counts.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub error_allowed: bool,
    /// Whether the figures are the client's own clock because no REPORT record was found.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub client_timing: bool,
    /// Which invocation it is. A part of the sample in JSON, not an object of its own.
    #[serde(flatten)]
    pub call: SampledCall,
}

/// Which invocation a sample is; samples of older programs do not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SampledCall {
    /// AWS's request id, which the records in the log carry.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// When it was sent, by this computer's clock.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<Timestamp>,
    /// Which of the plan's payloads it was sent, from 1; `None` where there is only one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub payload: Option<u32>,
}

impl Sample {
    /// Whether the sample stands for a normal invocation: no error, or an allowed one.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.error.is_none() || self.error_allowed
    }

    /// Duration with initialisation and restore, in milliseconds: what the caller waits for.
    #[must_use]
    pub fn whole_duration_ms(&self) -> f64 {
        self.duration_ms + self.init_ms.unwrap_or_default() + self.restore_ms.unwrap_or_default()
    }

    /// Billed duration with the billed part of a restore, in milliseconds.
    #[must_use]
    pub fn whole_billed_ms(&self) -> f64 {
        self.billed_ms + self.billed_restore_ms.unwrap_or_default()
    }
}

/// How the environment of a sample came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleKind {
    /// It was there already.
    Warm,
    /// It was initialised for this invocation.
    Cold,
    /// It was restored from a snapshot for this invocation.
    Restored,
}
