//! What a run found: the size to take, which others cannot be told from it, and how sure that is.

mod course;
mod series;
mod words;

use serde::Serialize;

use super::evaluation::{Confidence, Evaluation, SizePair};
use super::rounds::{Rounds, RoundsEnd};
use super::{MeasuredRun, RunState, Strategy};
use crate::lambda::MemoryMb;
pub use course::{Course, first_rounds};

/// What is to be said at the end of a run, and while it is on.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The sizes against each other, by all samples there are; how sure that is, as it was when the rounds stopped.
    pub evaluation: Evaluation,
    /// Why there are no more samples.
    pub stopped: Stopped,
    /// The size to take.
    pub recommended: MemoryMb,
    strategy: Strategy,
    /// The sizes of the plan that have too few samples to be compared, for whatever reason but that they do not work.
    unmeasured: Vec<MemoryMb>,
    /// What every size that was compared keeps to.
    limits: Option<String>,
}

/// Why a run took no more samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// Each size has as many as were asked for.
    Fixed,
    /// The answer is known.
    Known,
    /// All sizes but one were dropped.
    OneLeft,
    /// Another round would have taken more than an auto run may.
    Limit,
    /// The cost cap, or something else, cut the rounds short.
    Cap,
    /// It is still at it.
    Running,
}

impl Finding {
    /// What a run found so far. `None` where nothing may be picked, and while no size that keeps to the plan's limits has
    /// samples enough.
    #[must_use]
    pub fn of(measured: &MeasuredRun) -> Option<Self> {
        if !measured.has_result() {
            return None;
        }
        let plan = &measured.plan;
        let rate = measured.rate();
        let series = series::compared(plan, &measured.sizes, &rate);
        let tolerance = plan.limits.tolerance();
        let strategy = plan.compared_by();
        let is_auto = plan.num.fixed().is_none();
        let rounds = is_auto.then(|| course::walk(plan, &measured.sizes, &rate));
        let survives = |memory| {
            let mut surviving = rounds.iter().flat_map(Rounds::surviving);
            rounds.is_none() || surviving.any(|it| it == memory)
        };
        // Those that were measured to the end may all be out by a limit: then the others are what there is.
        let mut evaluation = Evaluation::of(&series, survives, tolerance)
            .or_else(|| Evaluation::of(&series, |_| true, tolerance))?;
        let ended = rounds.as_ref().filter(|rounds| rounds.end.is_some());
        if let Some(stopped) = ended.and_then(|rounds| rounds.evaluation.as_ref()) {
            evaluation.confidence = stopped.confidence;
        }
        let unmeasured = series::unmeasured(plan, &measured.sizes);
        if evaluation.sizes.len() == 1 && !unmeasured.is_empty() {
            evaluation.confidence = Confidence::CannotTell;
        }
        Some(Self {
            stopped: Stopped::of(rounds.as_ref(), &measured.state),
            recommended: match strategy {
                Strategy::Cost => evaluation.star(),
                Strategy::Speed | Strategy::Balanced => evaluation.best,
            },
            evaluation,
            strategy,
            unmeasured,
            limits: plan.limits.words(),
        })
    }

    /// Whether nobody can tell which size is best: what is recommended has the lowest estimate, and no more.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.evaluation.confidence == Confidence::CannotTell
    }

    /// Whether nobody can tell which size is best and this may be it: no reason to change it is shown.
    #[must_use]
    pub fn may_stay(&self, current: MemoryMb) -> bool {
        self.is_open() && self.evaluation.contenders().any(|size| size == current)
    }

    /// Whether the figures of the recommended size are probably too low: it was chosen for having the lowest of several
    /// estimates when the budget ran out.
    #[must_use]
    pub fn is_probably_low(&self) -> bool {
        self.stopped == Stopped::Limit && self.recommended == self.evaluation.best
    }
}

/// How one size of a run does against another by cost, whatever the plan's strategy and limits; `over` is a share. `None`
/// while one of them has fewer than four samples.
#[must_use]
pub fn cost_pair(
    measured: &MeasuredRun,
    one: MemoryMb,
    other: MemoryMb,
    over: f64,
) -> Option<SizePair> {
    let sizes = series::by_cost(&measured.plan, &measured.sizes, &measured.rate());
    SizePair::of(&sizes, one, other, over)
}

impl Stopped {
    fn of(rounds: Option<&Rounds>, state: &RunState) -> Self {
        match rounds.map(|rounds| rounds.end) {
            None | Some(None) if *state == RunState::Running => Self::Running,
            None => Self::Fixed,
            Some(Some(RoundsEnd::Known)) => Self::Known,
            Some(Some(RoundsEnd::OneLeft)) => Self::OneLeft,
            Some(Some(RoundsEnd::Limit)) => Self::Limit,
            Some(None) => Self::Cap,
        }
    }
}

#[cfg(test)]
mod tests;
