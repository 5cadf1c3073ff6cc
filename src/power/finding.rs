//! What a run found: the size to take, which others cannot be told from it, and how sure that is.

mod series;
mod words;

use serde::Serialize;

use super::evaluation::{Confidence, Evaluation};
use super::{MeasuredRun, Strategy};
use crate::lambda::MemoryMb;

/// What is to be said at the end of a run, and while it is on.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The sizes against each other, by all samples there are.
    pub evaluation: Evaluation,
    /// Why there are no more samples.
    pub stopped: Stopped,
    /// How sure it is that the best estimate is within the tolerance.
    pub confidence: Confidence,
    /// The size to take.
    pub recommended: MemoryMb,
    strategy: Strategy,
}

/// Why a run took no more samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// Each size has as many as were asked for.
    Fixed,
}

impl Finding {
    /// What a run found so far. `None` where nothing may be picked, and while no size that keeps to the plan's limits has
    /// samples enough.
    #[must_use]
    pub fn of(measured: &MeasuredRun) -> Option<Self> {
        if !measured.has_result() {
            return None;
        }
        let series = series::compared(measured);
        let tolerance = measured.plan.limits.tolerance();
        let evaluation = Evaluation::of(&series, |_| true, tolerance)?;
        let strategy = measured.plan.goal.strategy;
        Some(Self {
            stopped: Stopped::Fixed,
            confidence: evaluation.confidence,
            recommended: match strategy {
                Strategy::Cost => evaluation.star(),
                Strategy::Speed | Strategy::Balanced => evaluation.best,
            },
            evaluation,
            strategy,
        })
    }
}

#[cfg(test)]
mod tests;
