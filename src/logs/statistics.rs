//! Figures about the invocations of one log group: how many, how long, how many cold, failed and timed out.
//!
//! Percentiles are by linear interpolation between the two nearest ranks (type 7 of Hyndman and Fan, 1996), as in
//! the rest of the program. A figure the platform left out is skipped, never counted as 0. Memory is bounded: each
//! series is exact up to 1,048,576 values (8 MB), and beyond that percentiles come from every 2nd, 4th, … value.

mod change;
mod cost;
mod events;
mod runs;
mod series;
mod sheet;
mod subset;
mod tally;

pub use change::{SpanChange, change};
pub use cost::{CostBasis, InvocationCost, MemoryTime};
pub use events::{EventStatistics, EventSummary, LevelCounts, LoadedEvents};
pub use runs::{RunVersion, RunVersions, is_version, version_of};
pub use series::{Percentile, Share, Spread, SpreadShape, ValueSeries};
pub use sheet::{SheetCell, SheetLine, sheet};
pub use subset::InvocationSubset;
pub use tally::InvocationSummary;

use super::invocation::{Folder, Invocation};
use crate::lambda::MemoryMb;
use tally::StatisticsTally;

/// What the percentiles are, in words for people and for JSON.
pub const METHOD: &str = "linear interpolation between nearest ranks (Hyndman-Fan type 7)";

/// Invocations whose last lines may still come.
const UNSETTLED: usize = 16_384;

/// Figures about a log group: of its invocations, or of its events when it has none.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupFigures {
    /// Of its invocations.
    Invocations(Box<InvocationSummary>),
    /// Of its events.
    Events(Box<EventSummary>),
}

/// Gathers the lines of one log group.
#[derive(Debug)]
pub struct Statistics {
    folder: Folder,
    settled: StatisticsTally,
    /// What is left out of the figures, and how much that is.
    runs: RunVersions,
    of_runs: Folded,
    /// The memory size whose invocations alone count, when one was asked for.
    memory: Option<MemoryMb>,
}

/// Invocations that are counted and nothing else.
#[derive(Debug)]
struct Folded {
    folder: Folder,
    ended: u64,
}

impl Statistics {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::without(RunVersions::default())
    }

    /// Nothing gathered yet; the lines of these versions are only counted.
    #[must_use]
    pub fn without(runs: RunVersions) -> Self {
        Self {
            folder: Folder::new(UNSETTLED),
            settled: StatisticsTally::default(),
            runs,
            of_runs: Folded {
                folder: Folder::new(UNSETTLED),
                ended: 0,
            },
            memory: None,
        }
    }

    /// Only invocations at this memory size count: those whose REPORT names it.
    #[must_use]
    pub fn at(self, memory: Option<MemoryMb>) -> Self {
        Self { memory, ..self }
    }

    /// Takes the next line: one event of the stream `stream`, written at `time_ms` (Unix milliseconds).
    pub fn take(&mut self, stream: &str, message: &str, time_ms: i64) {
        if self.runs.claims(stream, time_ms) {
            let forgotten = self.of_runs.folder.take(stream, message, time_ms).forgotten;
            self.of_runs.ended += u64::from(forgotten.is_some_and(|it| self.counts_of_runs(&it)));
            return;
        }
        let forgotten = self.folder.take(stream, message, time_ms).forgotten;
        if let Some(invocation) = forgotten.filter(|it| self.is_meant(it)) {
            self.settled.add(&invocation);
        }
    }

    /// The figures so far. Sorts the series: not for every frame.
    #[must_use]
    pub fn summary(&self) -> InvocationSummary {
        let mut tally = self.settled.clone();
        let kept = self.folder.invocations().map(|(_, invocation)| invocation);
        for invocation in kept.filter(|it| self.is_meant(it)) {
            tally.add(invocation);
        }
        InvocationSummary {
            of_runs: self.runs.is_known().then(|| self.ended_of_runs()),
            ..tally.summary(self.folder.dropped_records())
        }
    }

    /// How many invocations of runs ended.
    fn ended_of_runs(&self) -> u64 {
        let kept = self.of_runs.folder.invocations();
        let ended = kept.filter(|(_, invocation)| self.counts_of_runs(invocation));
        self.of_runs.ended + ended.count() as u64
    }

    /// Whether an invocation of a run is one of those to be counted: one with a REPORT.
    fn counts_of_runs(&self, invocation: &Invocation) -> bool {
        invocation.report.is_some() && self.is_meant(invocation)
    }

    /// Whether an invocation is at the memory size that alone counts.
    fn is_meant(&self, invocation: &Invocation) -> bool {
        let had = || invocation.report.as_ref().and_then(|it| it.memory_mb);
        self.memory
            .is_none_or(|size| had() == Some(size.megabytes()))
    }
}

impl Default for Statistics {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
