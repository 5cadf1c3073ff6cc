//! The options that decide the pick.

use serde::{Deserialize, Serialize};

use super::PlanError;
use super::range::{not_negative, positive};
use crate::power::{Strategy, Weight};

/// What a pick optimises. A part of [`Plan`](super::Plan) in JSON, not an object of its own.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Goal {
    /// What the pick is best at.
    pub strategy: Strategy,
    /// Weight of cost against speed for the balanced pick.
    pub balanced_weight: Weight,
}

/// What a pick must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PickLimits {
    /// Sizes slower than this are out, in milliseconds.
    pub max_duration_ms: Option<f64>,
    /// Take the fastest size that costs at most this many percent more than the cheapest, whatever the strategy.
    pub within_percent: Option<f64>,
    /// A size that costs at most this many percent more than the cheapest counts as cheap as that one: 2.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tolerance_percent: Option<f64>,
}

/// What counts as equal when nothing else is asked for, in percent.
const DEFAULT_TOLERANCE: f64 = 2.0;

/// What the pick optimises and keeps to, with gaps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PickDraft {
    /// What the pick optimises: cost.
    pub strategy: Option<Strategy>,
    /// Weight of cost in the balanced pick: 0.5. Values outside 0 to 1 are clamped.
    pub balanced_weight: Option<f64>,
    /// What the pick must keep to: nothing.
    pub limits: PickLimits,
}

impl PickDraft {
    /// This draft with its gaps filled from `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            strategy: self.strategy.or(other.strategy),
            balanced_weight: self.balanced_weight.or(other.balanced_weight),
            limits: self.limits.or(other.limits),
        }
    }

    /// What the pick optimises.
    pub(super) fn goal(&self) -> Result<Goal, PlanError> {
        if let Some(value) = self.balanced_weight.filter(|weight| weight.is_nan()) {
            return Err(PlanError::Range {
                what: "the balanced weight",
                value,
                range: "not a number; give 0 (speed only) to 1 (cost only)",
            });
        }
        Ok(Goal {
            strategy: self.strategy.unwrap_or_default(),
            balanced_weight: self
                .balanced_weight
                .map(Weight::clamped)
                .unwrap_or_default(),
        })
    }

    /// What the pick must keep to.
    pub(super) fn limits(&self) -> Result<PickLimits, PlanError> {
        self.limits.checked()
    }
}

impl PickLimits {
    /// The share that a size may be worse than the best and still count as equal.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        let percent = self.within_percent.or(self.tolerance_percent);
        percent.unwrap_or(DEFAULT_TOLERANCE) / 100.0
    }

    fn or(self, other: Self) -> Self {
        Self {
            max_duration_ms: self.max_duration_ms.or(other.max_duration_ms),
            within_percent: self.within_percent.or(other.within_percent),
            tolerance_percent: self.tolerance_percent.or(other.tolerance_percent),
        }
    }

    fn checked(self) -> Result<Self, PlanError> {
        if self.within_percent.is_some() && self.tolerance_percent.is_some() {
            return Err(PlanError::TwoTolerances);
        }
        Ok(Self {
            max_duration_ms: positive("the time limit in ms", self.max_duration_ms)?,
            within_percent: not_negative("the percentage", self.within_percent)?,
            tolerance_percent: not_negative("the tolerance in percent", self.tolerance_percent)?,
        })
    }
}
