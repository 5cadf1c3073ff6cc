//! How a point does against a baseline, in words that cannot be misread: a ratio for speed, percent for money.

use super::{Curve, MeasuredRun, Point, Run};

mod difference;
mod means;

pub use difference::MeanDifference;
pub use means::{MeanChange, SizeDifference};

/// The change from a baseline to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Duration of the baseline over that of the point: 2 is twice as fast, 0.5 half as fast; 1 when either is 0.
    pub speed: f64,
    /// Change of duration in percent of the baseline; `None` when that is 0.
    pub duration_percent: Option<f64>,
    /// Change of cost in percent of the baseline; `None` when that is 0, or the costs are in two currencies.
    pub cost_percent: Option<f64>,
}

impl Change {
    /// Compares `point` with `baseline`, both of one curve.
    #[must_use]
    pub fn between(baseline: &Point, point: &Point) -> Self {
        Self {
            speed: if baseline.duration_ms > 0.0 && point.duration_ms > 0.0 {
                baseline.duration_ms / point.duration_ms
            } else {
                1.0
            },
            duration_percent: percent_change(baseline.duration_ms, point.duration_ms),
            cost_percent: percent_change(baseline.cost_usd, point.cost_usd),
        }
    }

    /// Compares a point with a baseline on another curve; each stands beside its curve, which knows the currency.
    #[must_use]
    pub fn across(baseline: (&Curve, &Point), point: (&Curve, &Point)) -> Self {
        let change = Self::between(baseline.1, point.1);
        let comparable = baseline.0.costs_compare_with(point.0);
        Self {
            cost_percent: change.cost_percent.filter(|_| comparable),
            ..change
        }
    }

    /// The speed in words: `2.10x faster`, `1.25x slower`, `same speed`.
    #[must_use]
    pub fn speed_words(&self) -> String {
        let (ratio, word) = if self.speed >= 1.0 {
            (self.speed, "faster")
        } else {
            (1.0 / self.speed, "slower")
        };
        if ratio < 1.005 {
            return "same speed".to_owned();
        }
        format!("{} {word}", ratio_words(ratio))
    }

    /// The speed in words with the change of duration: `2.10x faster (-52.4 %)`, `same speed (-0.3 %)`, `same speed`.
    #[must_use]
    pub fn duration_words(&self) -> String {
        let speed = self.speed_words();
        match self.duration_percent.map(percent_words) {
            Some(percent) if !is_zero(&percent) => format!("{speed} ({percent})"),
            _ => speed,
        }
    }

    /// The cost in words: `-13.3 % cost`, `+1662 % cost`, `same cost`.
    #[must_use]
    pub fn cost_words(&self) -> String {
        self.cost_percent.map_or_else(
            || "cost not comparable".to_owned(),
            |percent| match percent_words(percent) {
                words if is_zero(&words) => "same cost".to_owned(),
                words => format!("{words} cost"),
            },
        )
    }
}

impl std::fmt::Display for Change {
    /// Writes `2.10x faster (-52.4 %), -13.3 % cost`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.duration_words(), self.cost_words())
    }
}

/// What speaks against taking the differences of two runs for those of one function, a sentence each.
#[must_use]
pub fn unlike(first: &Run, second: &Run) -> Vec<String> {
    let (Some(one), Some(other)) = (first.measured(), second.measured()) else {
        return Vec::new();
    };
    let are_two = one.function_arn != other.function_arn;
    let functions = are_two.then(|| "These are runs of two functions.".to_owned());
    let kind = |run: &MeasuredRun| {
        if run.plan.sampling.only_cold_starts {
            "cold starts"
        } else {
            "warm invocations"
        }
    };
    let kinds = (kind(one) != kind(other)).then(|| {
        format!(
            "The first run measured {}, the second {}.",
            kind(one),
            kind(other)
        )
    });
    functions.into_iter().chain(kinds).collect()
}

/// A ratio with two digits after the point, three below a tenth and none from a hundred on: `2.10x`, `0.042x`, `130x`.
#[must_use]
pub fn ratio_words(ratio: f64) -> String {
    match ratio {
        large if large >= 99.95 => format!("{ratio:.0}x"),
        small if small < 0.1 => format!("{ratio:.3}x"),
        _ => format!("{ratio:.2}x"),
    }
}

/// A change in percent with its sign, one digit after the point below 100: `-13.3 %`, `+1662 %`, `0 %`.
#[must_use]
pub fn percent_words(percent: f64) -> String {
    if percent.abs() < 0.05 {
        "0 %".to_owned()
    } else if percent.abs() < 99.95 {
        format!("{percent:+.1} %")
    } else {
        format!("{percent:+.0} %")
    }
}

fn is_zero(words: &str) -> bool {
    words == "0 %"
}

fn percent_change(from: f64, to: f64) -> Option<f64> {
    let percent = (to / from - 1.0) * 100.0;
    (from > 0.0 && percent.is_finite()).then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::MemoryMb;

    fn words(baseline: (f64, f64), point: (f64, f64)) -> String {
        let point_of = |(duration, cost)| Point::new(MemoryMb::MIN, duration, cost);
        Change::between(&point_of(baseline), &point_of(point)).to_string()
    }

    #[test]
    fn ratio_and_percent_are_never_mixed_up() {
        assert_eq!(
            words((210.0, 10.0), (100.0, 8.67)),
            "2.10x faster (-52.4 %), -13.3 % cost"
        );
        assert_eq!(
            words((100.0, 1.0), (125.0, 17.62)),
            "1.25x slower (+25.0 %), +1662 % cost"
        );
    }

    #[test]
    fn no_change_is_said_as_such() {
        assert_eq!(words((100.0, 1.0), (100.0, 1.0)), "same speed, same cost");
        assert_eq!(percent_words(-0.04), "0 %");
        assert_eq!(
            words((100.0, 1.0), (99.7, 1.0)),
            "same speed (-0.3 %), same cost"
        );
    }

    #[test]
    fn a_cost_that_differs_by_less_than_is_shown_is_the_same() {
        let cost = |from, to| {
            let point = |cost| Point::new(MemoryMb::MIN, 1.0, cost);
            Change::between(&point(from), &point(to)).cost_words()
        };
        assert_eq!(cost(1.0, 1.034), "+3.4 % cost");
        assert_eq!(cost(1.664e-6, 2.9328e-5), "+1662 % cost");
        assert_eq!(cost(1.0, 0.99999), "same cost");
    }

    #[test]
    fn baselines_of_zero_make_no_infinite_words() {
        assert_eq!(
            words((0.0, 0.0), (0.0, 1.0)),
            "same speed, cost not comparable"
        );
        assert_eq!(words((0.0, 1.0), (5.0, 1.0)), "same speed, same cost");
    }

    #[test]
    fn costs_in_two_currencies_are_not_compared() {
        let curve = |region: &str| Curve {
            region: region.to_owned(),
            ..crate::power::fixture::run().curve(crate::power::BillingStep::AsMeasured)
        };
        let (usd, cny) = (curve("us-east-1"), curve("cn-north-1"));
        let change = Change::across((&usd, &usd.points[0]), (&cny, &cny.points[0]));
        assert_eq!(change.cost_percent, None);
        assert_eq!(change.to_string(), "same speed, cost not comparable");
        let change = Change::across((&cny, &cny.points[0]), (&cny, &cny.points[0]));
        assert_eq!(change.cost_percent, Some(0.0));
    }

    #[test]
    fn large_ratios_drop_their_decimals() {
        assert_eq!(ratio_words(129.6), "130x");
        assert_eq!(percent_words(99.96), "+100 %");
        assert_eq!(ratio_words(0.0424), "0.042x");
    }
}
