//! `CloudWatch` Logs filter patterns: what `FilterLogEvents` and `StartLiveTail` accept, checked and matched here.
//!
//! Matching takes time linear in the message: text is searched, never backtracked, and regular expressions run on an
//! automaton. Everything is case-sensitive, as in `CloudWatch` Logs. Source of the rules: "Filter pattern syntax for
//! metric filters, subscription filters, filter log events, and Live Tail" of the `CloudWatch` Logs user guide.

mod columns;
mod comparison;
mod condition;
mod cursor;
mod error;
mod expression;
mod json;
mod terms;

pub use error::PatternError;

use columns::Columns;
use cursor::PatternCursor;
use json::JsonCondition;
use terms::Terms;

/// The longest pattern the service takes, in characters.
pub const MAX_CHARACTERS: usize = 1024;

/// A pattern that was found right.
#[derive(Debug, Clone)]
pub struct FilterPattern {
    kind: PatternKind,
}

/// The three kinds of pattern and the empty one.
#[derive(Debug, Clone)]
enum PatternKind {
    /// No condition: every event matches.
    Everything,
    /// Words, phrases and regular expressions anywhere in the event.
    Terms(Terms),
    /// `{ … }`: conditions on the fields of a JSON event.
    Json(JsonCondition),
    /// `[ … ]`: conditions on fields separated by spaces.
    Columns(Columns),
}

impl FilterPattern {
    /// Reads a pattern; an empty one matches everything.
    ///
    /// # Errors
    /// When the pattern breaks a rule of the user guide: the error names the column and what to do.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        let length = pattern.chars().count();
        if length > MAX_CHARACTERS {
            return Err(PatternError::new(
                MAX_CHARACTERS + 1,
                format!("it has {length} characters; shorten it to {MAX_CHARACTERS}"),
            ));
        }
        let mut cursor = PatternCursor::new(pattern);
        cursor.skip_spaces();
        let kind = match cursor.peek() {
            None => PatternKind::Everything,
            Some('{') => PatternKind::Json(JsonCondition::parse(&mut cursor)?),
            Some('[') => PatternKind::Columns(Columns::parse(&mut cursor)?),
            Some(_) => PatternKind::Terms(Terms::parse(&mut cursor)?),
        };
        Ok(Self { kind })
    }

    /// Whether an event with this message is let through.
    #[must_use]
    pub fn matches(&self, message: &str) -> bool {
        match &self.kind {
            PatternKind::Everything => true,
            PatternKind::Terms(terms) => terms.matches(message),
            PatternKind::Json(condition) => condition.matches(message),
            PatternKind::Columns(columns) => columns.matches(message),
        }
    }

    /// Whether the pattern has `?terms` beside other terms: the service ignores the `?terms` then.
    #[must_use]
    pub const fn ignores_optional_terms(&self) -> bool {
        matches!(&self.kind, PatternKind::Terms(terms) if terms.ignores_optional())
    }
}

#[cfg(test)]
mod tests;
