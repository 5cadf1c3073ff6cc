//! One point of a curve: what a memory size costs and how long it takes there.

use serde::{Deserialize, Serialize};

use super::statistics::MeanEstimate;
use crate::lambda::MemoryMb;

/// What one memory size costs and how long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The memory size.
    pub memory_mb: MemoryMb,
    /// Mean duration of a warm invocation, in milliseconds.
    pub duration_ms: f64,
    /// Compute cost of one invocation in USD (CNY in China); the request fee is not part of it.
    pub cost_usd: f64,
    /// 95 % interval of `duration_ms`, if there are samples to tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration_interval: Option<Interval>,
    /// 95 % interval of `cost_usd`, if there are samples to tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cost_interval: Option<Interval>,
    /// How many samples the point stands on; 0 when only the means are known.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub samples: usize,
}

impl Point {
    /// A point of which only the means are known: duration in milliseconds, cost in USD (CNY in China).
    #[must_use]
    pub const fn new(memory_mb: MemoryMb, duration_ms: f64, cost_usd: f64) -> Self {
        Self {
            memory_mb,
            duration_ms,
            cost_usd,
            duration_interval: None,
            cost_interval: None,
            samples: 0,
        }
    }

    /// The mean duration with its interval, in milliseconds, if there are samples to tell.
    #[must_use]
    pub fn duration(&self) -> Option<MeanEstimate> {
        Some(MeanEstimate {
            mean: self.duration_ms,
            interval: self.duration_interval?,
        })
    }

    /// The mean cost with its interval, if there are samples to tell.
    #[must_use]
    pub fn cost(&self) -> Option<MeanEstimate> {
        Some(MeanEstimate {
            mean: self.cost_usd,
            interval: self.cost_interval?,
        })
    }
}

/// A closed interval, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}
