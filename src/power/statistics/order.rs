//! What few samples tell of a percentile: which of them bound it, and how many of all invocations may be above a limit.
//!
//! Exact binomial bounds: nothing is assumed of the shape of what is measured.

/// The chance that a bound on one side is wrong.
const WRONG: f64 = 0.05;
/// How often the bracket of a share is halved: to about 15 digits.
const HALVINGS: usize = 50;

/// The rank, from 1, of the ascending sample that the percentile `share` (0 to 1) lies at or above (95 % sure); `None`
/// where so few samples do not bound it from below.
#[must_use]
pub fn least_rank(samples: usize, share: f64) -> Option<usize> {
    let mut below = cumulative(samples, share).enumerate();
    // The lowest rank that is not sure to be below the percentile is the count of those that are.
    let sure = below.position(|(_, at_most)| at_most > WRONG);
    sure.filter(|sure| *sure > 0)
}

/// The rank, from 1, of the ascending sample that the percentile `share` (0 to 1) lies at or below (95 % sure); `None`
/// where so few samples do not bound it from above.
#[must_use]
pub fn most_rank(samples: usize, share: f64) -> Option<usize> {
    let mut below = cumulative(samples, share).take(samples);
    let sure = below.position(|at_most| at_most >= 1.0 - WRONG);
    sure.map(|below| below + 1)
}

/// The fewest samples that bound the percentile `share` (0 to 1) from above: 5 for the median, 29 for p90, 59 for p95, 299
/// for p99.
#[must_use]
pub fn fewest_samples(share: f64) -> usize {
    let fewest = (WRONG.ln() / share.ln()).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count above 0; `as` saturates"
    )]
    let fewest = fewest as usize;
    fewest
}

/// The most, as a share from 0 to 1, of all invocations that may be above a limit when so many of the samples are (95 %
/// sure, on this side): Clopper and Pearson (1934).
#[must_use]
pub fn most_share_over(samples: usize, over: usize) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    if over >= samples {
        return high;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let at_most = cumulative(samples, middle).nth(over).unwrap_or(1.0);
        if at_most > WRONG {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The probabilities of at most 0, 1, 2 ... successes in so many trials of a chance between 0 and 1.
fn cumulative(trials: usize, chance: f64) -> impl Iterator<Item = f64> {
    let trials = trials as f64;
    let odds = (chance / (1.0 - chance)).ln();
    // In logarithms, for the first terms of many trials are smaller than a number can be.
    let start = (trials * (-chance).ln_1p(), 0.0);
    let terms = std::iter::successors(Some(start), move |(term, successes)| {
        let next = successes + 1.0;
        let left = trials - successes;
        (left > 0.0).then(|| (term + (left / next).ln() + odds, next))
    });
    terms.scan(0.0, |sum, (term, _)| {
        *sum += term.exp();
        Some(f64::min(*sum, 1.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_where_the_exact_tables_say() {
        for (samples, share, least, most) in [
            (10, 0.90, Some(7), None),
            (20, 0.90, Some(16), None),
            (30, 0.90, Some(24), Some(30)),
            (50, 0.90, Some(41), Some(49)),
            (60, 0.90, Some(50), Some(59)),
            (100, 0.90, Some(85), Some(96)),
            (10, 0.95, Some(8), None),
            (20, 0.95, Some(17), None),
            (30, 0.95, Some(26), None),
            (50, 0.95, Some(45), None),
            (60, 0.95, Some(54), Some(60)),
            (100, 0.95, Some(91), Some(99)),
            (10, 0.99, Some(9), None),
            (20, 0.99, Some(19), None),
            (30, 0.99, Some(29), None),
            (50, 0.99, Some(48), None),
            (60, 0.99, Some(58), None),
            (100, 0.99, Some(97), None),
            (300, 0.99, Some(294), Some(300)),
        ] {
            let found = (least_rank(samples, share), most_rank(samples, share));
            assert_eq!(found, (least, most), "p{} of {samples}", 100.0 * share);
        }
    }

    #[test]
    fn the_fewest_samples_are_those_that_have_an_upper_end() {
        for (share, fewest) in [(0.5, 5), (0.9, 29), (0.95, 59), (0.99, 299)] {
            assert_eq!(fewest_samples(share), fewest);
            assert_eq!(most_rank(fewest - 1, share), None);
            assert_eq!(most_rank(fewest, share), Some(fewest));
        }
        assert_eq!(least_rank(0, 0.5), None);
        assert_eq!(most_rank(0, 0.5), None);
    }

    #[test]
    fn thousands_of_samples_bound_a_percentile_on_both_sides() {
        let (least, most) = (least_rank(10_000, 0.99), most_rank(10_000, 0.99));
        assert!(
            least.is_some_and(|rank| (9_880..9_890).contains(&rank)),
            "{least:?}"
        );
        assert!(
            most.is_some_and(|rank| (9_912..9_922).contains(&rank)),
            "{most:?}"
        );
    }

    #[test]
    fn how_many_may_be_over_a_limit_that_none_or_few_are_over() {
        for (samples, over, share) in [
            (20, 0, 0.139_1),
            (10, 0, 0.258_9),
            (20, 1, 0.216_1),
            (50, 2, 0.120_6),
            (3, 3, 1.0),
        ] {
            let found = most_share_over(samples, over);
            assert!((found - share).abs() < 1e-4, "{over} of {samples}: {found}");
        }
    }
}
