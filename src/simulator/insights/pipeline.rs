//! Runs a query: rows go in one by one, results come out at any time.

use super::expression::Expression;
use super::query::{Command, Named, Query};
use super::read::MOST_ROWS;
use super::row::Row;
use super::sink::{Groups, Rows};
use super::value::Value;

/// Rows kept when commands after the first collecting one need more than the result has.
const MOST_KEPT: usize = 100_000;

/// A query under way.
#[derive(Debug)]
pub(super) struct Pipeline {
    /// What is done to each row as it comes.
    before: Vec<Command>,
    sink: Sink,
    /// What is done to all rows together.
    after: Vec<Command>,
    /// The columns of the result.
    shown: Vec<String>,
    limit: usize,
    /// Rows that passed the filters.
    matched: u64,
}

#[derive(Debug)]
enum Sink {
    Groups(Groups),
    Rows(Rows),
}

impl Pipeline {
    /// A query that gives at most `limit` rows.
    pub(super) fn new(query: &Query, limit: usize) -> Self {
        let collects = |command: &Command| {
            matches!(
                command,
                Command::Stats(_) | Command::Sort(_) | Command::Limit(_) | Command::Dedup(_)
            )
        };
        let commands = &query.commands;
        let first = commands.iter().position(collects).unwrap_or(commands.len());
        let (before, after) = commands.split_at_checked(first).unwrap_or_default();
        let (sink, after) = match after.split_first() {
            Some((Command::Stats(stats), after)) => (Sink::Groups(Groups::new(stats)), after),
            Some((Command::Sort(keys), _)) => (Sink::Rows(Rows::new(keys, kept(after))), after),
            _ => (Sink::Rows(Rows::new(&[], kept(after))), after),
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
    pub(super) fn take(&mut self, row: Row) {
        let Some(row) = through(&self.before, row) else {
            return;
        };
        self.matched += 1;
        match &mut self.sink {
            Sink::Groups(groups) => groups.take(&row),
            Sink::Rows(rows) => rows.take(row),
        }
    }

    /// Rows that passed the filters so far.
    pub(super) const fn matched(&self) -> u64 {
        self.matched
    }

    /// The result so far: rows of named texts.
    pub(super) fn results(&self) -> Vec<Vec<(String, String)>> {
        let mut rows = match &self.sink {
            Sink::Groups(groups) => groups.rows(),
            Sink::Rows(rows) => rows.newest_first(),
        };
        for command in &self.after {
            rows = together(command, rows);
        }
        rows.truncate(self.limit);
        rows.iter().map(|row| row.shown(&self.shown)).collect()
    }
}

/// How many rows must be kept for these commands.
fn kept(after: &[Command]) -> usize {
    let simple = |command: &Command| matches!(command, Command::Sort(_) | Command::Limit(_));
    match after {
        [] => MOST_ROWS as usize,
        [first, rest @ ..]
            if simple(first) && !rest.iter().any(|it| matches!(it, Command::Sort(_))) =>
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
    let names = |list: &[Named]| -> Vec<String> { list.iter().map(|it| it.name.clone()).collect() };
    let (mut shown, mut are_events) = (Vec::new(), true);
    for command in &query.commands {
        match command {
            Command::Fields(list) => shown.extend(names(list)),
            Command::Display(list) => shown = names(list),
            Command::Stats(stats) => {
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
fn through(commands: &[Command], mut row: Row) -> Option<Row> {
    for command in commands {
        match command {
            Command::Fields(list) | Command::Display(list) => compute(list, &mut row),
            Command::Filter(condition) if !condition.is_true(&row, &[]) => return None,
            Command::Parse(source, extraction) => {
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

fn compute(list: &[Named], row: &mut Row) {
    for Named { name, expression } in list {
        if !matches!(expression, Expression::Field(field) if field == name) {
            let value = expression.value(row, &[]);
            row.set(name, value);
        }
    }
}

/// All rows through one command.
fn together(command: &Command, mut rows: Vec<Row>) -> Vec<Row> {
    match command {
        Command::Stats(stats) => {
            let mut groups = Groups::new(stats);
            for row in &rows {
                groups.take(row);
            }
            groups.rows()
        }
        Command::Sort(keys) => {
            rows.sort_by(|left, right| super::sink::by_keys(keys, left, right));
            rows
        }
        Command::Limit(limit) => {
            rows.truncate(*limit as usize);
            rows
        }
        Command::Dedup(list) => {
            let mut seen = std::collections::HashSet::new();
            rows.retain(|row| {
                let key =
                    |it: &Expression| it.value(row, &[]).map(|value: Value| value.to_string());
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
