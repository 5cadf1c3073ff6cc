//! One size against one other: whether it is shown to cost over so much more.

use super::figures::SizeFigures;
use super::resemblance::Resemblance;
use super::series::SizeSeries;
use super::{Comparison, LEFT_OUT, cumulative};
use crate::lambda::MemoryMb;

/// Whether a size costs over a share more than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairStanding {
    /// It does (95 % sure).
    Above,
    /// It does not (95 % sure).
    Within,
    /// These samples do not tell.
    Unknown,
}

/// A size against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizePair {
    /// How much more it is estimated to cost, as a share.
    pub excess: f64,
    /// Whether that is shown to be over the share that was asked about.
    pub standing: PairStanding,
}

impl SizePair {
    /// Compares `one` with `other` among these sizes; `over` is a share. `None` while one of them has fewer than four
    /// samples.
    #[must_use]
    pub fn of(sizes: &[SizeSeries], one: MemoryMb, other: MemoryMb, over: f64) -> Option<Self> {
        let told = sizes.iter().filter(|size| size.is_told());
        let sizes: Vec<SizeSeries> = told.cloned().collect();
        let figures = SizeFigures::of_all(&sizes);
        let both = sizes.iter().zip(&figures);
        let find = |memory| both.clone().find(|(size, _)| size.memory == memory);
        let (one, other) = (find(one)?, find(other)?);
        let comparison = Comparison {
            figures: &figures,
            surviving: &[],
            best: other.1,
            resemblance: Resemblance::of(&[one, other]),
        };
        let deviate = comparison.deviate(one.1, true, over);
        Some(Self {
            excess: (one.1.level - other.1.level).exp_m1(),
            standing: standing(deviate, sizes.len()),
        })
    }
}

/// The other size was chosen among all as one that costs little, so that this one looks dearer than it is: what is above
/// is held to as much as if all had been compared.
fn standing(deviate: f64, sizes: usize) -> PairStanding {
    let others = (sizes as f64 - 1.0).max(1.0);
    if 1.0 - cumulative(deviate) < LEFT_OUT / others {
        PairStanding::Above
    } else if cumulative(deviate) < LEFT_OUT {
        PairStanding::Within
    } else {
        PairStanding::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::super::RoundSample;
    use super::*;
    use crate::power::fixture::memory;

    fn series(megabytes: u32, ms: f64, spread: f64) -> SizeSeries {
        let sample = |round: usize| {
            let off = ((round * 7 % 11) as f64 / 10.0 - 0.5) * spread;
            RoundSample {
                round,
                duration_ms: ms * (1.0 + off),
                billed_ms: (ms * (1.0 + off)).ceil(),
            }
        };
        SizeSeries {
            memory: memory(megabytes),
            weight: f64::from(megabytes),
            awaited: 0,
            rounds: 20,
            samples: (0..20).map(sample).collect(),
        }
    }

    fn against(sizes: &[SizeSeries], over: f64) -> SizePair {
        SizePair::of(sizes, memory(1024), memory(256), over).unwrap()
    }

    #[test]
    fn a_difference_is_shown_or_excluded_or_open() {
        // 1024 MB costs a third more than 256 MB.
        let quiet = [series(256, 300.0, 0.02), series(1024, 100.0, 0.02)];
        let pair = against(&quiet, 0.10);
        assert!((pair.excess - 1.0 / 3.0).abs() < 0.01, "{pair:?}");
        assert_eq!(pair.standing, PairStanding::Above);
        assert_eq!(against(&quiet, 0.60).standing, PairStanding::Within);
        let loud = [series(256, 300.0, 1.8), series(1024, 100.0, 1.8)];
        assert_eq!(against(&loud, 0.30).standing, PairStanding::Unknown);
    }

    #[test]
    fn a_size_without_samples_is_not_compared() {
        let sizes = [series(256, 300.0, 0.02), series(1024, 100.0, 0.02)];
        let missing = SizePair::of(&sizes, memory(128), memory(256), 0.1);
        assert_eq!(missing, None);
        let mut few = sizes.clone();
        few[1].samples.truncate(3);
        assert_eq!(SizePair::of(&few, memory(1024), memory(256), 0.1), None);
    }
}
