//! Space-delimited patterns: `[ip, user, status = 4*, bytes > 1000, ...]`.
//!
//! Fields are separated by spaces; what is in double quotes or brackets is one field, without them. `...` stands for
//! any number of fields; without it the last name takes what is left of the line.

mod split;

use super::PatternError;
use super::comparison::Comparison;
use super::condition::PatternCondition;
use super::cursor::PatternCursor;
use split::ColumnField;

/// Conditions by position.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// Columns from the start of the line.
    head: Vec<Column>,
    /// Columns up to the end of the line, after `...`.
    tail: Option<Vec<Column>>,
}

/// A column; without a condition it only has to be there.
type Column = Option<PatternCondition<Comparison>>;

impl Columns {
    /// Reads `[ … ]` and what may follow: nothing.
    pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Self, PatternError> {
        cursor.next();
        let mut columns = Self::default();
        loop {
            cursor.skip_spaces();
            columns.add(cursor)?;
            cursor.skip_spaces();
            if cursor.take("]") {
                break;
            }
            if !cursor.take(",") {
                return cursor.fail("a ',' or ']' is missing here; separate fields with ',' and conditions with '&&' or '||'");
            }
        }
        cursor.skip_spaces();
        if cursor.peek().is_some() {
            return cursor.fail("nothing may follow the closing ']'; remove it");
        }
        Ok(columns)
    }

    fn add(&mut self, cursor: &mut PatternCursor<'_>) -> Result<(), PatternError> {
        if cursor.starts_with("...") {
            if self.tail.is_some() {
                return cursor.fail("'...' may stand only once in a pattern; remove this one");
            }
            cursor.take("...");
            self.tail = Some(Vec::new());
            return Ok(());
        }
        let column = column(cursor)?;
        self.tail.as_mut().unwrap_or(&mut self.head).push(column);
        Ok(())
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let Some(tail) = &self.tail else {
            return self.matches_whole(message);
        };
        let fields: Vec<ColumnField<'_>> = split::fields(message).collect();
        let Some(after) = fields.len().checked_sub(tail.len()) else {
            return false;
        };
        after >= self.head.len()
            && fits(&self.head, fields.iter())
            && fits(tail, fields.iter().skip(after))
    }

    /// Without `...`: one field for each column, and the rest of the line for the last one.
    fn matches_whole(&self, message: &str) -> bool {
        let Some((last, before)) = self.head.split_last() else {
            return false;
        };
        let mut fields = split::fields(message);
        let first: Vec<ColumnField<'_>> = fields.by_ref().take(before.len()).collect();
        if first.len() < before.len() {
            return false;
        }
        fields.remainder().is_some_and(|rest| {
            fits(before, first.iter()) && fits(std::slice::from_ref(last), std::iter::once(&rest))
        })
    }
}

fn fits<'f>(columns: &[Column], mut fields: impl Iterator<Item = &'f ColumnField<'f>>) -> bool {
    columns.iter().all(|column| {
        let field = fields.next();
        match (column, field) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(condition), Some(field)) => {
                condition.holds(&|comparison| comparison.holds_for_text(field.0, true))
            }
        }
    })
}

/// Reads a name with or without conditions on it; every condition repeats the name.
fn column(cursor: &mut PatternCursor<'_>) -> Result<Column, PatternError> {
    let mut ahead = cursor.clone();
    let alone = !cursor.starts_with("(") && {
        name(&mut ahead)?;
        ahead.skip_spaces();
        matches!(ahead.peek(), Some(',' | ']') | None)
    };
    if alone {
        *cursor = ahead;
        return Ok(None);
    }
    let mut first = None;
    PatternCondition::parse(cursor, &mut |cursor| named_comparison(cursor, &mut first)).map(Some)
}

fn named_comparison<'a>(
    cursor: &mut PatternCursor<'a>,
    first: &mut Option<&'a str>,
) -> Result<Comparison, PatternError> {
    let start = cursor.column();
    let name = name(cursor)?;
    let wanted = *first.get_or_insert(name);
    if name != wanted {
        return Err(PatternError::new(
            start,
            format!("this condition is about '{name}'; in this place it must be about '{wanted}'"),
        ));
    }
    Comparison::parse(cursor, ",]")
}

fn name<'a>(cursor: &mut PatternCursor<'a>) -> Result<&'a str, PatternError> {
    let name = cursor.take_while(|next, _| {
        next.is_alphanumeric() || matches!(next, '_' | '-' | '.' | '$' | '@' | ':' | '/' | '#')
    });
    if name.is_empty() {
        return cursor
            .fail("a field name is missing here; name every field, or write '...' for several");
    }
    Ok(name)
}
