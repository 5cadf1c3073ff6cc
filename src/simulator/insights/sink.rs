//! Where rows are collected: in groups by `stats`, or as they are.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::aggregate::Gathered;
use super::query::{Key, Stats};
use super::row::ResultRow;
use super::value::QueryValue;

/// The most groups; rows of further ones are left out.
const MOST_GROUPS: usize = 100_000;

/// Rows in groups.
#[derive(Debug)]
pub(super) struct Groups {
    stats: Stats,
    places: HashMap<Vec<Option<String>>, usize>,
    /// The values of each group and what was gathered for it, in the order of their first rows.
    found: Vec<(Vec<Option<QueryValue>>, Vec<Gathered>)>,
}

impl Groups {
    pub(super) fn new(stats: &Stats) -> Self {
        Self {
            stats: stats.clone(),
            places: HashMap::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, row: &ResultRow) {
        let by: Vec<Option<QueryValue>> = self
            .stats
            .by
            .iter()
            .map(|it| it.expression.value(row, &[]))
            .collect();
        let key = by
            .iter()
            .map(|value| value.as_ref().map(ToString::to_string))
            .collect();
        let next = self.found.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next && next < MOST_GROUPS {
            let empty = vec![Gathered::default(); self.stats.aggregates.len()];
            self.found.push((by, empty));
        }
        if let Some((_, gathered)) = self.found.get_mut(place) {
            for (aggregate, gathered) in self.stats.aggregates.iter().zip(gathered) {
                aggregate.gather(gathered, row);
            }
        }
    }

    /// One row for each group. Without `by` there is always one.
    pub(super) fn rows(&self) -> Vec<ResultRow> {
        let nothing = (
            Vec::new(),
            vec![Gathered::default(); self.stats.aggregates.len()],
        );
        let alone = (self.found.is_empty() && self.stats.by.is_empty()).then_some(&nothing);
        let groups = self.found.iter().chain(alone);
        groups
            .map(|(by, gathered)| self.row(by, gathered))
            .collect()
    }

    fn row(&self, by: &[Option<QueryValue>], gathered: &[Gathered]) -> ResultRow {
        let results = self.stats.aggregates.iter().zip(gathered);
        let results: Vec<Option<QueryValue>> =
            results.map(|(it, gathered)| it.result(gathered)).collect();
        let mut row = ResultRow::default();
        for (named, value) in self.stats.by.iter().zip(by) {
            row.set(&named.name, value.clone());
        }
        for named in &self.stats.items {
            let value = named.expression.value(&row, &results);
            row.set(&named.name, value);
        }
        row
    }
}

/// Rows as they are, within a bound: the first by the keys, or the newest.
#[derive(Debug)]
pub(super) struct Rows {
    kept: Vec<ResultRow>,
    keys: Vec<Key>,
    bound: usize,
}

impl Rows {
    pub(super) fn new(keys: &[Key], bound: usize) -> Self {
        Self {
            kept: Vec::new(),
            keys: keys.to_vec(),
            bound,
        }
    }

    pub(super) fn take(&mut self, row: ResultRow) {
        self.kept.push(row);
        if self.kept.len() >= self.bound * 2 {
            self.kept.sort_by(|left, right| {
                by_keys(&self.keys, left, right).then_with(|| newest(left, right))
            });
            self.kept.truncate(self.bound);
        }
    }

    pub(super) fn newest_first(&self) -> Vec<ResultRow> {
        let mut rows = self.kept.clone();
        rows.sort_by(newest);
        rows
    }
}

fn newest(left: &ResultRow, right: &ResultRow) -> Ordering {
    let time = |row: &ResultRow| row.get("@timestamp").and_then(QueryValue::number);
    time(right)
        .partial_cmp(&time(left))
        .unwrap_or(Ordering::Equal)
}

/// The order by keys; rows without a value come last.
pub(super) fn by_keys(keys: &[Key], left: &ResultRow, right: &ResultRow) -> Ordering {
    let orders = keys.iter().map(|key| {
        let value = |row: &ResultRow| {
            row.get(&key.written)
                .cloned()
                .or_else(|| key.expression.value(row, &[]))
        };
        match (value(left), value(right)) {
            (Some(left), Some(right)) if key.descending => right.order(&left),
            (Some(left), Some(right)) => left.order(&right),
            (left, right) => right.is_some().cmp(&left.is_some()),
        }
    });
    orders.fold(Ordering::Equal, Ordering::then)
}
