//! Aggregates of `stats`: what is gathered for each group of rows, and its result.

use std::collections::HashSet;

use super::expression::Expression;
use super::row::Row;
use super::value::Value;
use crate::logs::statistics::Series;

/// The most different values that are told apart; of more, the count stays at this.
const MOST_DISTINCT: usize = 100_000;

/// One aggregate and its argument; `count(*)` has none.
#[derive(Debug, Clone)]
pub(super) struct Aggregate {
    pub(super) kind: Kind,
    pub(super) argument: Option<Expression>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
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
    extreme: Option<Value>,
    time: Option<f64>,
    values: Series,
    distinct: HashSet<String>,
}

impl Aggregate {
    /// Takes a row into account; one without the value is passed over.
    pub(super) fn gather(&self, gathered: &mut Gathered, row: &Row) {
        let Some(argument) = &self.argument else {
            gathered.count += 1;
            return;
        };
        let Some(value) = argument.value(row, &[]) else {
            return;
        };
        match self.kind {
            Kind::Count => gathered.count += 1,
            Kind::CountDistinct if gathered.distinct.len() < MOST_DISTINCT => {
                gathered.distinct.insert(value.to_string());
            }
            Kind::CountDistinct => {}
            Kind::Least | Kind::Greatest => self.keep_extreme(gathered, value),
            Kind::Earliest | Kind::Latest => self.keep_by_time(gathered, value, row),
            Kind::Sum | Kind::Average | Kind::Deviation | Kind::Percentile(_) => {
                if let Some(number) = value.number() {
                    self.add(gathered, number);
                }
            }
        }
    }

    /// The result; none when no row had the value, except for counts.
    pub(super) fn result(&self, gathered: &Gathered) -> Option<Value> {
        let count = gathered.count as f64;
        let some = |number: f64| (gathered.count > 0).then_some(number);
        let number = match self.kind {
            Kind::Count => Some(count),
            Kind::CountDistinct => Some(gathered.distinct.len() as f64),
            Kind::Sum => some(gathered.sum),
            Kind::Average => some(gathered.sum / count),
            Kind::Deviation => some((gathered.squares / count).sqrt()),
            Kind::Percentile(share) => gathered.values.percentile(share),
            Kind::Least | Kind::Greatest | Kind::Earliest | Kind::Latest => {
                return gathered.extreme.clone();
            }
        };
        number.map(Value::Number)
    }

    /// Sum, and the sum of squared distances from the mean (Welford 1962).
    fn add(&self, gathered: &mut Gathered, number: f64) {
        if let Kind::Percentile(_) = self.kind {
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

    fn keep_extreme(&self, gathered: &mut Gathered, value: Value) {
        let better = gathered.extreme.as_ref().is_none_or(|kept| {
            let ordering = value.order(kept);
            if self.kind == Kind::Least {
                ordering.is_lt()
            } else {
                ordering.is_gt()
            }
        });
        if better {
            gathered.extreme = Some(value);
        }
    }

    fn keep_by_time(&self, gathered: &mut Gathered, value: Value, row: &Row) {
        let time = row.get("@timestamp").and_then(Value::number);
        let better = match (gathered.time, time) {
            (Some(kept), Some(time)) if self.kind == Kind::Earliest => time < kept,
            (Some(kept), Some(time)) => time >= kept,
            _ => true,
        };
        if better {
            gathered.extreme = Some(value);
            gathered.time = time;
        }
    }
}
