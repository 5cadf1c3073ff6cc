//! What the samples of a run tell of its sizes: which is cheapest, how sure that is, and which cannot be told apart.
//!
//! Sizes are compared on the logarithmic scale by the trimmed mean of the durations and a factor for the slow samples,
//! which the sizes share as far as they agree on it. Found and calibrated by simulation, `cargo bench --bench sampling`.

mod figures;
mod location;
mod pair;
mod resemblance;
mod series;

use super::statistics::normal::{cumulative, deviate_of_t};
use crate::lambda::MemoryMb;
use figures::SizeFigures;
pub use pair::{PairStanding, SizePair};
use resemblance::Resemblance;
pub use series::{RoundSample, SizeSeries};

/// The chance that the right size is left out of a set.
const LEFT_OUT: f64 = 0.05;
/// The most that a difference is sure, in squared logarithms.
const LEAST_ERROR: f64 = 1e-12;
/// The degrees of freedom that the common variance adds to a comparison.
const SHARED_DEGREES: f64 = 4.0;
/// From this probability on the pick is within the tolerance: true in 98 of 100 simulated runs.
const SURE: f64 = 0.98;
/// From this probability on it probably is.
const PROBABLE: f64 = 0.90;

/// How sure it is that a pick is within the tolerance of the best size. The levels are true when sampling stops as soon
/// as one is reached; the probability behind them is not, so that it is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nobody can tell which of the sizes is best.
    CannotTell,
    /// In about 90 of 100 runs.
    Probable,
    /// In at least 95 of 100 runs.
    Sure,
}

/// What the samples tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Each size that was compared, ascending.
    pub sizes: Vec<ComparedSize>,
    /// The size of the lowest estimate.
    pub best: MemoryMb,
    /// The most, as a share, that a size may be worse than the best and still count as equal.
    pub tolerance: f64,
    /// How sure it is that `best` is within the tolerance.
    pub confidence: Confidence,
    /// Whether samples that follow each other resemble each other, so that less can be said: a drift, or phases.
    pub drifts: bool,
}

/// One size against the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComparedSize {
    /// The size.
    pub memory: MemoryMb,
    /// How much more it is estimated to count than the best one, as a share: 0 for the best.
    pub excess: f64,
    /// How sure it is that it counts more than the best, as a normal deviate.
    pub deviate: f64,
    /// The plain mean of its durations in milliseconds.
    pub mean_ms: f64,
    /// The plain mean of what its samples count: by it money is told. Only its ratio to that of another size says something.
    pub mean_count: f64,
    /// Whether it may be the best.
    pub may_be_best: bool,
    /// Whether it is not shown to count more than the best by over the tolerance.
    pub is_within: bool,
}

impl Evaluation {
    /// Compares sizes with at least four samples each; `survives` says which of them are still measured. `tolerance` is a
    /// share. `None` without such a size.
    #[must_use]
    pub fn of(
        sizes: &[SizeSeries],
        survives: impl Fn(MemoryMb) -> bool,
        tolerance: f64,
    ) -> Option<Self> {
        let told = sizes.iter().filter(|size| size.is_told());
        let sizes: Vec<SizeSeries> = told.cloned().collect();
        let figures = SizeFigures::of_all(&sizes);
        let surviving: Vec<bool> = sizes.iter().map(|size| survives(size.memory)).collect();
        let measured: Vec<_> = sizes
            .iter()
            .zip(&figures)
            .zip(&surviving)
            .filter_map(|(size, &survives)| survives.then_some(size))
            .collect();
        let resemblance = Resemblance::of(&measured);
        let comparison = Comparison::new(&figures, &surviving, resemblance)?;
        let memories = sizes.iter().map(|size| size.memory);
        Some(comparison.evaluation(memories, tolerance))
    }

    /// The sizes that may be the best, ascending.
    pub fn contenders(&self) -> impl Iterator<Item = MemoryMb> {
        self.chosen(|size| size.may_be_best)
    }

    /// The sizes that are not shown to count more than the best by over the tolerance, ascending.
    pub fn within(&self) -> impl Iterator<Item = MemoryMb> {
        self.chosen(|size| size.is_within)
    }

    /// The size to take: the fastest of those within the tolerance whose estimate is not over twice the tolerance above
    /// the best; the best itself while nobody can tell.
    #[must_use]
    pub fn star(&self) -> MemoryMb {
        if self.confidence == Confidence::CannotTell {
            return self.best;
        }
        self.fastest(|size| size.is_within && size.excess <= 2.0 * self.tolerance)
    }

    /// The size of the lowest plain mean: by the figures that are shown, whatever a few slow samples make of them.
    #[must_use]
    pub fn lowest_mean(&self) -> MemoryMb {
        let sizes = self.sizes.iter();
        let lowest = sizes.min_by(|one, other| one.mean_count.total_cmp(&other.mean_count));
        lowest.map_or(self.best, |size| size.memory)
    }

    /// The fastest of the contenders.
    #[must_use]
    pub fn fastest_contender(&self) -> MemoryMb {
        self.fastest(|size| size.may_be_best)
    }

    /// One of the sizes that were compared.
    #[must_use]
    pub fn size(&self, memory: MemoryMb) -> Option<&ComparedSize> {
        self.sizes.iter().find(|size| size.memory == memory)
    }

    fn fastest(&self, is_meant: impl Fn(&ComparedSize) -> bool) -> MemoryMb {
        let meant = self.sizes.iter().filter(|size| is_meant(size));
        let fastest = meant.min_by(|one, other| one.mean_ms.total_cmp(&other.mean_ms));
        fastest.map_or(self.best, |size| size.memory)
    }

    fn chosen(&self, is_chosen: fn(&ComparedSize) -> bool) -> impl Iterator<Item = MemoryMb> {
        let sizes = self.sizes.iter().filter(move |size| is_chosen(size));
        sizes.map(|size| size.memory)
    }
}

/// The sizes against the best of those that are still measured.
struct Comparison<'a> {
    figures: &'a [SizeFigures],
    surviving: &'a [bool],
    best: &'a SizeFigures,
    resemblance: Resemblance,
}

impl<'a> Comparison<'a> {
    fn new(
        figures: &'a [SizeFigures],
        surviving: &'a [bool],
        resemblance: Resemblance,
    ) -> Option<Self> {
        let measured = figures
            .iter()
            .zip(surviving)
            .filter(|(_, survives)| **survives);
        let best = measured.min_by(|(one, _), (other, _)| one.level.total_cmp(&other.level));
        best.map(|(best, _)| Self {
            figures,
            surviving,
            best,
            resemblance,
        })
    }

    /// How sure it is that a size counts more than the best by over a share, as a normal deviate; 0 for the best.
    fn deviate(&self, size: &SizeFigures, survives: bool, over: f64) -> f64 {
        if std::ptr::eq(size, self.best) {
            return 0.0;
        }
        let alike = if survives {
            self.resemblance.of_a_round
        } else {
            0.0
        };
        let shared = 2.0 * alike * (size.variance * self.best.variance).sqrt();
        let error = (size.variance + self.best.variance - shared) * self.resemblance.stretch;
        let off = size.level - self.best.level - over.ln_1p();
        let degrees = size.degrees + self.best.degrees + SHARED_DEGREES;
        deviate_of_t(off / error.max(LEAST_ERROR).sqrt(), degrees)
    }

    fn deviates(&self, over: f64) -> impl Iterator<Item = f64> {
        let sizes = self.figures.iter().zip(self.surviving);
        sizes.map(move |(size, &survives)| self.deviate(size, survives, over))
    }

    /// The probability that the best estimate is within the tolerance, as Bonferroni bounds it from below.
    fn probability(&self, tolerance: f64) -> f64 {
        // Worse than a size by more than the tolerance is the best where that size is better by more than it.
        let better = self.figures.iter().zip(self.surviving);
        let misses: f64 = better
            .filter(|(size, _)| !std::ptr::eq(*size, self.best))
            .map(|(size, &survives)| {
                let off = -tolerance / (1.0 + tolerance);
                cumulative(-self.deviate(size, survives, off))
            })
            .sum();
        f64::max(1.0 - misses, 0.0)
    }

    fn evaluation(&self, memories: impl Iterator<Item = MemoryMb>, tolerance: f64) -> Evaluation {
        let others = (self.figures.len() as f64 - 1.0).max(1.0);
        let is_open = |deviate: f64| 1.0 - cumulative(deviate) >= LEFT_OUT / others;
        let figures = self.figures.iter().zip(memories);
        let deviates = self.deviates(0.0).zip(self.deviates(tolerance));
        let sizes: Vec<ComparedSize> = figures
            .zip(deviates)
            .map(|((figures, memory), (deviate, beyond))| ComparedSize {
                memory,
                excess: (figures.level - self.best.level).exp_m1(),
                deviate,
                mean_ms: figures.mean_ms,
                mean_count: figures.mean_count,
                may_be_best: is_open(deviate),
                is_within: is_open(beyond),
            })
            .collect();
        let best = self.figures.iter().zip(&sizes);
        let best = best.filter(|(figures, _)| std::ptr::eq(*figures, self.best));
        Evaluation {
            best: best
                .map(|(_, size)| size.memory)
                .next()
                .unwrap_or(MemoryMb::MIN),
            sizes,
            tolerance,
            confidence: Confidence::of(self.probability(tolerance)),
            drifts: self.resemblance.stretch > 1.0,
        }
    }
}

impl Confidence {
    fn of(probability: f64) -> Self {
        if probability >= SURE {
            Self::Sure
        } else if probability >= PROBABLE {
            Self::Probable
        } else {
            Self::CannotTell
        }
    }
}

#[cfg(test)]
mod tests;
