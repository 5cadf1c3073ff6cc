//! The figures of a function at its memory sizes as a run among the others: what production did, as a curve.

use super::{GroupColumn, StatisticsTable};
use crate::effect::Outbox;
use crate::lambda::MemoryMb;
use crate::logs::statistics::{GroupFigures, InvocationSubset, InvocationSummary};
use crate::logs::{Home, function_of};
use crate::power::{Interval, Point, Run, RunOrigin};
use crate::text::thousands;

impl StatisticsTable {
    /// Whether memory sizes of one group stand side by side.
    #[must_use]
    pub fn is_by_memory(&self) -> bool {
        let mut sizes = self.columns.iter().map(|column| &column.part.only);
        self.groups.len() == 1
            && sizes.all(|only| matches!(only, Some(InvocationSubset::Memory(_))))
    }

    /// What the function did at each size as a run of means.
    ///
    /// # Errors
    /// A sentence when there are not two sizes with figures.
    pub(in crate::panes::logs) fn production(&self, out: &mut Outbox<'_>) -> Result<Run, String> {
        if !self.is_by_memory() {
            return Err("memory sizes of one function side by side make a curve".to_owned());
        }
        if self.columns.iter().any(|column| column.figures().is_none()) {
            return Err("not every size is counted yet, or could be".to_owned());
        }
        let mut counted = self.columns.iter().filter_map(of_size);
        let mut points: Vec<Point> = counted
            .clone()
            .filter_map(|(size, summary)| point(Point::new(size, 0.0, 0.0), summary))
            .collect();
        points.sort_by_key(|point| point.memory_mb);
        let basis = counted.find_map(|(_, summary)| summary.cost);
        let (Some(basis), 2..) = (basis, points.len()) else {
            return Err(
                "a curve takes two memory sizes with invocations that have a price".to_owned(),
            );
        };
        let group = self.groups.first().map_or("", String::as_str);
        let there = Home::of_arn(group).or_else(|| out.home.clone());
        let Some(Home { region, .. }) = there else {
            return Err(
                "the region of the group is not known yet; try again in a moment".to_owned(),
            );
        };
        Ok(Run {
            id: out.run_id(),
            name: format!("{} in production", function_of(group).unwrap_or(group)),
            note: counts(&points, basis.basis.is_assumed),
            started: out.now,
            origin: RunOrigin::Imported {
                from: format!("production, {}", self.span_words()),
                architecture: basis.basis.architecture,
                region,
                points,
            },
        })
    }
}

/// The memory size of a column and its figures, once they are counted.
fn of_size(column: &GroupColumn) -> Option<(MemoryMb, &InvocationSummary)> {
    let size = column.part.only.as_ref()?.memory()?;
    match column.figures()? {
        GroupFigures::Invocations(summary) => Some((size, summary)),
        GroupFigures::Events(_) => None,
    }
}

/// How many invocations there were at each size, and whether the architecture is only assumed.
fn counts(points: &[Point], is_assumed: bool) -> String {
    let counts = points.iter().map(|point| {
        let count = thousands(point.samples as u64);
        format!("{} MB {count}", point.memory_mb)
    });
    let counts: Vec<String> = counts.collect();
    let assumed = if is_assumed {
        "; architecture assumed"
    } else {
        ""
    };
    format!("invocations: {}{assumed}", counts.join(", "))
}

/// A point with the means of a summary; its cost is without the request fee.
fn point(empty: Point, summary: &InvocationSummary) -> Option<Point> {
    let (duration, cost) = (summary.duration?, summary.cost?);
    let each = |million: f64| million / 1e6 - cost.basis.rate.request();
    Some(Point {
        duration_ms: duration.avg,
        duration_interval: duration.avg_interval,
        cost_usd: each(cost.per_million),
        cost_interval: cost.interval.map(|ends| Interval {
            low: each(ends.low),
            high: each(ends.high),
        }),
        samples: usize::try_from(duration.count).unwrap_or(usize::MAX),
        ..empty
    })
}
