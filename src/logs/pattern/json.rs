//! JSON patterns: `{ $.level = "ERROR" && $.ms > 10 }`.
//!
//! A message that is no JSON never matches. Neither does a condition on a field that is not there, except
//! `NOT EXISTS`. A wildcard stands for several values: one of them is enough.

mod selector;

use serde_json::Value;

use super::PatternError;
use super::comparison::Comparison;
use super::condition::PatternCondition;
use super::cursor::PatternCursor;
use selector::Selector;

/// A condition on a whole JSON event.
#[derive(Debug, Clone)]
pub(super) struct JsonCondition(PatternCondition<FieldCondition>);

/// A condition on one field.
#[derive(Debug, Clone)]
struct FieldCondition {
    selector: Selector,
    test: JsonTest,
}

#[derive(Debug, Clone)]
enum JsonTest {
    Compares(Comparison),
    IsNull,
    IsBool(bool),
    NotExists,
}

impl JsonCondition {
    /// Reads `{ … }` and what may follow: nothing.
    pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Self, PatternError> {
        cursor.next();
        let condition = PatternCondition::parse(cursor, &mut field_condition)?;
        cursor.skip_spaces();
        if !cursor.take("}") {
            return cursor
                .fail("a '}' is missing here; close the pattern, or join with '&&' or '||'");
        }
        cursor.skip_spaces();
        if cursor.peek().is_some() {
            return cursor.fail("nothing may follow the closing '}'; remove it");
        }
        Ok(Self(condition))
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        // Most lines that are no JSON are told by their first character.
        if !message.trim_start().starts_with(['{', '[']) {
            return false;
        }
        let Ok(event) = serde_json::from_str::<Value>(message) else {
            return false;
        };
        self.0.holds(&|condition| condition.holds(&event))
    }
}

impl FieldCondition {
    fn holds(&self, event: &Value) -> bool {
        let values = self.selector.values(event);
        match &self.test {
            JsonTest::NotExists => values.is_empty(),
            test => values.into_iter().any(|value| test.holds(value)),
        }
    }
}

impl JsonTest {
    /// Whether it holds for a value that is there.
    fn holds(&self, value: &Value) -> bool {
        match self {
            Self::NotExists => false,
            Self::IsNull => value.is_null(),
            Self::IsBool(wanted) => value.as_bool() == Some(*wanted),
            Self::Compares(comparison) => compares(comparison, value),
        }
    }
}

fn compares(comparison: &Comparison, value: &Value) -> bool {
    match value {
        _ if comparison.is_presence() => true,
        Value::String(text) => comparison.holds_for_text(text, false),
        Value::Number(number) => number
            .as_f64()
            .is_some_and(|left| comparison.holds_for_number(left, &number.to_string())),
        Value::Bool(truth) => {
            comparison.holds_for_text(if *truth { "true" } else { "false" }, false)
        }
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

fn field_condition(cursor: &mut PatternCursor<'_>) -> Result<FieldCondition, PatternError> {
    let selector = Selector::parse(cursor)?;
    cursor.skip_spaces();
    let test = if cursor.take_word("IS") {
        cursor.skip_spaces();
        state(cursor)?
    } else if cursor.take_word("NOT") {
        cursor.skip_spaces();
        if !cursor.take_word("EXISTS") {
            return cursor.fail("only EXISTS can follow NOT; write NOT EXISTS");
        }
        JsonTest::NotExists
    } else {
        JsonTest::Compares(Comparison::parse(cursor, "}")?)
    };
    Ok(FieldCondition { selector, test })
}

fn state(cursor: &mut PatternCursor<'_>) -> Result<JsonTest, PatternError> {
    if cursor.take_word("NULL") {
        Ok(JsonTest::IsNull)
    } else if cursor.take_word("TRUE") {
        Ok(JsonTest::IsBool(true))
    } else if cursor.take_word("FALSE") {
        Ok(JsonTest::IsBool(false))
    } else {
        cursor.fail("only NULL, TRUE or FALSE can follow IS; write one of them")
    }
}
