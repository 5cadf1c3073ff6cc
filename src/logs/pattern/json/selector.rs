//! Which fields of a JSON event: `$.a.b`, `$.list[0].id`, `$.a["b.c"]`, `$.['b.c']`, and with one wildcard `$.list[*].id`
//! and `$.a.*`.

use serde_json::Value;

use super::super::PatternError;
use super::super::cursor::PatternCursor;

/// The most wildcards in one pattern; a selector takes one.
const MAX_WILDCARDS: usize = 3;

/// The way to a field, from the root; with a wildcard to several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selector(Vec<SelectorStep>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum SelectorStep {
    Key(Box<str>),
    Index(usize),
    /// `.*`: every field of an object.
    EachKey,
    /// `[*]`: every element of an array.
    EachIndex,
}

impl Selector {
    pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Self, PatternError> {
        let column = cursor.column();
        if !cursor.take("$") {
            return cursor.fail("a field is missing here; write one such as $.level");
        }
        let mut steps = Vec::new();
        loop {
            let start = cursor.column();
            let step = if cursor.take("[") || cursor.take(".[") {
                bracketed(cursor)?
            } else if cursor.take(".*") {
                SelectorStep::EachKey
            } else if cursor.take(".") {
                SelectorStep::Key(key(cursor)?)
            } else {
                break;
            };
            if step.is_wildcard() {
                count_wildcard(cursor, &steps, start)?;
            }
            steps.push(step);
        }
        if steps.is_empty() {
            return Err(PatternError::new(
                column,
                "'$' alone is no field; write one such as $.level",
            ));
        }
        Ok(Self(steps))
    }

    /// The values in an event, in its order; empty when there is no such field.
    pub(super) fn values<'a>(&self, event: &'a Value) -> Vec<&'a Value> {
        self.0.iter().fold(vec![event], |values, step| {
            let inner = values.into_iter().map(|value| step.of(value));
            inner.flatten().collect()
        })
    }
}

impl SelectorStep {
    const fn is_wildcard(&self) -> bool {
        matches!(self, Self::EachKey | Self::EachIndex)
    }

    fn of<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match (self, value) {
            (Self::Key(key), Value::Object(fields)) => fields.get(&**key).into_iter().collect(),
            (Self::Index(index), Value::Array(items)) => items.get(*index).into_iter().collect(),
            (Self::EachKey, Value::Object(fields)) => fields.values().collect(),
            (Self::EachIndex, Value::Array(items)) => items.iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// Refuses a second wildcard in a selector, and a fourth in a pattern.
fn count_wildcard(
    cursor: &mut PatternCursor<'_>,
    steps: &[SelectorStep],
    start: usize,
) -> Result<(), PatternError> {
    if steps.iter().any(SelectorStep::is_wildcard) {
        return Err(PatternError::new(
            start,
            "a field takes one wildcard; write an index or a name here",
        ));
    }
    if cursor.count_wildcard() > MAX_WILDCARDS {
        return Err(PatternError::new(
            start,
            format!("a pattern takes at most {MAX_WILDCARDS} wildcards; leave this one out"),
        ));
    }
    Ok(())
}

fn key(cursor: &mut PatternCursor<'_>) -> Result<Box<str>, PatternError> {
    let key = cursor.take_while(|next, _| {
        next.is_alphanumeric() || matches!(next, '_' | '-' | '@' | ':' | '/' | '#' | '$')
    });
    if key.is_empty() {
        return cursor.fail("a field name is missing here; names with other characters than letters and digits are written $.[\"…\"]");
    }
    Ok(key.into())
}

/// Reads `0]`, `*]`, `"key"]` or `'key']`; the bracket before it is taken already.
fn bracketed(cursor: &mut PatternCursor<'_>) -> Result<SelectorStep, PatternError> {
    cursor.skip_spaces();
    let column = cursor.column();
    let step = match cursor.peek() {
        Some('"') => SelectorStep::Key(cursor.quoted("")?.into_boxed_str()),
        Some('\'') => {
            cursor.next();
            let key = cursor.take_while(|next, _| next != '\'');
            if !cursor.take("'") {
                return Err(PatternError::new(
                    column,
                    "the quote that opens here is never closed; add \"'\" at its end",
                ));
            }
            SelectorStep::Key(key.into())
        }
        Some('*') => {
            cursor.next();
            SelectorStep::EachIndex
        }
        _ => {
            let digits = cursor.take_while(|next, _| next.is_ascii_digit());
            let index = digits.parse().map_err(|_not_a_number| {
                PatternError::new(
                    column,
                    "an index is missing here; write a number from 0, '*', or a name in quotes",
                )
            })?;
            SelectorStep::Index(index)
        }
    };
    cursor.skip_spaces();
    if !cursor.take("]") {
        return cursor.fail("a ']' is missing here; close the bracket");
    }
    Ok(step)
}
