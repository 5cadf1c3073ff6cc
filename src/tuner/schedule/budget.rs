//! The money of a run: spent, in flight, and the cap.

use std::collections::BTreeMap;

use crate::lambda::MemoryMb;
use crate::power::Sample;
use crate::power::price::Rate;
use crate::text::counted;

/// What a run has spent and may spend, in USD.
#[derive(Debug)]
pub(in crate::tuner) struct Budget {
    cap_usd: Option<f64>,
    rate: Rate,
    spent_usd: f64,
    sizes: BTreeMap<MemoryMb, Outlay>,
    /// Calls without an answer while nothing was known of the function's cost.
    unpriced: Vec<MemoryMb>,
    /// Calls without an answer.
    unclear: u32,
}

#[derive(Debug, Default, Clone, Copy)]
struct Outlay {
    dearest_usd: f64,
    in_flight: u32,
}

impl Budget {
    /// A budget: the cap, if any, and what the account is charged.
    pub(in crate::tuner) const fn new(cap_usd: Option<f64>, rate: Rate) -> Self {
        Self {
            cap_usd,
            rate,
            spent_usd: 0.0,
            sizes: BTreeMap::new(),
            unpriced: Vec::new(),
            unclear: 0,
        }
    }

    /// What the account is charged.
    pub(super) const fn rate(&self) -> Rate {
        self.rate
    }

    /// Whether one more invocation at a size keeps the run under the cap, with what is in flight taken at its dearest.
    /// As long as nothing is known of the function's cost, one invocation at a time has to find out; one that gave no
    /// answer may have used up all the money.
    pub(super) fn allows(&self, memory: MemoryMb) -> bool {
        let Some(cap) = self.cap_usd else { return true };
        let Some(next) = self.expected(memory) else {
            return self.in_flight() == 0 && self.unpriced.is_empty();
        };
        let committed: f64 = self
            .sizes
            .iter()
            .map(|(&memory, outlay)| {
                self.expected(memory).unwrap_or(0.0) * f64::from(outlay.in_flight)
            })
            .sum();
        self.spent_usd + committed + next <= cap
    }

    /// Whether there were calls without an answer, and none that tells what they may have cost.
    pub(super) const fn is_unpriced(&self) -> bool {
        !self.unpriced.is_empty()
    }

    /// What is to be said of calls without an answer: who reads how many invocations there were must know of those that may
    /// have been.
    pub(super) fn unclear_words(&self) -> Option<String> {
        let told = counted(
            self.unclear,
            "invocation had no answer; AWS may have charged it",
            "invocations had no answer; AWS may have charged them",
        )?;
        let money = if self.is_unpriced() {
            "what that came to is not known and not in the money"
        } else {
            "the money counts the dearest of the size for each"
        };
        Some(format!("{told}, and {money}"))
    }

    /// The invocations in flight, at all sizes.
    pub(super) fn in_flight(&self) -> u32 {
        self.sizes.values().map(|outlay| outlay.in_flight).sum()
    }

    pub(super) fn starts(&mut self, memory: MemoryMb) {
        self.sizes.entry(memory).or_default().in_flight += 1;
    }

    pub(super) fn lands(&mut self, memory: MemoryMb, sample: &Sample) {
        let cost = self.rate.sample(sample, memory);
        self.spent_usd += cost;
        let outlay = self.sizes.entry(memory).or_default();
        outlay.dearest_usd = outlay.dearest_usd.max(cost);
        outlay.in_flight = outlay.in_flight.saturating_sub(1);
        for memory in std::mem::take(&mut self.unpriced) {
            self.book_unclear(memory);
        }
    }

    /// Books everything in flight as if it had been missed.
    pub(super) fn abandon(&mut self) {
        let in_flight: Vec<(MemoryMb, u32)> = self
            .sizes
            .iter()
            .map(|(&memory, outlay)| (memory, outlay.in_flight))
            .collect();
        for (memory, count) in in_flight {
            for _ in 0..count {
                self.loses(memory);
            }
        }
    }

    /// A call without an answer may have been billed all the same: it is booked as the dearest, as soon as any is known.
    pub(super) fn misses(&mut self, memory: MemoryMb) {
        self.unclear += 1;
        self.loses(memory);
    }

    fn loses(&mut self, memory: MemoryMb) {
        self.book_unclear(memory);
        self.returns(memory);
    }

    fn book_unclear(&mut self, memory: MemoryMb) {
        match self.expected(memory) {
            Some(usd) => self.spent_usd += usd,
            None => self.unpriced.push(memory),
        }
    }

    /// A call that surely did not run the function costs nothing.
    pub(super) fn returns(&mut self, memory: MemoryMb) {
        let outlay = self.sizes.entry(memory).or_default();
        outlay.in_flight = outlay.in_flight.saturating_sub(1);
    }

    /// At least so much was spent before the run was gone on with, in USD.
    pub(super) const fn has_spent(&mut self, usd: f64) {
        self.spent_usd = self.spent_usd.max(usd);
    }

    pub(super) const fn spent_usd(&self) -> f64 {
        self.spent_usd
    }

    /// The dearest invocation seen at a size; for a size not seen yet the dearest of all, scaled up by memory as if
    /// more of it brought no speed.
    fn expected(&self, memory: MemoryMb) -> Option<f64> {
        let own = self.sizes.get(&memory).map(|outlay| outlay.dearest_usd);
        own.filter(|&usd| usd > 0.0).or_else(|| {
            self.sizes
                .iter()
                .filter(|(_, outlay)| outlay.dearest_usd > 0.0)
                .map(|(seen, outlay)| {
                    outlay.dearest_usd * (memory.gigabytes() / seen.gigabytes()).max(1.0)
                })
                .reduce(f64::max)
        })
    }
}
