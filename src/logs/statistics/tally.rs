//! Adds invocations up.

use super::series::{Spread, ValueSeries};
use crate::logs::invocation::{EnvironmentStart, Invocation, InvocationOutcome};

/// What was added up so far.
#[derive(Debug, Clone, Default)]
pub(super) struct StatisticsTally {
    invocations: u64,
    unfinished: u64,
    cold_starts: u64,
    restores: u64,
    errors: u64,
    timeouts: u64,
    duration: ValueSeries,
    init: ValueSeries,
    ahead_init: ValueSeries,
    restore: ValueSeries,
    billed: ValueSeries,
    billed_cold: ValueSeries,
    memory_mb: Option<u32>,
    max_memory_used_mb: Option<u32>,
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
        let start = invocation.start();
        if start == EnvironmentStart::Ahead {
            self.ahead_init.add(invocation.init_ms());
        }
        let Some(report) = &invocation.report else {
            self.unfinished += u64::from(invocation.request_id.is_some());
            return;
        };
        self.invocations += 1;
        self.duration.add(report.duration_ms);
        self.billed.add(report.whole_billed_ms());
        self.restore.add(invocation.restore_ms());
        if start == EnvironmentStart::Cold {
            self.cold_starts += 1;
            self.init.add(invocation.init_ms());
            self.billed_cold.add(report.whole_billed_ms());
        }
        self.restores += u64::from(start == EnvironmentStart::Restored);
        self.errors += u64::from(invocation.outcome() == InvocationOutcome::Failed);
        self.timeouts += u64::from(invocation.outcome() == InvocationOutcome::TimedOut);
        self.memory_mb = report.memory_mb.or(self.memory_mb);
        self.max_memory_used_mb = self.max_memory_used_mb.max(report.max_memory_used_mb);
    }

    pub(super) fn summary(&self, dropped_records: u64) -> InvocationSummary {
        InvocationSummary {
            invocations: self.invocations,
            unfinished: self.unfinished,
            cold_starts: self.cold_starts,
            restores: self.restores,
            errors: self.errors,
            timeouts: self.timeouts,
            duration: self.duration.spread(),
            init: self.init.spread(),
            ahead_init: self.ahead_init.spread(),
            restore: self.restore.spread(),
            billed_ms: self.billed.sum(),
            billed_cold_ms: self.billed_cold.sum(),
            memory_mb: self.memory_mb,
            max_memory_used_mb: self.max_memory_used_mb,
            of_runs: None,
            dropped_records,
        }
    }
}
