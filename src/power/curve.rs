//! The cost/time curve of a run: one point per measured memory size. What charts, picks and links are made from.

use serde::{Deserialize, Serialize};

use super::{Currency, Picks, Point, Weight, picks};
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
        picks(&self.points, weight)
    }

    /// What the costs are in.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::of_region(&self.region)
    }

    /// Whether the costs of two curves can be set against each other, on one axis or as a change: they must be in one
    /// currency, for no rate of exchange is known here.
    #[must_use]
    pub fn costs_compare_with(&self, other: &Self) -> bool {
        self.currency() == other.currency()
    }
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
