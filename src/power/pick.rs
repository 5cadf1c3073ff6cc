//! Which memory size to take: by cost, by speed, or by a balance of both.
//!
//! Costs often are equal on paper and differ in the last bit, because they went through 32-bit numbers or a
//! multiplication in another order. Figures closer than [`TIE`] therefore count as equal.

use serde::{Deserialize, Serialize};

use super::{PickLimits, Point, Strategy, Weight};
use crate::lambda::MemoryMb;

/// The relative difference below which two figures are the same: well above the rounding of 32-bit numbers
/// (6e-8), well below anything a measurement can tell.
pub const TIE: f64 = 1e-6;

/// The memory sizes a curve recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picks {
    /// Lowest cost; ties go to the fastest.
    pub cheapest: MemoryMb,
    /// Lowest duration; ties go to the cheapest.
    pub fastest: MemoryMb,
    /// Lowest weighted sum of cost and duration, each relative to its maximum.
    pub balanced: MemoryMb,
}

/// The cheapest, the fastest and the balanced size; `None` without points.
#[must_use]
pub fn picks(points: &[Point], weight: Weight) -> Option<Picks> {
    Some(Picks {
        cheapest: best(points, Strategy::Cost, weight)?,
        fastest: best(points, Strategy::Speed, weight)?,
        balanced: best(points, Strategy::Balanced, weight)?,
    })
}

/// The recommended size under `limits`; `None` when no point keeps to them.
///
/// The balanced pick compares the sizes that keep to the limits among themselves.
#[must_use]
pub fn pick(
    points: &[Point],
    strategy: Strategy,
    weight: Weight,
    limits: PickLimits,
) -> Option<MemoryMb> {
    let longest = limits.max_duration_ms.unwrap_or(f64::INFINITY);
    let mut left: Vec<Point> = points
        .iter()
        .filter(|point| point.duration_ms <= longest)
        .copied()
        .collect();
    let Some(percent) = limits.within_percent else {
        return best(&left, strategy, weight);
    };
    let lowest = smallest(left.iter().map(|point| point.cost_usd))?;
    let ceiling = lowest * (1.0 + percent / 100.0);
    left.retain(|point| not_above(point.cost_usd, ceiling));
    best(&left, Strategy::Speed, weight)
}

/// The share of the balanced score for each point, in order: `w·cost/max(cost) + (1−w)·duration/max(duration)`.
#[must_use]
pub fn balanced_scores(points: &[Point], weight: Weight) -> Vec<f64> {
    let highest = |figure: fn(&Point) -> f64| points.iter().map(figure).fold(0.0, f64::max);
    let (cost, duration) = (highest(cost_of), highest(duration_of));
    let share = |value: f64, of: f64| if of > 0.0 { value / of } else { 0.0 };
    points
        .iter()
        .map(|point| {
            weight.of_cost() * share(point.cost_usd, cost)
                + (1.0 - weight.of_cost()) * share(point.duration_ms, duration)
        })
        .collect()
}

fn best(points: &[Point], strategy: Strategy, weight: Weight) -> Option<MemoryMb> {
    let scores: Vec<f64> = match strategy {
        Strategy::Cost => points.iter().map(cost_of).collect(),
        Strategy::Speed => points.iter().map(duration_of).collect(),
        Strategy::Balanced => balanced_scores(points, weight),
    };
    // Equal by the first figure: the second decides; equal by both: the smaller size.
    let second: fn(&Point) -> f64 = match strategy {
        Strategy::Cost => duration_of,
        Strategy::Speed | Strategy::Balanced => cost_of,
    };
    let lowest = smallest(scores.iter().copied())?;
    let tied: Vec<&Point> = points
        .iter()
        .zip(scores)
        .filter_map(|(point, score)| not_above(score, lowest).then_some(point))
        .collect();
    let lowest = smallest(tied.iter().map(|point| second(point)))?;
    tied.into_iter()
        .filter(|point| not_above(second(point), lowest))
        .map(|point| point.memory_mb)
        .min()
}

fn smallest(values: impl Iterator<Item = f64>) -> Option<f64> {
    values.min_by(f64::total_cmp)
}

fn not_above(value: f64, limit: f64) -> bool {
    value <= limit * (1.0 + TIE)
}

fn cost_of(point: &Point) -> f64 {
    point.cost_usd
}

fn duration_of(point: &Point) -> f64 {
    point.duration_ms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::power::FigureLimits;
    // Both globs bring one; this is the one meant.
    use crate::power::Strategy;

    fn points(rows: &[(u32, f64, f64)]) -> Vec<Point> {
        rows.iter()
            .map(|&(memory, cost, duration)| {
                Point::new(MemoryMb::new(memory).unwrap(), duration, cost)
            })
            .collect()
    }

    fn picked(rows: &[(u32, f64, f64)], strategy: Strategy, weight: f64) -> u32 {
        let picked = pick(
            &points(rows),
            strategy,
            Weight::clamped(weight),
            PickLimits::default(),
        );
        picked.unwrap().megabytes()
    }

    #[test]
    fn the_cheapest_wins_and_ties_go_to_the_fastest() {
        let rows = [(128, 100.0, 100.0), (256, 100.0, 90.0), (512, 300.0, 200.0)];
        assert_eq!(picked(&rows, Strategy::Cost, 0.5), 256);
    }

    #[test]
    fn the_fastest_wins_and_ties_go_to_the_cheapest() {
        let rows = [(128, 100.0, 200.0), (256, 90.0, 200.0), (512, 300.0, 400.0)];
        assert_eq!(picked(&rows, Strategy::Speed, 0.5), 256);
    }

    #[test]
    fn the_balance_follows_the_reference() {
        let rows = [
            (128, 101.0, 300.0),
            (256, 200.0, 200.0),
            (512, 300.0, 101.0),
        ];
        assert_eq!(picked(&rows, Strategy::Balanced, 0.5), 256);
        let rows = [
            (128, 100.0, 300.0),
            (256, 200.0, 200.0),
            (512, 300.0, 100.0),
            (1024, 1000.0, 50.0),
        ];
        assert_eq!(picked(&rows, Strategy::Balanced, 0.3), 512);
        assert_eq!(picked(&rows, Strategy::Balanced, 0.0), 1024);
        assert_eq!(picked(&rows, Strategy::Balanced, 1.0), 128);
    }

    #[test]
    fn costs_that_went_through_32_bits_still_tie() {
        let rounded = f64::from(8.32e-7_f32);
        let rows = [
            (128, 8.32e-7, 335.0),
            (256, rounded, 159.0),
            (512, rounded.next_up(), 44.0),
        ];
        assert_eq!(picked(&rows, Strategy::Cost, 0.5), 512);
    }

    #[test]
    fn limits_rule_sizes_out() {
        let rows = [
            (128, 100.0, 300.0),
            (256, 104.0, 200.0),
            (512, 110.0, 100.0),
            (1024, 400.0, 50.0),
        ];
        let under = |max_duration_ms, within_percent| {
            let limits = PickLimits {
                max_duration_ms,
                within_percent,
                tolerance_percent: None,
                limits_ms: FigureLimits::default(),
            };
            pick(&points(&rows), Strategy::Cost, Weight::default(), limits).map(MemoryMb::megabytes)
        };
        assert_eq!(under(Some(200.0), None), Some(256));
        assert_eq!(under(Some(60.0), None), Some(1024));
        assert_eq!(under(Some(10.0), None), None);
        assert_eq!(under(None, Some(10.0)), Some(512));
        assert_eq!(under(None, Some(0.0)), Some(128));
        // The percentage counts from the cheapest size that keeps to the time limit: 256 MB for 104.
        assert_eq!(under(Some(200.0), Some(5.0)), Some(256));
        assert_eq!(under(Some(200.0), Some(6.0)), Some(512));
    }

    #[test]
    fn nothing_is_picked_from_nothing() {
        assert_eq!(picks(&[], Weight::default()), None);
    }

    #[test]
    fn free_and_instant_points_are_no_obstacle() {
        assert_eq!(picked(&[(128, 0.0, 0.0)], Strategy::Balanced, 0.5), 128);
    }

    proptest! {
        #[test]
        fn a_pick_is_always_among_the_points(
            rows in proptest::collection::vec((0.0_f64..1.0, 0.0_f64..1e6), 1..20), weight in 0.0_f64..=1.0,
        ) {
            let points: Vec<Point> = rows.iter().enumerate().map(|(at, &(cost, duration))| {
                Point::new(MemoryMb::new(128 + 64 * u32::try_from(at).unwrap()).unwrap(), duration, cost)
            }).collect();
            let picks = picks(&points, Weight::clamped(weight)).unwrap();
            for picked in [picks.cheapest, picks.fastest, picks.balanced] {
                prop_assert!(points.iter().any(|point| point.memory_mb == picked));
            }
        }
    }
}
