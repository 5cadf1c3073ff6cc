//! What the recommended size is to be best at.

use serde::{Deserialize, Serialize};

use super::PlanError;

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
