//! Aggregates of `stats`: what is gathered for each group of rows, and its result.

use std::collections::HashSet;

use super::expression::Expression;
use super::row::ResultRow;
use super::value::QueryValue;
use crate::logs::statistics::ValueSeries;

/// The most different values that are told apart; of more, the count stays at this.
const MOST_DISTINCT: usize = 100_000;

/// One aggregate and its argument; `count(*)` has none.
#[derive(Debug, Clone)]
pub(super) struct Aggregate {
    pub(super) kind: AggregateKind,
    pub(super) argument: Option<Expression>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum AggregateKind {
    Count,
    CountDistinct,
    Sum,
    Average,
    Least,
    Greatest,
    Deviation,
    /// The percentile, as a share from 0 to 1.
    Percentile(f64),
    /// The value of the first or last row by time.
    Earliest,
    Latest,
}

/// What was gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    count: u64,
    sum: f64,
    squares: f64,
    extreme: Option<QueryValue>,
    time: Option<f64>,
    values: ValueSeries,
    distinct: HashSet<String>,
}

impl Aggregate {
    /// Takes a row into account; one without the value is passed over.
    pub(super) fn gather(&self, gathered: &mut Gathered, row: &ResultRow) {
        let Some(argument) = &self.argument else {
            gathered.count += 1;
            return;
        };
        let Some(value) = argument.value(row, &[]) else {
            return;
        };
        match self.kind {
            AggregateKind::Count => gathered.count += 1,
            AggregateKind::CountDistinct if gathered.distinct.len() < MOST_DISTINCT => {
                gathered.distinct.insert(value.to_string());
            }
            AggregateKind::CountDistinct => {}
            AggregateKind::Least | AggregateKind::Greatest => self.keep_extreme(gathered, value),
            AggregateKind::Earliest | AggregateKind::Latest => {
                self.keep_by_time(gathered, value, row);
            }
            AggregateKind::Sum
            | AggregateKind::Average
            | AggregateKind::Deviation
            | AggregateKind::Percentile(_) => {
                if let Some(number) = value.number() {
                    self.add(gathered, number);
                }
            }
        }
    }

    /// The result; none when no row had the value, except for counts.
    pub(super) fn result(&self, gathered: &Gathered) -> Option<QueryValue> {
        let count = gathered.count as f64;
        let some = |number: f64| (gathered.count > 0).then_some(number);
        let number = match self.kind {
            AggregateKind::Count => Some(count),
            AggregateKind::CountDistinct => Some(gathered.distinct.len() as f64),
            AggregateKind::Sum => some(gathered.sum),
            AggregateKind::Average => some(gathered.sum / count),
            AggregateKind::Deviation => some((gathered.squares / count).sqrt()),
            AggregateKind::Percentile(share) => gathered.values.percentile(share),
            AggregateKind::Least
            | AggregateKind::Greatest
            | AggregateKind::Earliest
            | AggregateKind::Latest => {
                return gathered.extreme.clone();
            }
        };
        number.map(QueryValue::Number)
    }

    /// Sum, and the sum of squared distances from the mean (Welford 1962).
    fn add(&self, gathered: &mut Gathered, number: f64) {
        if let AggregateKind::Percentile(_) = self.kind {
            gathered.values.add(Some(number));
            return;
        }
        let before = gathered.sum / (gathered.count.max(1) as f64);
        gathered.count += 1;
        gathered.sum += number;
        let after = gathered.sum / gathered.count as f64;
        let centre = if gathered.count == 1 { number } else { before };
        gathered.squares += (number - centre) * (number - after);
    }

    fn keep_extreme(&self, gathered: &mut Gathered, value: QueryValue) {
        let better = gathered.extreme.as_ref().is_none_or(|kept| {
            let ordering = value.order(kept);
            if self.kind == AggregateKind::Least {
                ordering.is_lt()
            } else {
                ordering.is_gt()
            }
        });
        if better {
            gathered.extreme = Some(value);
        }
    }

    fn keep_by_time(&self, gathered: &mut Gathered, value: QueryValue, row: &ResultRow) {
        let time = row.get("@timestamp").and_then(QueryValue::number);
        let better = match (gathered.time, time) {
            (Some(kept), Some(time)) if self.kind == AggregateKind::Earliest => time < kept,
            (Some(kept), Some(time)) => time >= kept,
            _ => true,
        };
        if better {
            gathered.extreme = Some(value);
            gathered.time = time;
        }
    }
}
