//! Names the shape of a curve: what more memory buys, seen from the smallest measured size.

use serde::{Deserialize, Serialize};

use super::Point;

/// A speed-up below this is not worth a change.
const WORTHWHILE: f64 = 1.5;
/// Up to this much more money is about the same cost.
const ABOUT_THE_SAME_COST: f64 = 1.10;
/// From here on it is cheaper.
const CHEAPER: f64 = 0.95;
/// Beyond this much more time a larger size is slower.
const SLOWER: f64 = 1.10;
/// A size this close to the best speed has nearly all of it.
const NEARLY_ALL: f64 = 0.9;

/// What more memory buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemoryPattern {
    /// No size is 1.5x faster than the smallest: the time is spent waiting (third-party API, one-thread download).
    Flat,
    /// A larger size costs at least 5 % less and is faster (prime numbers).
    CheaperAndFaster,
    /// A larger size is at least 1.5x faster for at most 10 % more (matrix inversion, `DynamoDB` reads).
    FasterAtSameCost,
    /// 90 % of the best speed is there at half of the largest size or below; the rest costs without giving
    /// (a no-op billed per 100 ms).
    Diminishing,
    /// Speed has its price all the way up (download in ten threads).
    TradeOff,
    /// The largest size is at least 10 % slower than the smallest.
    Slower,
}

impl MemoryPattern {
    /// The word used in JSON and on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::CheaperAndFaster => "cheaper-and-faster",
            Self::FasterAtSameCost => "faster-at-same-cost",
            Self::Diminishing => "diminishing",
            Self::TradeOff => "trade-off",
            Self::Slower => "slower",
        }
    }

    /// What it means for the choice of a size, as a sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Flat => "More memory hardly helps: the time is spent waiting.",
            Self::CheaperAndFaster => "A larger size is both cheaper and faster.",
            Self::FasterAtSameCost => "A larger size is much faster for about the same money.",
            Self::Diminishing => "The first steps up pay off, the later ones only cost.",
            Self::TradeOff => "Speed costs money: choose how much it is worth.",
            Self::Slower => "More memory makes it slower: look for noise or contention.",
        }
    }
}

impl std::fmt::Display for MemoryPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Names the shape of points sorted by memory; `None` with fewer than two.
#[must_use]
pub fn pattern(points: &[Point]) -> Option<MemoryPattern> {
    let ([base, larger @ ..], [.., largest]) = (points, points) else {
        return None;
    };
    if larger.is_empty() {
        return None;
    }
    let faster = |point: &Point, ratio: f64| point.duration_ms * ratio <= base.duration_ms;
    let costs_at_most = |point: &Point, ratio: f64| point.cost_usd <= base.cost_usd * ratio;
    let best = larger
        .iter()
        .map(|point| point.duration_ms)
        .fold(base.duration_ms, f64::min);
    let half = largest.memory_mb.megabytes() / 2;
    let found = if largest.duration_ms >= base.duration_ms * SLOWER {
        MemoryPattern::Slower
    } else if larger
        .iter()
        .any(|point| faster(point, 1.0) && costs_at_most(point, CHEAPER))
    {
        MemoryPattern::CheaperAndFaster
    } else if larger
        .iter()
        .any(|point| faster(point, WORTHWHILE) && costs_at_most(point, ABOUT_THE_SAME_COST))
    {
        MemoryPattern::FasterAtSameCost
    } else if best * WORTHWHILE > base.duration_ms {
        MemoryPattern::Flat
    } else if larger
        .iter()
        .any(|point| point.memory_mb.megabytes() <= half && point.duration_ms * NEARLY_ALL <= best)
    {
        MemoryPattern::Diminishing
    } else {
        MemoryPattern::TradeOff
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::MemoryMb;
    use crate::power::{BillingStep, examples};

    fn of_example(name: &str, step: BillingStep) -> MemoryPattern {
        let example = examples::find(name).unwrap();
        pattern(&example.run.curve(step).points).unwrap()
    }

    #[test]
    fn the_eight_examples_have_their_patterns() {
        for (name, expected) in [
            ("no-op", MemoryPattern::Diminishing),
            ("matrix-inversion", MemoryPattern::FasterAtSameCost),
            ("prime-numbers", MemoryPattern::CheaperAndFaster),
            ("prime-numbers-all", MemoryPattern::CheaperAndFaster),
            ("third-party-api", MemoryPattern::Flat),
            ("dynamodb-reads", MemoryPattern::FasterAtSameCost),
            ("s3-download", MemoryPattern::Flat),
            ("s3-download-threads", MemoryPattern::TradeOff),
        ] {
            assert_eq!(
                of_example(name, BillingStep::AsMeasured),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn the_billing_step_can_change_the_pattern() {
        let today = of_example("no-op", BillingStep::OneMs);
        assert_eq!(today, MemoryPattern::CheaperAndFaster);
    }

    #[test]
    fn a_curve_that_rises_is_slower() {
        let point = |memory, duration| Point::new(MemoryMb::new(memory).unwrap(), duration, 1.0);
        let points = [point(128, 100.0), point(256, 90.0), point(512, 115.0)];
        assert_eq!(pattern(&points), Some(MemoryPattern::Slower));
        assert_eq!(pattern(&points[..1]), None);
        assert_eq!(pattern(&[]), None);
    }
}
