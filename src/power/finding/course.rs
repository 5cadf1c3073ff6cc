//! What an auto run does next: the rounds that each size is to have.

use std::collections::BTreeMap;

use super::series::awaited;
use crate::lambda::MemoryMb;
use crate::power::evaluation::Evaluation;
use crate::power::rounds::{FIRST_ROUNDS, RoundRules, Rounds};
use crate::power::{Plan, Rate, SizeRun, Strategy};

/// Where an auto run stands, by the samples it has: a pure function of them, so that what a run did and what is said of
/// it later agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The rounds that each size is to have; sizes that are out are not named.
    pub wanted: BTreeMap<MemoryMb, usize>,
    /// The sizes that are measured no further.
    pub dropped: Vec<MemoryMb>,
    /// Whether there is nothing more to measure.
    pub is_over: bool,
}

impl Course {
    /// Where the run of a plan stands; `current` is the size that the function has, `rate` what it is charged.
    #[must_use]
    pub fn of(plan: &Plan, sizes: &[SizeRun], current: MemoryMb, rate: &Rate) -> Self {
        let (series, spare) = awaited(plan, sizes, rate);
        let rounds = Rounds::through(&series, rules(plan, spare));
        let dropped = rounds.dropped().map(|(memory, _)| memory);
        if rounds.end.is_none() {
            let next = (rounds.taken() + 1).max(first_rounds(plan));
            return Self {
                wanted: rounds.surviving().map(|memory| (memory, next)).collect(),
                dropped: dropped.collect(),
                is_over: false,
            };
        }
        let evaluation = rounds.evaluation.iter();
        let mut named: Vec<MemoryMb> = evaluation.flat_map(Evaluation::within).collect();
        named.push(current);
        let most = rounds.topped_up(&named);
        let is_done = |memory: MemoryMb| {
            let mut series = series.iter();
            series.all(|size| size.memory != memory || size.rounds >= most)
        };
        Self {
            is_over: named.iter().all(|&memory| is_done(memory)),
            dropped: dropped.filter(|size| !named.contains(size)).collect(),
            wanted: named.into_iter().map(|memory| (memory, most)).collect(),
        }
    }
}

/// A walk through the rounds of an auto run.
pub(super) fn walk(plan: &Plan, sizes: &[SizeRun], rate: &Rate) -> Rounds {
    let (series, spare) = awaited(plan, sizes, rate);
    Rounds::through(&series, rules(plan, spare))
}

/// The rounds before the first look: each payload is sent in one of them.
#[must_use]
pub fn first_rounds(plan: &Plan) -> usize {
    let cycle = plan.payload.sequence(plan.num);
    cycle.map_or(FIRST_ROUNDS, |cycle| cycle.len().max(FIRST_ROUNDS))
}

fn rules(plan: &Plan, spare: usize) -> RoundRules {
    RoundRules {
        first: first_rounds(plan),
        tolerance: plan.limits.tolerance(),
        drops: plan.compared_by() == Strategy::Cost,
        spare,
    }
}
