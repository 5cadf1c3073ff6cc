//! Runs a query: rows go in one by one, results come out at any time.

use super::expression::Expression;
use super::query::{NamedExpression, Query, QueryCommand};
use super::read::MOST_ROWS;
use super::row::ResultRow;
use super::sink::{Groups, Rows};
use super::value::QueryValue;

/// Rows kept when commands after the first collecting one need more than the result has.
const MOST_KEPT: usize = 100_000;

/// A query under way.
#[derive(Debug)]
pub(super) struct Pipeline {
    /// What is done to each row as it comes.
    before: Vec<QueryCommand>,
    sink: PipelineSink,
    /// What is done to all rows together.
    after: Vec<QueryCommand>,
    /// The columns of the result.
    shown: Vec<String>,
    limit: usize,
    /// Rows that passed the filters.
    matched: u64,
}

#[derive(Debug)]
enum PipelineSink {
    Groups(Groups),
    Rows(Rows),
}

impl Pipeline {
    /// A query that gives at most `limit` rows.
    pub(super) fn new(query: &Query, limit: usize) -> Self {
        let collects = |command: &QueryCommand| {
            matches!(
                command,
                QueryCommand::Stats(_)
                    | QueryCommand::Sort(_)
                    | QueryCommand::Limit(_)
                    | QueryCommand::Dedup(_)
            )
        };
        let commands = &query.commands;
        let first = commands.iter().position(collects).unwrap_or(commands.len());
        let (before, after) = commands.split_at_checked(first).unwrap_or_default();
        let (sink, after) = match after.split_first() {
            Some((QueryCommand::Stats(stats), after)) => {
                (PipelineSink::Groups(Groups::new(stats)), after)
            }
            Some((QueryCommand::Sort(keys), _)) => {
                (PipelineSink::Rows(Rows::new(keys, kept(after))), after)
            }
            _ => (PipelineSink::Rows(Rows::new(&[], kept(after))), after),
        };
        Self {
            before: before.to_vec(),
            sink,
            after: after.to_vec(),
            shown: shown(query),
            limit: limit.min(MOST_ROWS as usize),
            matched: 0,
        }
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, row: ResultRow) {
        let Some(row) = through(&self.before, row) else {
            return;
        };
        self.matched += 1;
        match &mut self.sink {
            PipelineSink::Groups(groups) => groups.take(&row),
            PipelineSink::Rows(rows) => rows.take(row),
        }
    }

    /// Rows that passed the filters so far.
    pub(super) const fn matched(&self) -> u64 {
        self.matched
    }

    /// The result so far: rows of named texts.
    pub(super) fn results(&self) -> Vec<Vec<(String, String)>> {
        let mut rows = match &self.sink {
            PipelineSink::Groups(groups) => groups.rows(),
            PipelineSink::Rows(rows) => rows.newest_first(),
        };
        for command in &self.after {
            rows = together(command, rows);
        }
        rows.truncate(self.limit);
        rows.iter().map(|row| row.shown(&self.shown)).collect()
    }
}

/// How many rows must be kept for these commands.
fn kept(after: &[QueryCommand]) -> usize {
    let simple =
        |command: &QueryCommand| matches!(command, QueryCommand::Sort(_) | QueryCommand::Limit(_));
    match after {
        [] => MOST_ROWS as usize,
        [first, rest @ ..]
            if simple(first) && !rest.iter().any(|it| matches!(it, QueryCommand::Sort(_))) =>
        {
            if rest.iter().all(simple) {
                MOST_ROWS as usize
            } else {
                MOST_KEPT
            }
        }
        _ => MOST_KEPT,
    }
}

/// The columns of the result, in order.
fn shown(query: &Query) -> Vec<String> {
    let names = |list: &[NamedExpression]| -> Vec<String> {
        list.iter().map(|it| it.name.clone()).collect()
    };
    let (mut shown, mut are_events) = (Vec::new(), true);
    for command in &query.commands {
        match command {
            QueryCommand::Fields(list) => shown.extend(names(list)),
            QueryCommand::Display(list) => shown = names(list),
            QueryCommand::Stats(stats) => {
                shown = names(&stats.by);
                shown.extend(names(&stats.items));
                are_events = false;
            }
            _ => {}
        }
    }
    if shown.is_empty() {
        shown = vec!["@timestamp".to_owned(), "@message".to_owned()];
    }
    if are_events {
        shown.push("@ptr".to_owned());
    }
    shown
}

/// One row through commands that look at one row only; none when a filter keeps it back.
fn through(commands: &[QueryCommand], mut row: ResultRow) -> Option<ResultRow> {
    for command in commands {
        match command {
            QueryCommand::Fields(list) | QueryCommand::Display(list) => compute(list, &mut row),
            QueryCommand::Filter(condition) if !condition.is_true(&row, &[]) => return None,
            QueryCommand::Parse(source, extraction) => {
                let text = source.value(&row, &[]).map(|value| value.to_string());
                for (name, value) in extraction.of(text.as_deref().unwrap_or_default()) {
                    row.set(name, Some(value));
                }
            }
            _ => {}
        }
    }
    Some(row)
}

fn compute(list: &[NamedExpression], row: &mut ResultRow) {
    for NamedExpression { name, expression } in list {
        if !matches!(expression, Expression::Field(field) if field == name) {
            let value = expression.value(row, &[]);
            row.set(name, value);
        }
    }
}

/// All rows through one command.
fn together(command: &QueryCommand, mut rows: Vec<ResultRow>) -> Vec<ResultRow> {
    match command {
        QueryCommand::Stats(stats) => {
            let mut groups = Groups::new(stats);
            for row in &rows {
                groups.take(row);
            }
            groups.rows()
        }
        QueryCommand::Sort(keys) => {
            rows.sort_by(|left, right| super::sink::by_keys(keys, left, right));
            rows
        }
        QueryCommand::Limit(limit) => {
            rows.truncate(*limit as usize);
            rows
        }
        QueryCommand::Dedup(list) => {
            let mut seen = std::collections::HashSet::new();
            rows.retain(|row| {
                let key = |it: &Expression| {
                    it.value(row, &[])
                        .map(|value: QueryValue| value.to_string())
                };
                seen.insert(list.iter().map(key).collect::<Vec<_>>())
            });
            rows
        }
        single => {
            let one = std::slice::from_ref(single);
            rows.into_iter()
                .filter_map(|row| through(one, row))
                .collect()
        }
    }
}
