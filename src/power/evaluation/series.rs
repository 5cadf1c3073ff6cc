//! The samples of a run as an evaluation reads them.

use crate::lambda::MemoryMb;

/// The fewest samples of a size that is compared.
const LEAST_SAMPLES: usize = 4;

/// What is known of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeSeries {
    /// The size.
    pub memory: MemoryMb,
    /// What a millisecond counts in the comparison: the memory where sizes are compared by cost, 1 by duration.
    pub weight: f64,
    /// How many rounds it has taken part in, failed invocations included.
    pub rounds: usize,
    /// The rounds before which it is not dropped, nor the measurement ended.
    pub awaited: usize,
    /// Its warm samples that count, ascending by round.
    pub samples: Vec<RoundSample>,
}

/// One invocation that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoundSample {
    /// Its round, from 0: the samples of a round have the same payload.
    pub round: usize,
    /// Its duration in milliseconds.
    pub duration_ms: f64,
    /// Its billed duration in milliseconds.
    pub billed_ms: f64,
}

impl SizeSeries {
    /// The same as it was after so many rounds.
    #[must_use]
    pub fn after(&self, rounds: usize) -> Self {
        let samples = self.samples.iter();
        Self {
            memory: self.memory,
            weight: self.weight,
            awaited: self.awaited,
            rounds: self.rounds.min(rounds),
            samples: samples
                .copied()
                .take_while(|sample| sample.round < rounds)
                .collect(),
        }
    }

    /// Whether it has samples enough to be compared with others.
    pub(in crate::power) const fn is_told(&self) -> bool {
        self.samples.len() >= LEAST_SAMPLES
    }

    /// The billed durations in milliseconds.
    pub(in crate::power) fn billed(&self) -> Vec<f64> {
        self.samples.iter().map(|it| it.billed_ms).collect()
    }

    /// The durations in milliseconds.
    pub(in crate::power) fn durations(&self) -> Vec<f64> {
        self.samples.iter().map(|it| it.duration_ms).collect()
    }
}
