//! Adds invocations up.

use super::cost::{InvocationCost, MemoryTime};
use super::series::{Spread, ValueSeries};
use crate::lambda::report::Report;
use crate::logs::invocation::{EnvironmentStart, Invocation, InvocationOutcome};

/// What was added up so far.
#[derive(Debug, Clone, Default)]
pub(super) struct StatisticsTally {
    counts: InvocationCounts,
    times: InvocationTimes,
    billed: BilledTime,
    memory: MemoryUse,
}

/// Figures about the invocations of one log group. Durations are in milliseconds, sizes in megabytes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InvocationSummary {
    /// Invocations that ended: those with a REPORT.
    pub invocations: u64,
    /// Invocations that began and have no REPORT: they run, or their end is outside the range.
    pub unfinished: u64,
    /// Invocations that waited for an environment to be initialised.
    pub cold_starts: u64,
    /// Invocations that waited for an environment to be restored from a snapshot.
    pub restores: u64,
    /// Invocations that failed otherwise than by their time-out.
    pub errors: u64,
    /// Invocations that reached their time-out.
    pub timeouts: u64,
    /// Environments that could not be made ready: initialisations that failed or timed out before any invocation.
    pub init_failures: u64,
    /// Duration of the function's code.
    pub duration: Option<Spread>,
    /// Initialisation while an invocation waited.
    pub init: Option<Spread>,
    /// Initialisation ahead of any invocation, such as for provisioned concurrency.
    pub ahead_init: Option<Spread>,
    /// Restore of a snapshot.
    pub restore: Option<Spread>,
    /// All billed milliseconds.
    pub billed_ms: Option<f64>,
    /// The billed milliseconds of cold starts; since 1 August 2025 they include the initialisation.
    pub billed_cold_ms: Option<f64>,
    /// Billed time by memory size, of which the cost comes.
    pub memory_time: MemoryTime,
    /// What invocations cost, when that is known.
    pub cost: Option<InvocationCost>,
    /// The memory size, as of the newest invocation.
    pub memory_mb: Option<u32>,
    /// The peak of memory used.
    pub max_memory_used_mb: Option<u32>,
    /// Invocations by tuning runs, which no other figure counts; `None` when they cannot be told, and are counted too.
    pub of_runs: Option<u64>,
    /// Log records the platform says it dropped: the figures miss them.
    pub dropped_records: u64,
}

impl StatisticsTally {
    pub(super) fn add(&mut self, invocation: &Invocation) {
        self.counts.add(invocation);
        self.times.add(invocation);
        if let Some(report) = &invocation.report {
            let is_cold = invocation.start() == EnvironmentStart::Cold;
            self.billed.add(report.whole_billed_ms(), is_cold);
            self.memory.add(report);
        }
    }

    pub(super) fn summary(&self, dropped_records: u64) -> InvocationSummary {
        InvocationSummary {
            invocations: self.counts.ended,
            unfinished: self.counts.unfinished,
            cold_starts: self.counts.cold_starts,
            restores: self.counts.restores,
            errors: self.counts.errors,
            timeouts: self.counts.timeouts,
            init_failures: self.counts.init_failures,
            duration: self.times.duration.spread(),
            init: self.times.init.spread(),
            ahead_init: self.times.ahead_init.spread(),
            restore: self.times.restore.spread(),
            billed_ms: self.billed.all_ms,
            billed_cold_ms: self.billed.cold_ms,
            memory_time: MemoryTime::of(&self.memory.times),
            cost: None,
            memory_mb: self.memory.size_mb,
            max_memory_used_mb: self.memory.peak_mb,
            of_runs: None,
            dropped_records,
        }
    }
}

/// How many invocations there were of each kind.
#[derive(Debug, Clone, Default)]
struct InvocationCounts {
    /// Those with a REPORT; of the others only `unfinished` tells.
    ended: u64,
    unfinished: u64,
    cold_starts: u64,
    restores: u64,
    errors: u64,
    timeouts: u64,
    init_failures: u64,
}

impl InvocationCounts {
    fn add(&mut self, invocation: &Invocation) {
        self.init_failures += u64::from(invocation.is_broken_init());
        if invocation.report.is_none() {
            self.unfinished += u64::from(invocation.request_id.is_some());
            return;
        }
        let (start, outcome) = (invocation.start(), invocation.outcome());
        self.ended += 1;
        self.cold_starts += u64::from(start == EnvironmentStart::Cold);
        self.restores += u64::from(start == EnvironmentStart::Restored);
        self.errors += u64::from(outcome == InvocationOutcome::Failed);
        self.timeouts += u64::from(outcome == InvocationOutcome::TimedOut);
    }
}

/// How long what an invocation is made of took, in milliseconds.
#[derive(Debug, Clone, Default)]
struct InvocationTimes {
    duration: ValueSeries,
    init: ValueSeries,
    ahead_init: ValueSeries,
    restore: ValueSeries,
}

impl InvocationTimes {
    fn add(&mut self, invocation: &Invocation) {
        let start = invocation.start();
        // Nobody waits for it, so it is known without a REPORT.
        if start == EnvironmentStart::Ahead {
            self.ahead_init.add(invocation.init_ms());
        }
        let Some(report) = &invocation.report else {
            return;
        };
        self.duration.add(report.duration_ms);
        self.restore.add(invocation.restore_ms());
        if start == EnvironmentStart::Cold {
            self.init.add(invocation.init_ms());
        }
    }
}

/// What is billed, in milliseconds; `None` while nobody told.
#[derive(Debug, Clone, Default)]
struct BilledTime {
    all_ms: Option<f64>,
    cold_ms: Option<f64>,
}

impl BilledTime {
    fn add(&mut self, billed_ms: Option<f64>, is_cold: bool) {
        let Some(billed_ms) = billed_ms else { return };
        let more = |sum: Option<f64>| Some(sum.unwrap_or(0.0) + billed_ms);
        self.all_ms = more(self.all_ms);
        if is_cold {
            self.cold_ms = more(self.cold_ms);
        }
    }
}

/// The memory of the function, in megabytes.
#[derive(Debug, Clone, Default)]
struct MemoryUse {
    /// The memory size, as of the newest invocation.
    size_mb: Option<u32>,
    /// The most that was used.
    peak_mb: Option<u32>,
    /// Billed milliseconds times megabytes of memory.
    times: ValueSeries,
}

impl MemoryUse {
    fn add(&mut self, report: &Report) {
        self.size_mb = report.memory_mb.or(self.size_mb);
        self.peak_mb = self.peak_mb.max(report.max_memory_used_mb);
        if let (Some(size), Some(billed_ms)) = (report.memory_mb, report.whole_billed_ms()) {
            self.times.add(Some(f64::from(size) * billed_ms));
        }
    }
}
