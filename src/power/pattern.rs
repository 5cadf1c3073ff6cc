//! Names the shape of a curve: what more memory buys, seen from the smallest measured size.

use serde::{Deserialize, Serialize};

use super::compare::ratio_words;
use super::{MeanDifference, Point};

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
    /// A larger size costs at least 5 % less, by more than chance, and is faster (prime numbers).
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
}

impl std::fmt::Display for MemoryPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The shape of a curve with the sizes that show it, by the means of the points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePattern {
    /// The shape.
    pub pattern: MemoryPattern,
    /// The smallest size, from which it is seen.
    base: Point,
    /// The size that shows it.
    shown_by: Point,
}

impl CurvePattern {
    /// The shape of points sorted by memory; `None` with fewer than two.
    #[must_use]
    pub fn of(points: &[Point]) -> Option<Self> {
        let (base, larger) = points.split_first()?;
        let largest = larger.last()?;
        let faster = |point: &Point, ratio: f64| point.duration_ms * ratio <= base.duration_ms;
        let costs_at_most = |point: &Point, ratio: f64| point.cost_usd <= base.cost_usd * ratio;
        let fastest = fastest(larger.iter())?;
        let is_cheaper = |point: &Point| MeanDifference::of_points(base, point).is_cheaper();
        let cheaper = larger.iter().filter(|point| {
            faster(point, 1.0) && costs_at_most(point, CHEAPER) && is_cheaper(point)
        });
        let as_cheap = larger
            .iter()
            .filter(|point| faster(point, WORTHWHILE) && costs_at_most(point, ABOUT_THE_SAME_COST));
        let most = fastest.duration_ms.min(base.duration_ms);
        let half = largest.memory_mb.megabytes() / 2;
        let mut early = larger.iter().filter(|point| {
            point.memory_mb.megabytes() <= half && point.duration_ms * NEARLY_ALL <= most
        });
        let (pattern, shown_by) = if largest.duration_ms >= base.duration_ms * SLOWER {
            (MemoryPattern::Slower, largest)
        } else if let Some(cheapest) =
            cheaper.min_by(|one, other| one.cost_usd.total_cmp(&other.cost_usd))
        {
            (MemoryPattern::CheaperAndFaster, cheapest)
        } else if let Some(fastest) = self::fastest(as_cheap) {
            (MemoryPattern::FasterAtSameCost, fastest)
        } else if most * WORTHWHILE > base.duration_ms {
            (MemoryPattern::Flat, fastest)
        } else if let Some(first) = early.next() {
            (MemoryPattern::Diminishing, first)
        } else {
            (MemoryPattern::TradeOff, fastest)
        };
        Some(Self {
            pattern,
            base: *base,
            shown_by: *shown_by,
        })
    }
}

fn fastest<'a>(points: impl Iterator<Item = &'a Point>) -> Option<&'a Point> {
    points.min_by(|one, other| one.duration_ms.total_cmp(&other.duration_ms))
}

impl std::fmt::Display for CurvePattern {
    /// Writes what it means for the choice of a size: `cheaper-and-faster: 1536 MB is 3.30x faster (-69.7 %), -39.2 % cost
    /// against 128 MB.`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (base, size) = (self.base.memory_mb, self.shown_by.memory_mb);
        let change = MeanDifference::of_points(&self.base, &self.shown_by);
        write!(f, "{}", self.pattern)?;
        if self.pattern == MemoryPattern::FasterAtSameCost {
            write!(f, " (within {:.0} %)", 100.0 * (ABOUT_THE_SAME_COST - 1.0))?;
        }
        write!(f, ": ")?;
        match self.pattern {
            MemoryPattern::Flat => {
                let most = ratio_words(self.base.duration_ms / self.shown_by.duration_ms);
                write!(
                    f,
                    "no size is over {most} as fast as {base} MB: the time is spent waiting."
                )
            }
            MemoryPattern::CheaperAndFaster | MemoryPattern::FasterAtSameCost => {
                write!(f, "{size} MB is {change} against {base} MB.")
            }
            MemoryPattern::Diminishing => write!(
                f,
                "{size} MB has nearly all of the speed; what is larger mostly costs more."
            ),
            MemoryPattern::TradeOff => write!(
                f,
                "speed costs money: {size} MB is {change} against {base} MB."
            ),
            MemoryPattern::Slower => write!(
                f,
                "{size} MB is {} than {base} MB: look for noise or contention.",
                change.means.speed_words()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::MemoryMb;
    use crate::power::{BillingStep, examples};

    fn of_example(name: &str, step: BillingStep) -> MemoryPattern {
        let example = examples::find(name).unwrap();
        CurvePattern::of(&example.run.curve(step).points)
            .unwrap()
            .pattern
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
    fn the_sizes_that_show_a_shape_are_named() {
        let words = |name: &str| {
            let example = examples::find(name).unwrap();
            let curve = example.run.curve(BillingStep::AsMeasured);
            CurvePattern::of(&curve.points).unwrap().to_string()
        };
        for (name, expected) in [
            (
                "no-op",
                "diminishing: 256 MB has nearly all of the speed; what is larger mostly costs more.",
            ),
            (
                "dynamodb-reads",
                "faster-at-same-cost (within 10 %): 512 MB is 7.48x faster (-86.6 %), same cost against 128 MB.",
            ),
            (
                "prime-numbers",
                "cheaper-and-faster: 1536 MB is 14.16x faster (-92.9 %), -13.3 % cost against 128 MB.",
            ),
            (
                "third-party-api",
                "flat: no size is over 1.21x as fast as 128 MB: the time is spent waiting.",
            ),
            (
                "s3-download-threads",
                "trade-off: speed costs money: 3008 MB is 3.90x faster (-74.3 %), +53.3 % cost against 512 MB.",
            ),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn a_curve_that_rises_is_slower() {
        let point = |memory, duration| Point::new(MemoryMb::new(memory).unwrap(), duration, 1.0);
        let points = [point(128, 100.0), point(256, 90.0), point(512, 115.0)];
        let found = CurvePattern::of(&points).unwrap();
        assert_eq!(
            found.to_string(),
            "slower: 512 MB is 1.15x slower than 128 MB: look for noise or contention."
        );
        assert_eq!(CurvePattern::of(&points[..1]), None);
        assert_eq!(CurvePattern::of(&[]), None);
    }
}
