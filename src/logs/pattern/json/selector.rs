//! Which field of a JSON event: `$.a.b`, `$.list[0].id`, `$.a["b.c"]`, `$.['b.c']`.

use serde_json::Value;

use super::super::PatternError;
use super::super::cursor::PatternCursor;

/// The way to a field, from the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selector(Vec<SelectorStep>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum SelectorStep {
    Key(Box<str>),
    Index(usize),
}

impl Selector {
    pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Self, PatternError> {
        let column = cursor.column();
        if !cursor.take("$") {
            return cursor.fail("a field is missing here; write one such as $.level");
        }
        let mut steps = Vec::new();
        loop {
            let dotted = cursor.take(".");
            if cursor.starts_with("[") {
                cursor.next();
                steps.push(bracketed(cursor)?);
            } else if dotted {
                steps.push(SelectorStep::Key(key(cursor)?));
            } else {
                break;
            }
        }
        if steps.is_empty() {
            return Err(PatternError::new(
                column,
                "'$' alone is no field; write one such as $.level",
            ));
        }
        Ok(Self(steps))
    }

    /// The value in an event; `None` when there is no such field.
    pub(super) fn of<'a>(&self, event: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(event, |value, step| match step {
            SelectorStep::Key(key) => value.as_object()?.get(&**key),
            SelectorStep::Index(index) => value.as_array()?.get(*index),
        })
    }
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

/// Reads `0]`, `"key"]` or `'key']`; the bracket before it is taken already.
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
        _ => {
            let digits = cursor.take_while(|next, _| next.is_ascii_digit());
            let index = digits.parse().map_err(|_not_a_number| {
                PatternError::new(
                    column,
                    "an index is missing here; write a number from 0, or a name in quotes",
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
