//! What changed between two columns of a group, in the words of the one comparer.

use super::{GroupFigures, InvocationSummary};
use crate::lambda::MemoryMb;
use crate::power::{Change, MeanChange, MeanDifference, Point};

/// How invocations did against earlier ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpanChange {
    /// The mean duration, and the cost of a million.
    pub difference: MeanDifference,
    /// The fewer invocations of both sides.
    pub fewest: u64,
}

/// How invocations did since a time against those before. Nothing where one of both has no invocation.
#[must_use]
pub fn change(before: &GroupFigures, since: &GroupFigures) -> Option<SpanChange> {
    match (before, since) {
        (GroupFigures::Invocations(before), GroupFigures::Invocations(since)) => {
            let (from, to) = (before.duration?, since.duration?);
            let costs = before.cost.zip(since.cost);
            let means = Change::between(&point(before)?, &point(since)?);
            let cost = costs.and_then(|(from, to)| MeanChange::between(from.mean()?, to.mean()?));
            Some(SpanChange {
                difference: MeanDifference {
                    means: Change {
                        cost_percent: means.cost_percent.filter(|_| costs.is_some()),
                        ..means
                    },
                    duration: from
                        .mean()
                        .zip(to.mean())
                        .and_then(|(from, to)| MeanChange::between(from, to)),
                    cost,
                },
                fewest: from.count.min(to.count),
            })
        }
        _ => None,
    }
}

impl SpanChange {
    /// What is known of the change beside chance, as a sentence without its stop.
    #[must_use]
    pub fn words(&self) -> String {
        let MeanDifference {
            means,
            duration,
            cost,
        } = self.difference;
        let Some(duration) = duration else {
            return format!("{means}; {}", self.why_unknown());
        };
        let cost = cost.map_or_else(|| means.cost_words(), |cost| cost_words(&cost));
        format!("{}; {cost}", duration.duration_words())
    }

    /// As [`Self::words`], in few of them.
    #[must_use]
    pub fn short_words(&self) -> String {
        match self.difference.duration {
            Some(_) => self.difference.to_string(),
            None => format!("{} ({})", self.difference.means, self.why_unknown()),
        }
    }

    fn why_unknown(&self) -> String {
        if self.fewest < MeanChange::FEWEST {
            "too few invocations to say".to_owned()
        } else {
            "how much of it is chance is not known".to_owned()
        }
    }
}

fn cost_words(cost: &MeanChange) -> String {
    format!("cost: {}", cost.words("less", "more"))
}

/// The means of a summary; a cost that is not known is 0.
fn point(summary: &InvocationSummary) -> Option<Point> {
    let cost = summary.cost.as_ref().map_or(0.0, |cost| cost.per_million);
    Some(Point::new(MemoryMb::MIN, summary.duration?.avg, cost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::statistics::Statistics;

    fn figures(durations: &[f64]) -> GroupFigures {
        let mut statistics = Statistics::new();
        for (number, duration) in durations.iter().enumerate() {
            let line = format!(
                "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e{number:02}\tDuration: {duration:.2} ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t"
            );
            statistics.take("s", &line, 0);
        }
        GroupFigures::Invocations(Box::new(statistics.summary()))
    }

    #[test]
    fn of_too_few_invocations_no_change_is_claimed() {
        let (before, since) = (figures(&[210.0, 210.0]), figures(&[100.0]));
        let change = change(&before, &since).unwrap();
        assert_eq!(
            change.short_words(),
            "2.10x faster (-52.4 %), cost not comparable (too few invocations to say)"
        );
        assert_eq!(super::change(&before, &figures(&[])), None);
    }

    #[test]
    fn a_change_stands_with_its_interval_and_chance_is_no_change() {
        let before = [100.0, 104.0, 98.0, 101.0, 103.0, 99.0, 102.0, 100.0];
        let scaled = |by: f64| before.map(|ms| ms * by);
        let words = |since: &[f64]| change(&figures(&before), &figures(since)).unwrap().words();
        let faster = words(&scaled(0.88));
        assert!(faster.starts_with("12 % faster ("), "{faster}");
        assert!(faster.ends_with("; cost not comparable"), "{faster}");
        let noisy = [88.0, 92.0, 90.0, 87.0, 91.0, 120.0, 89.0, 90.0];
        let open = words(&noisy);
        assert!(open.starts_with("no difference shown; anything"), "{open}");
    }
}
