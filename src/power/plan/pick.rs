//! The options that decide the pick.

use super::PlanError;
use super::range::{not_negative, positive};
use crate::power::{Goal, PickLimits, Strategy, Weight};

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
        let (limits, others) = (self.limits, other.limits);
        Self {
            strategy: self.strategy.or(other.strategy),
            balanced_weight: self.balanced_weight.or(other.balanced_weight),
            limits: PickLimits {
                max_duration_ms: limits.max_duration_ms.or(others.max_duration_ms),
                within_percent: limits.within_percent.or(others.within_percent),
            },
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
        let PickLimits {
            max_duration_ms,
            within_percent,
        } = self.limits;
        Ok(PickLimits {
            max_duration_ms: positive("the time limit in ms", max_duration_ms)?,
            within_percent: not_negative("the percentage", within_percent)?,
        })
    }
}
