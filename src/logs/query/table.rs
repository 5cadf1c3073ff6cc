//! An answer as a table: its columns in the order of the query, what kind of values each holds, and its rows.

use std::collections::HashMap;

use super::place::answer_time;
use super::{AnswerFields, LogPlace};
use crate::text::{neutralise, width};

/// The column that points to the record of a row. It is no value of the user's.
const POINTER: &str = "@ptr";
/// Characters of a value that count for the width of its column.
const MEASURED: usize = 120;

/// The rows of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerTable {
    columns: Vec<AnswerColumn>,
    rows: Vec<AnswerRow>,
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerColumn {
    /// Its name, as the query has it.
    pub name: String,
    /// What its values are.
    pub kind: ValueKind,
    /// Columns of the screen its name and its widest value take; of long values only the beginning is measured.
    pub width: usize,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Times in UTC, such as `2026-01-31 08:00:00.000`.
    Time,
}

/// A row: a value for each column, where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AnswerRow {
    cells: Vec<Option<String>>,
    pointer: Option<String>,
}

impl AnswerTable {
    /// The table of these rows.
    #[must_use]
    pub fn of(rows: Vec<AnswerFields>) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut table = Self::default();
        for fields in rows {
            let mut row = AnswerRow {
                cells: Vec::with_capacity(names.len()),
                pointer: None,
            };
            for (name, value) in fields {
                if name == POINTER {
                    row.pointer = Some(value);
                    continue;
                }
                let place = *places.entry(name).or_insert_with_key(|name| {
                    names.push(name.clone());
                    names.len() - 1
                });
                if row.cells.len() <= place {
                    row.cells.resize(place + 1, None);
                }
                if let Some(cell) = row.cells.get_mut(place) {
                    *cell = Some(value);
                }
            }
            table.rows.push(row);
        }
        let columns = names.into_iter().enumerate();
        table.columns = columns.map(|(at, name)| table.column(at, name)).collect();
        table
    }

    fn column(&self, at: usize, name: String) -> AnswerColumn {
        let values = || (0..self.count()).filter_map(|row| self.cell(row, at));
        let is_all = |test: fn(&str) -> bool| {
            let mut values = values().filter(|value| !value.is_empty()).peekable();
            values.peek().is_some() && values.all(test)
        };
        let kind = match () {
            () if is_all(|value| number(value).is_some()) => ValueKind::Number,
            () if is_all(|value| value.contains(':') && answer_time(value).is_some()) => {
                ValueKind::Time
            }
            () => ValueKind::Text,
        };
        let widest = values().map(measured).max().unwrap_or_default();
        AnswerColumn {
            width: measured(&name).max(widest),
            name,
            kind,
        }
    }

    /// The columns, in the order of the query.
    #[must_use]
    pub fn columns(&self) -> &[AnswerColumn] {
        &self.columns
    }

    /// How many rows there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.rows.len()
    }

    /// The value in a row and a column, as it came.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.rows.get(row)?.cells.get(column)?.as_deref()
    }

    /// The number in a row and a column.
    #[must_use]
    pub fn number(&self, row: usize, column: usize) -> Option<f64> {
        number(self.cell(row, column)?)
    }

    /// The time in a row and a column, in Unix milliseconds.
    #[must_use]
    pub fn time_ms(&self, row: usize, column: usize) -> Option<i64> {
        answer_time(self.cell(row, column)?)
    }

    /// The value of a row by the name of its column.
    #[must_use]
    pub fn field(&self, row: usize, name: &str) -> Option<&str> {
        let column = self.columns.iter().position(|it| it.name == name)?;
        self.cell(row, column)
    }

    /// What points to the record of a row; a row that is no single event has none.
    #[must_use]
    pub fn pointer(&self, row: usize) -> Option<&str> {
        self.rows.get(row)?.pointer.as_deref()
    }

    /// Where the event of a row stands, when its columns tell that.
    #[must_use]
    pub fn place(&self, row: usize, asked: &[String]) -> Option<LogPlace> {
        LogPlace::of(|name| self.field(row, name), asked)
    }

    /// The values of a row with the names of their columns; those that are missing are left out.
    pub fn fields(&self, row: usize) -> impl Iterator<Item = (&str, &str)> {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(move |(at, column)| Some((&*column.name, self.cell(row, at)?)))
    }

    /// Sorts rows by a column: numbers by their size, all else by its characters. Those without a value are last either
    /// way, and equal ones stay as they were.
    pub fn sort(&self, rows: &mut [usize], column: usize, largest_first: bool) {
        let is_number = |it: &AnswerColumn| it.kind == ValueKind::Number;
        let are_numbers = self.columns.get(column).is_some_and(is_number);
        // A number is read once, not each time it is compared.
        let key = |row: &usize| {
            let value = self.cell(*row, column);
            let read = value.filter(|_| are_numbers).and_then(number);
            (value, read.unwrap_or(f64::NEG_INFINITY), *row)
        };
        let mut keys: Vec<_> = rows.iter().map(key).collect();
        keys.sort_by(|left, right| {
            let ordering = if are_numbers {
                left.1.total_cmp(&right.1)
            } else {
                left.0.cmp(&right.0)
            };
            match (left.0, right.0) {
                (Some(_), Some(_)) if largest_first => ordering.reverse(),
                (Some(_), Some(_)) => ordering,
                (one, other) => one.is_none().cmp(&other.is_none()),
            }
        });
        for (row, key) in rows.iter_mut().zip(keys) {
            *row = key.2;
        }
    }
}

/// The columns of the screen that a value takes, of a long one its beginning.
fn measured(value: &str) -> usize {
    let end = value.char_indices().nth(MEASURED);
    let beginning = end.and_then(|(end, _)| value.get(..end)).unwrap_or(value);
    width(&neutralise(beginning))
}

/// Reads a number as Logs Insights writes them.
fn number(text: &str) -> Option<f64> {
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    let number: f64 = text.parse().ok().filter(|_| begins)?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A table of rows that are written `name=value name=value`.
    pub(in crate::logs::query) fn table(rows: &[&str]) -> AnswerTable {
        let pair = |word: &str| {
            let (name, value) = word.split_once('=').unwrap();
            (name.to_owned(), value.replace('_', " "))
        };
        let row = |row: &&str| row.split(' ').map(pair).collect();
        AnswerTable::of(rows.iter().map(row).collect())
    }

    #[test]
    fn columns_stand_in_the_order_of_the_query_and_a_row_may_lack_some() {
        let table = table(&["a=1 @ptr=p1", "a=2 b=x", "b=y c=2026-01-31_08:00:00.000"]);
        let columns = table.columns().iter();
        let columns: Vec<_> = columns.map(|it| (it.name.as_str(), it.kind)).collect();
        assert_eq!(
            columns,
            [
                ("a", ValueKind::Number),
                ("b", ValueKind::Text),
                ("c", ValueKind::Time)
            ]
        );
        assert_eq!(table.cell(0, 1), None);
        assert_eq!(table.cell(2, 1), Some("y"));
        assert_eq!((table.pointer(0), table.pointer(1)), (Some("p1"), None));
        assert_eq!(table.columns()[2].width, 23);
    }

    #[test]
    fn numbers_are_sorted_by_size_and_what_is_missing_is_last_either_way() {
        let table = table(&["n=10", "n=9", "m=x", "n=-2.5", "n=9", "m=y"]);
        let sorted = |column, largest_first| {
            let mut rows: Vec<usize> = (0..6).collect();
            table.sort(&mut rows, column, largest_first);
            rows
        };
        assert_eq!(sorted(0, false), [3, 1, 4, 0, 2, 5]);
        assert_eq!(sorted(0, true), [0, 1, 4, 3, 2, 5]);
        assert_eq!(sorted(1, false), [2, 5, 0, 1, 3, 4]);
        assert_eq!(sorted(1, true), [5, 2, 0, 1, 3, 4]);
    }

    #[test]
    fn words_that_only_look_like_numbers_are_texts() {
        for value in ["NaN", "inf", "infinity", "1,5", "12ab", "1.2.3"] {
            let table = table(&[&format!("v={value}"), "v=1"]);
            assert_eq!(table.columns()[0].kind, ValueKind::Text, "{value}");
        }
    }

    #[test]
    fn an_answer_without_rows_has_no_columns() {
        let table = AnswerTable::of(Vec::new());
        assert_eq!((table.count(), table.columns().len()), (0, 0));
        assert_eq!(table.cell(0, 0), None);
    }
}
