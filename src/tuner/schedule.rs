//! Which invocation comes next: pure bookkeeping of sizes, lanes, samples, failures and money.
//!
//! Invariant: a size never has more invocations in flight than execution environments, so that a warm sample is
//! never turned into a cold start by the tuner itself.

use std::collections::{BTreeMap, BTreeSet};

use super::invocation::{InvocationFate, InvocationRequest, Missed};
use crate::lambda::MemoryMb;
use crate::power::{MeasuredRun, Plan, Sample, SizeState};

mod budget;
mod table;
mod tally;

pub(super) use budget::Budget;
use table::RoundTable;
use tally::SizeTally;

/// Why a size ended that the cap does not allow to go on.
const CAP_REACHED: &str = "the cost cap was reached";

/// Why a size ended of whose cost nothing is known, though the cap needs it.
const UNPRICED: &str =
    "an invocation gave no answer, so nobody knows what is left under the cost cap";

/// What a landed invocation changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StateChange {
    /// The size.
    pub memory: MemoryMb,
    /// Its state now.
    pub state: SizeState,
}

/// The measurement as a state machine.
#[derive(Debug)]
pub(super) struct Schedule {
    sizes: BTreeMap<MemoryMb, SizeTally>,
    /// The samples of an auto run, which say what comes next.
    rounds: Option<RoundTable>,
    budget: Budget,
    /// How many invocations may be in flight, at all sizes.
    most_at_once: u32,
    stopped: bool,
    capped: bool,
    unsaid: Vec<StateChange>,
}

impl Schedule {
    /// A schedule for the sizes of a plan; `budget` guards its cost cap, `most_at_once` the function's own limit; `current`
    /// is the size the function has.
    pub(super) fn new(
        plan: &Plan,
        budget: Budget,
        most_at_once: Option<u32>,
        current: MemoryMb,
    ) -> Self {
        let sizes = plan
            .sizes
            .iter()
            .map(|&memory| (memory, SizeTally::new(plan)))
            .collect();
        Self {
            sizes,
            rounds: RoundTable::new(plan, current, budget.rate()),
            budget,
            most_at_once: most_at_once.unwrap_or(u32::MAX),
            stopped: false,
            capped: false,
            unsaid: Vec::new(),
        }
    }

    /// Takes in what a run had before it was gone on with: samples, rounds, money. Nothing of a run that begins.
    pub(super) fn take_up(&mut self, measured: &MeasuredRun) {
        for probe in &measured.preflight.probes {
            self.budget.lands(probe.memory_mb, &probe.sample);
        }
        for size in &measured.sizes {
            let memory = size.memory_mb;
            let mut rounds = 0;
            for sample in &size.samples {
                self.budget.lands(memory, sample);
            }
            if let Some(table) = &mut self.rounds {
                rounds = table.take_up(size);
            }
            if let Some(tally) = self.sizes.get_mut(&memory) {
                tally.take_up(size, rounds);
            }
        }
        self.budget.has_spent(measured.usage.spent_usd);
        if measured.sizes.iter().any(|size| !size.samples.is_empty()) {
            let changes = self.follow_rounds();
            self.unsaid.extend(changes);
        }
    }

    /// The run goes on after a pause: the environments may be new.
    pub(super) fn renew(&mut self) {
        if let Some(rounds) = &mut self.rounds {
            rounds.renew();
        }
        for tally in self.sizes.values_mut() {
            tally.renew();
        }
    }

    /// How many samples each size misses as far as that is known.
    pub(super) fn open(&self) -> BTreeMap<MemoryMb, u32> {
        let sizes = self.sizes.iter();
        sizes
            .map(|(&memory, tally)| (memory, tally.open()))
            .collect()
    }

    /// A version of a size can be invoked from now on.
    pub(super) fn ready(&mut self, memory: MemoryMb, version: String) {
        if let Some(tally) = self.sizes.get_mut(&memory) {
            tally.ready(version);
        }
    }

    /// The sizes that have come to their end.
    pub(super) fn settled(&self) -> BTreeSet<MemoryMb> {
        let settled = self.sizes.iter().filter(|(_, tally)| tally.is_settled());
        settled.map(|(&memory, _)| memory).collect()
    }

    /// The sizes that could go on if they had a version.
    pub(super) fn wanting(&self) -> BTreeSet<MemoryMb> {
        let wanting = self.sizes.iter().filter(|(_, tally)| tally.is_wanting());
        wanting.map(|(&memory, _)| memory).collect()
    }

    /// Has the last version of a size invoked once more, although that is no cold start; says whether it will.
    pub(super) fn retry(&mut self, memory: MemoryMb) -> bool {
        self.sizes.get_mut(&memory).is_some_and(SizeTally::retry)
    }

    /// The next invocation to start, if any may start now. Sizes furthest behind go first; one that the cap does not
    /// allow any more comes to its end.
    pub(super) fn next(&mut self) -> Option<InvocationRequest> {
        if self.stopped || self.budget.in_flight() >= self.most_at_once {
            return None;
        }
        let mut waiting: Vec<(u32, MemoryMb)> = self
            .sizes
            .iter()
            .filter(|(_, tally)| tally.can_start())
            .map(|(&memory, tally)| (tally.started(), memory))
            .collect();
        waiting.sort_unstable();
        for (_, memory) in waiting {
            if self.budget.allows(memory) {
                self.budget.starts(memory);
                return self.sizes.get_mut(&memory)?.start(memory);
            }
            if self.budget.in_flight() == 0 {
                let why = if self.budget.is_unpriced() {
                    UNPRICED
                } else {
                    self.capped = true;
                    CAP_REACHED
                };
                if self.rounds.is_some() {
                    // No round can be completed any more.
                    let changes = self.close(why);
                    self.unsaid.extend(changes);
                    return None;
                }
                let changes = self.close_size(memory, why);
                self.unsaid.extend(changes);
            }
        }
        None
    }

    /// The changes that [`Self::next`] made.
    pub(super) fn take_changes(&mut self) -> Vec<StateChange> {
        std::mem::take(&mut self.unsaid)
    }

    /// An invocation landed with a sample. One that was killed for want of memory may end smaller sizes, too.
    pub(super) fn record(
        &mut self,
        memory: MemoryMb,
        sample: &Sample,
        fate: InvocationFate,
    ) -> Vec<StateChange> {
        self.budget.lands(memory, sample);
        let Some(tally) = self.sizes.get_mut(&memory) else {
            return Vec::new();
        };
        tally.record(sample, fate);
        if let Some(rounds) = &mut self.rounds {
            tally.has_had(rounds.take(memory, sample));
        }
        let mut changes = self.settle(memory);
        if fate == InvocationFate::OutOfMemory && !changes.is_empty() {
            changes.extend(self.give_up_below(memory));
        }
        changes.extend(self.follow_rounds());
        changes
    }

    /// An invocation landed without a sample: the call itself failed, for this reason.
    pub(super) fn miss(
        &mut self,
        memory: MemoryMb,
        reason: &str,
        missed: Missed,
    ) -> Vec<StateChange> {
        match missed {
            Missed::Unclear => self.budget.misses(memory),
            Missed::NotRun => self.budget.returns(memory),
        }
        let Some(tally) = self.sizes.get_mut(&memory) else {
            return Vec::new();
        };
        tally.miss(reason);
        let mut changes = self.settle(memory);
        changes.extend(self.follow_rounds());
        changes
    }

    /// Has the sizes go on as far as the samples of an auto run ask for it: drops some, ends all when nothing is missing.
    fn follow_rounds(&mut self) -> Vec<StateChange> {
        let Some(rounds) = &mut self.rounds else {
            return Vec::new();
        };
        let mut open = self.sizes.iter().filter(|(_, tally)| !tally.is_settled());
        if open.any(|(_, tally)| tally.is_short()) {
            return Vec::new();
        }
        for (&memory, _) in self.sizes.iter().filter(|(_, tally)| tally.is_settled()) {
            rounds.leave_out(memory);
        }
        let course = rounds.course();
        let open = self.sizes.iter_mut();
        let open = open.filter(|(_, tally)| !tally.is_settled());
        let follow = |(&memory, tally): (&MemoryMb, &mut SizeTally)| {
            let wanted = course.wanted.get(&memory).copied();
            let is_dropped = course.dropped.contains(&memory);
            let state = tally.follow(wanted, is_dropped, course.is_over);
            state.map(|state| StateChange { memory, state })
        };
        open.filter_map(follow).collect()
    }

    /// Nothing more is started, for this reason: sizes without enough samples are skipped, others kept as they are.
    pub(super) fn close(&mut self, reason: &str) -> Vec<StateChange> {
        self.stopped = true;
        let sizes: Vec<MemoryMb> = self.sizes.keys().copied().collect();
        sizes
            .into_iter()
            .flat_map(|memory| self.close_size(memory, reason))
            .collect()
    }

    fn close_size(&mut self, memory: MemoryMb, reason: &str) -> Vec<StateChange> {
        let state = self
            .sizes
            .get_mut(&memory)
            .and_then(|tally| tally.close(reason));
        state
            .map(|state| StateChange { memory, state })
            .into_iter()
            .collect()
    }

    /// Why a size ended without being measured, if it did.
    pub(super) fn failure(&self, memory: MemoryMb) -> Option<&str> {
        self.sizes.get(&memory).and_then(SizeTally::failure)
    }

    /// A size is not measured at all, for this reason.
    pub(super) fn skip(&mut self, memory: MemoryMb, reason: &str) -> Vec<StateChange> {
        let state = SizeState::Skipped(reason.to_owned());
        let ended = self
            .sizes
            .get_mut(&memory)
            .is_some_and(|tally| tally.end(state.clone()));
        let change = ended.then_some(StateChange { memory, state });
        let mut changes: Vec<StateChange> = change.into_iter().collect();
        changes.extend(self.follow_rounds());
        changes
    }

    /// Whether the cost cap allows one more invocation at this size.
    pub(super) fn affords(&self, memory: MemoryMb) -> bool {
        self.budget.allows(memory)
    }

    /// Money was spent outside the sizes of the plan.
    pub(super) fn spend(&mut self, memory: MemoryMb, sample: &Sample) {
        self.budget.lands(memory, sample);
    }

    /// Nobody waits for what is in flight any more; AWS bills it all the same.
    pub(super) fn abandon(&mut self) {
        self.budget.abandon();
    }

    /// Whether every size has come to an end.
    pub(super) fn is_done(&self) -> bool {
        self.sizes.values().all(SizeTally::is_settled)
    }

    /// Whether the cost cap stopped the measurement.
    pub(super) const fn hit_cap(&self) -> bool {
        self.capped
    }

    /// What is to be said of invocations that had no answer.
    pub(super) fn unclear_words(&self) -> Option<String> {
        self.budget.unclear_words()
    }

    /// The money spent so far, in USD.
    pub(super) const fn spent_usd(&self) -> f64 {
        self.budget.spent_usd()
    }

    fn settle(&mut self, memory: MemoryMb) -> Vec<StateChange> {
        let settled = self.sizes.get_mut(&memory).and_then(SizeTally::settle);
        settled
            .map(|state| StateChange { memory, state })
            .into_iter()
            .collect()
    }

    fn give_up_below(&mut self, memory: MemoryMb) -> Vec<StateChange> {
        let state = SizeState::Infeasible(format!("runs out of memory already at {memory} MB"));
        let smaller = self.sizes.range_mut(..memory);
        smaller
            .filter_map(|(&memory, tally)| {
                tally.end(state.clone()).then(|| StateChange {
                    memory,
                    state: state.clone(),
                })
            })
            .collect()
    }
}

#[cfg(test)]
pub(in crate::tuner) mod tests;
