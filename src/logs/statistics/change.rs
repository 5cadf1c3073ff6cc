//! What changed between two spans of a group, in the words of the one comparer.

use super::{GroupFigures, InvocationSummary};
use crate::lambda::MemoryMb;
use crate::power::{Change, Point};

/// How invocations did since a time against those before: the mean duration, and the cost of a million. Nothing where one
/// of both has no invocation.
#[must_use]
pub fn change(before: &GroupFigures, since: &GroupFigures) -> Option<Change> {
    match (before, since) {
        (GroupFigures::Invocations(before), GroupFigures::Invocations(since)) => {
            let change = Change::between(&point(before)?, &point(since)?);
            let is_priced = before.cost.is_some() && since.cost.is_some();
            Some(Change {
                cost_percent: change.cost_percent.filter(|_| is_priced),
                ..change
            })
        }
        _ => None,
    }
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

    fn figures(durations: &[&str]) -> GroupFigures {
        let mut statistics = Statistics::new();
        for (number, duration) in durations.iter().enumerate() {
            let line = format!(
                "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e{number:02}\tDuration: {duration} ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\t"
            );
            statistics.take("s", &line, 0);
        }
        GroupFigures::Invocations(Box::new(statistics.summary()))
    }

    #[test]
    fn the_mean_duration_since_is_told_against_that_before() {
        let (before, since) = (figures(&["210.00", "210.00"]), figures(&["100.00"]));
        let change = change(&before, &since).unwrap();
        assert_eq!(change.duration_words(), "2.10x faster (-52.4 %)");
        assert_eq!(change.cost_words(), "cost not comparable");
        assert_eq!(super::change(&before, &figures(&[])), None);
    }
}
