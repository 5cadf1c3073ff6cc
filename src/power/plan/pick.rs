//! The options that decide the pick.

use serde::{Deserialize, Serialize};

use super::PlanError;
use super::limit::{DurationLimit, FigureLimits, LimitFigure};
use super::range::{not_negative, positive};
use crate::power::{Strategy, Weight};
use crate::text::duration_text;

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
    /// Limits on other figures of a size than the mean.
    #[serde(skip_serializing_if = "FigureLimits::is_empty", default)]
    pub limits_ms: FigureLimits,
}

/// What counts as equal when nothing else is asked for, in percent.
pub const DEFAULT_TOLERANCE: f64 = 2.0;

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
    /// Every limit on the durations of a size, that on the mean last.
    pub fn on_durations(&self) -> impl Iterator<Item = DurationLimit> + use<> {
        let limits = *self;
        LimitFigure::ALL.into_iter().filter_map(move |figure| {
            let mean = limits.max_duration_ms;
            let mean = mean.filter(|_| figure == LimitFigure::Mean);
            let most_ms = limits.limits_ms.on(figure).or(mean)?;
            Some(DurationLimit { figure, most_ms })
        })
    }

    /// These with one more limit; of two on one figure both hold, so that the smaller one stays.
    #[must_use]
    pub fn with(mut self, limit: DurationLimit) -> Self {
        let place = self.limits_ms.place(limit.figure);
        let place = place.unwrap_or(&mut self.max_duration_ms);
        *place = Some(place.map_or(limit.most_ms, |most_ms| most_ms.min(limit.most_ms)));
        self
    }

    /// These with other limits on the durations.
    #[must_use]
    pub fn with_only(self, limits: &[DurationLimit]) -> Self {
        let bare = Self {
            max_duration_ms: None,
            limits_ms: FigureLimits::default(),
            ..self
        };
        limits.iter().copied().fold(bare, Self::with)
    }

    /// The limits on the durations in words: `p90 within 200 ms and mean within 1.50 s`; `None` without any.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let all = self.on_durations();
        let all: Vec<String> = all
            .map(|limit| format!("{} within {}", limit.figure, duration_text(limit.most_ms)))
            .collect();
        (!all.is_empty()).then(|| all.join(" and "))
    }

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
            limits_ms: self.limits_ms.or(other.limits_ms),
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
            limits_ms: self.checked_figures()?,
        })
    }

    fn checked_figures(&self) -> Result<FigureLimits, PlanError> {
        for figure in LimitFigure::ALL {
            positive("a limit in ms", self.limits_ms.on(figure))?;
        }
        Ok(self.limits_ms)
    }
}
