//! One comparison with a constant: an operator and what stands to its right.

use std::cmp::Ordering;

use regex::Regex;

use super::PatternError;
use super::cursor::PatternCursor;
use super::expression;
use crate::logs::Glob;

/// A comparison, ready to be asked about values.
#[derive(Debug, Clone)]
pub(super) enum Comparison {
    /// `=` or `!=` with a text.
    Text { negated: bool, glob: Glob },
    /// `=` or `!=` with a regular expression.
    Expression { negated: bool, expression: Regex },
    /// Any operator with a number; the text it was written with decides about values that are texts.
    Number {
        operator: Operator,
        number: f64,
        written: Box<str>,
    },
}

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Longer ones first, so that `<=` is not read as `<`.
const OPERATORS: [(&str, Operator); 6] = [
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Comparison {
    /// Reads an operator and a value that ends before any of `stops`, `&&`, `||`, a space or a `)`.
    pub(super) fn parse(cursor: &mut PatternCursor<'_>, stops: &str) -> Result<Self, PatternError> {
        cursor.skip_spaces();
        let Some(operator) = operator(cursor) else {
            return cursor.fail("an operator is missing here; write one of = != < <= > >=");
        };
        cursor.skip_spaces();
        let column = cursor.column();
        let negated = operator == Operator::NotEqual;
        let exact = negated || operator == Operator::Equal;
        match cursor.peek() {
            Some('%') if exact => {
                let expression = expression::parse(cursor)?;
                return Ok(Self::Expression {
                    negated,
                    expression,
                });
            }
            Some('"') if exact => {
                let glob = Glob::parse(&cursor.quoted("*\\")?);
                return Ok(Self::Text { negated, glob });
            }
            _ => {}
        }
        Self::of_word(operator, word(cursor, stops), column)
    }

    /// A comparison with a value that is not in quotes.
    fn of_word(operator: Operator, word: &str, column: usize) -> Result<Self, PatternError> {
        let negated = operator == Operator::NotEqual;
        let exact = negated || operator == Operator::Equal;
        match (number(word), exact) {
            (Some(number), _) => Ok(Self::Number {
                operator,
                number,
                written: word.into(),
            }),
            (None, true) if !word.is_empty() => Ok(Self::Text {
                negated,
                glob: Glob::parse(word),
            }),
            (None, true) => Err(PatternError::new(
                column,
                "a value is missing here; write one",
            )),
            (None, false) => Err(PatternError::new(
                column,
                "only a number can be greater or less; write a number, or use = or !=",
            )),
        }
    }

    /// Whether a text compares so. `as_number` says whether a text that reads as a number counts as one.
    pub(super) fn holds_for_text(&self, text: &str, as_number: bool) -> bool {
        match self {
            Self::Text { negated, glob } => glob.matches(text) != *negated,
            Self::Expression {
                negated,
                expression,
            } => expression.is_match(text) != *negated,
            Self::Number {
                operator,
                number: right,
                written,
            } => match number(text).filter(|_| as_number) {
                Some(left) => operator.holds(left.partial_cmp(right)),
                None if *operator == Operator::Equal => text == &**written,
                None => *operator == Operator::NotEqual && text != &**written,
            },
        }
    }

    /// Whether a number compares so; `written` is how it stands in the event, for wildcards such as `4*`.
    pub(super) fn holds_for_number(&self, left: f64, written: &str) -> bool {
        match self {
            Self::Number {
                operator, number, ..
            } => operator.holds(left.partial_cmp(number)),
            _ => self.holds_for_text(written, true),
        }
    }

    /// Whether it asks for any value at all: `= *`.
    pub(super) fn is_presence(&self) -> bool {
        matches!(self, Self::Text { negated: false, glob } if glob.is_anything())
    }
}

impl Operator {
    fn holds(self, ordering: Option<Ordering>) -> bool {
        match self {
            Self::Equal => ordering == Some(Ordering::Equal),
            Self::NotEqual => ordering != Some(Ordering::Equal),
            Self::Less => ordering == Some(Ordering::Less),
            Self::LessOrEqual => ordering.is_some_and(Ordering::is_le),
            Self::Greater => ordering == Some(Ordering::Greater),
            Self::GreaterOrEqual => ordering.is_some_and(Ordering::is_ge),
        }
    }
}

fn operator(cursor: &mut PatternCursor<'_>) -> Option<Operator> {
    let taken = OPERATORS.iter().find(|(text, _)| cursor.take(text));
    taken.map(|&(_, operator)| operator)
}

fn word<'a>(cursor: &mut PatternCursor<'a>, stops: &str) -> &'a str {
    cursor.take_while(|next, rest| {
        let ends = next.is_whitespace() || next == ')' || next == '"' || stops.contains(next);
        !ends && !rest.starts_with("&&") && !rest.starts_with("||")
    })
}

/// Reads a decimal number, with an exponent or without; words such as `inf` are none.
fn number(text: &str) -> Option<f64> {
    let shaped = text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'));
    let number: f64 = text.parse().ok().filter(|_| shaped)?;
    number.is_finite().then_some(number)
}
