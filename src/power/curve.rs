//! The cost/time curve of a run: one point per measured memory size. What charts, picks and links are made from.

use serde::{Deserialize, Serialize};

use super::{Currency, Weight, pick};
use crate::lambda::{Architecture, MemoryMb};

mod of_run;
mod points;

pub use points::PointsError;
pub(super) use points::{check_figure, checked};

/// A named cost/time curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The name shown beside it.
    pub name: String,
    /// The instruction set the points were measured on.
    pub architecture: Architecture,
    /// The region, for prices and the currency (`cn-*` is priced in CNY).
    pub region: String,
    /// One point per measured size, sorted by memory, no size twice, all numbers finite.
    pub points: Vec<Point>,
}

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
}

impl Curve {
    /// The point at this memory size, if it was measured.
    #[must_use]
    pub fn point(&self, memory: MemoryMb) -> Option<&Point> {
        self.points.iter().find(|point| point.memory_mb == memory)
    }

    /// The size that changes are told against: the one the function has, if it was measured, else the smallest.
    #[must_use]
    pub fn baseline(&self, current: Option<MemoryMb>) -> Option<MemoryMb> {
        let measured = |size: &MemoryMb| self.point(*size).is_some();
        let smallest = || self.points.first().map(|point| point.memory_mb);
        current.filter(measured).or_else(smallest)
    }

    /// The recommended sizes; `None` without points.
    #[must_use]
    pub fn picks(&self, weight: Weight) -> Option<Picks> {
        pick::picks(&self.points, weight)
    }

    /// What the costs are in.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::of_region(&self.region)
    }
}

impl BillingStep {
    /// Every step, in the order they are switched through.
    pub const ALL: [Self; 3] = [Self::AsMeasured, Self::OneMs, Self::HundredMs];

    /// The word used in flags and on screen: `as-measured`, `1` or `100`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsMeasured => "as-measured",
            Self::OneMs => "1",
            Self::HundredMs => "100",
        }
    }

    /// The step in milliseconds; `None` for the recorded costs.
    #[must_use]
    pub const fn milliseconds(self) -> Option<f64> {
        match self {
            Self::AsMeasured => None,
            Self::OneMs => Some(1.0),
            Self::HundredMs => Some(100.0),
        }
    }

    /// A duration in milliseconds rounded up to the step, if there is one.
    #[must_use]
    pub fn round_up(self, duration_ms: f64) -> f64 {
        self.milliseconds()
            .map_or(duration_ms, |step| (duration_ms / step).ceil() * step)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A closed interval, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The memory sizes a curve recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picks {
    /// Lowest cost; ties go to the fastest.
    pub cheapest: MemoryMb,
    /// Lowest duration; ties go to the cheapest.
    pub fastest: MemoryMb,
    /// Lowest weighted sum of cost and duration, each relative to its maximum.
    pub balanced: MemoryMb,
}

/// Which billing granularity costs are shown at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BillingStep {
    /// The costs as the run recorded them.
    #[default]
    AsMeasured,
    /// Durations rounded up to whole milliseconds: how AWS bills since December 2020.
    #[serde(rename = "1")]
    OneMs,
    /// Durations rounded up to 100 ms: how AWS billed before.
    #[serde(rename = "100")]
    HundredMs,
}
