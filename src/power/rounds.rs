//! Rounds over the sizes that are left: which sizes take part in the next one, and when enough is known.
//!
//! A pure function of the samples: what a run did, and what is said of it later, come from the same walk over them.

use super::evaluation::{Confidence, Evaluation, SizeSeries};
use crate::lambda::MemoryMb;

/// A size that costs more than the best with this normal deviate is measured no further.
const DROPPED_AT: f64 = 2.2;
/// No size takes part in more rounds.
const MOST_ROUNDS: usize = 60;
/// How many samples a run may take per size, all sizes together.
pub const BUDGET_PER_SIZE: usize = 25;
/// How many samples a size has when it is named at the end.
const NAMED_AFTER: usize = 20;
/// The rounds before the first look.
pub const FIRST_ROUNDS: usize = 6;

/// How the rounds of a run go on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoundRules {
    /// The rounds before the first look: as many as it takes to send every payload.
    pub first: usize,
    /// The share that a size may be worse than the best and still count as equal.
    pub tolerance: f64,
    /// Whether sizes that cost clearly more are measured no further.
    pub drops: bool,
    /// How many samples more than its own sizes have may be taken: what sizes that are out by a limit leave over.
    pub spare: usize,
}

impl Default for RoundRules {
    fn default() -> Self {
        Self {
            first: FIRST_ROUNDS,
            tolerance: 0.02,
            drops: true,
            spare: 0,
        }
    }
}

/// Why the rounds ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundsEnd {
    /// The best size is known within the tolerance.
    Known,
    /// One size is left.
    OneLeft,
    /// Another round would take more than the budget.
    Limit,
}

/// A walk through the rounds of a run, as far as there are samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounds {
    /// The sizes in the order given, with the rounds each took part in and whether it still does.
    sizes: Vec<RoundSize>,
    /// How many samples all sizes together may take.
    budget: usize,
    /// Why they ended; `None` while the next round is missing or not complete.
    pub end: Option<RoundsEnd>,
    /// What the samples told when they ended, or after the last complete round.
    pub evaluation: Option<Evaluation>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct RoundSize {
    memory: MemoryMb,
    rounds: usize,
    /// The rounds before which it is not dropped, nor the measurement ended.
    awaited: usize,
    survives: bool,
}

impl RoundSize {
    /// Whether it is measured further whatever the others say.
    const fn is_awaited(&self) -> bool {
        self.survives && self.rounds < self.awaited
    }
}

impl Rounds {
    /// Walks through the samples of all sizes.
    #[must_use]
    pub fn through(series: &[SizeSeries], rules: RoundRules) -> Self {
        let sizes = series.iter().map(|size| RoundSize {
            memory: size.memory,
            rounds: 0,
            awaited: size.awaited,
            survives: true,
        });
        let mut rounds = Self {
            sizes: sizes.collect(),
            budget: BUDGET_PER_SIZE * series.len() + rules.spare,
            end: None,
            evaluation: None,
        };
        while rounds.end.is_none() && rounds.advance(series, rules) {}
        rounds
    }

    /// The sizes that take part in the next round, or did in the last one.
    pub fn surviving(&self) -> impl Iterator<Item = MemoryMb> {
        let sizes = self.sizes.iter().filter(|size| size.survives);
        sizes.map(|size| size.memory)
    }

    /// The sizes that were dropped, each with the rounds it took part in.
    pub fn dropped(&self) -> impl Iterator<Item = (MemoryMb, usize)> {
        let sizes = self.sizes.iter().filter(|size| !size.survives);
        sizes.map(|size| (size.memory, size.rounds))
    }

    /// The rounds that the sizes still measured have behind them.
    #[must_use]
    pub fn taken(&self) -> usize {
        let taken = self.sizes.iter().map(|size| size.rounds);
        taken.max().unwrap_or_default()
    }

    /// How many rounds each of these sizes is to have in the end, so that what is named stands on enough samples, as far as
    /// the budget reaches.
    #[must_use]
    pub fn topped_up(&self, named: &[MemoryMb]) -> usize {
        let used: usize = self.sizes.iter().map(|size| size.rounds).sum();
        let named = self
            .sizes
            .iter()
            .filter(|size| named.contains(&size.memory));
        let named: Vec<usize> = named.map(|size| size.rounds).collect();
        let missing = |most: usize| -> usize {
            let missing = named.iter().map(|rounds| most.saturating_sub(*rounds));
            missing.sum()
        };
        let fits = |most: &usize| used + missing(*most) <= self.budget;
        (0..=NAMED_AFTER).rev().find(fits).unwrap_or_default()
    }

    /// Takes in one more round, or the first ones; false when samples of it are missing.
    fn advance(&mut self, series: &[SizeSeries], rules: RoundRules) -> bool {
        let next = self.taken().max(rules.first.saturating_sub(1)) + 1;
        let mut both = self.sizes.iter().zip(series);
        if both.any(|(size, series)| size.survives && series.rounds < next) {
            return false;
        }
        for size in self.sizes.iter_mut().filter(|size| size.survives) {
            size.rounds = next;
        }
        let seen: Vec<SizeSeries> = self
            .sizes
            .iter()
            .zip(series)
            .map(|(size, series)| series.after(size.rounds))
            .collect();
        self.evaluation = self.evaluate(&seen, rules.tolerance);
        if rules.drops && self.drop_dear_ones() {
            self.evaluation = self.evaluate(&seen, rules.tolerance);
        }
        self.end = self.ended();
        true
    }

    fn evaluate(&self, seen: &[SizeSeries], tolerance: f64) -> Option<Evaluation> {
        Evaluation::of(
            seen,
            |memory| self.surviving().any(|it| it == memory),
            tolerance,
        )
    }

    /// Drops the sizes that cost clearly more; says whether there were any.
    fn drop_dear_ones(&mut self) -> bool {
        let Some(evaluation) = &self.evaluation else {
            return false;
        };
        let is_dear = |memory| {
            let size = evaluation.size(memory);
            size.is_some_and(|size| size.deviate > DROPPED_AT)
        };
        let mut any = false;
        for size in &mut self.sizes {
            if size.survives && !size.is_awaited() && is_dear(size.memory) {
                size.survives = false;
                any = true;
            }
        }
        any
    }

    fn ended(&self) -> Option<RoundsEnd> {
        let surviving = self.surviving().count();
        let used: usize = self.sizes.iter().map(|size| size.rounds).sum();
        let confidence = self.evaluation.as_ref().map(|it| it.confidence);
        let is_awaited = self.sizes.iter().any(RoundSize::is_awaited);
        let is_used_up = self.taken() >= MOST_ROUNDS || used + surviving > self.budget;
        if confidence == Some(Confidence::Sure) && (is_used_up || !is_awaited) {
            Some(RoundsEnd::Known)
        } else if surviving <= 1 && (is_used_up || !is_awaited) {
            Some(RoundsEnd::OneLeft)
        } else {
            is_used_up.then_some(RoundsEnd::Limit)
        }
    }
}

#[cfg(test)]
mod tests;
