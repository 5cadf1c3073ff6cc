//! The money of a run: spent, in flight, and the cap.

use std::collections::BTreeMap;

use crate::lambda::MemoryMb;
use crate::power::Sample;
use crate::power::price::Rate;

/// What a run has spent and may spend, in USD.
#[derive(Debug)]
pub(in crate::tuner) struct Budget {
    cap_usd: Option<f64>,
    rate: Rate,
    spent_usd: f64,
    sizes: BTreeMap<MemoryMb, Outlay>,
    exhausted: bool,
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
            exhausted: false,
        }
    }

    /// Whether one more invocation at a size keeps the run under the cap, taking the dearest seen for each in flight.
    pub(super) fn allows(&mut self, memory: MemoryMb) -> bool {
        let Some(cap) = self.cap_usd else { return true };
        let committed: f64 = self
            .sizes
            .values()
            .map(|outlay| outlay.dearest_usd * f64::from(outlay.in_flight))
            .sum();
        let next = self
            .sizes
            .get(&memory)
            .map_or(self.rate.request(), |outlay| outlay.dearest_usd);
        self.exhausted |= self.spent_usd + committed + next > cap;
        !self.exhausted
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
    }

    pub(super) fn misses(&mut self, memory: MemoryMb) {
        let outlay = self.sizes.entry(memory).or_default();
        outlay.in_flight = outlay.in_flight.saturating_sub(1);
    }

    pub(super) const fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    pub(super) const fn spent_usd(&self) -> f64 {
        self.spent_usd
    }
}
