//! Expressions: fields, constants, operators and functions, and their value for a row.

use std::cmp::Ordering;

use regex::Regex;

use super::functions::InsightsFunction;
use super::row::ResultRow;
use super::value::QueryValue;

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Expression {
    Field(String),
    Constant(QueryValue),
    /// The result of the aggregate with this number in a `stats` command.
    Aggregate(usize),
    Calculate(Box<Self>, ArithmeticOperator, Box<Self>),
    Compare(Box<Self>, ComparisonOperator, Box<Self>),
    Like(Box<Self>, Likeness),
    In(Box<Self>, Vec<Self>),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Call(InsightsFunction, Vec<Self>),
    /// A time rounded to a multiple of so many milliseconds.
    Round(Box<Self>, Rounding, i64),
}

/// Which way a time is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    Down,
    Up,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArithmeticOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ComparisonOperator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The right side of `like`.
#[derive(Debug, Clone)]
pub(super) enum Likeness {
    Text(String),
    Pattern(Regex),
}

impl Expression {
    /// The value for a row, with the results of the aggregates; none when a field it needs is missing.
    pub(super) fn value(
        &self,
        row: &ResultRow,
        aggregates: &[Option<QueryValue>],
    ) -> Option<QueryValue> {
        let of = |expression: &Self| expression.value(row, aggregates);
        let is_true = |expression: &Self| expression.is_true(row, aggregates);
        let truth = |truth: bool| Some(QueryValue::of_truth(truth));
        match self {
            Self::Field(name) => row.get(name).cloned(),
            Self::Constant(value) => Some(value.clone()),
            Self::Aggregate(at) => aggregates.get(*at).cloned().flatten(),
            Self::Calculate(left, operation, right) => {
                let number = operation.of(of(left)?.number()?, of(right)?.number()?);
                number.is_finite().then_some(QueryValue::Number(number))
            }
            Self::Compare(left, comparison, right) => {
                truth(comparison.holds(of(left).as_ref(), of(right).as_ref()))
            }
            Self::Like(left, likeness) => {
                let text = of(left).map(|value| value.to_string());
                truth(text.is_some_and(|text| likeness.holds(&text)))
            }
            Self::In(left, list) => {
                let left = of(left);
                let among =
                    |item: &Self| ComparisonOperator::Equal.holds(left.as_ref(), of(item).as_ref());
                truth(list.iter().any(among))
            }
            Self::Not(inner) => truth(!is_true(inner)),
            Self::And(left, right) => truth(is_true(left) && is_true(right)),
            Self::Or(left, right) => truth(is_true(left) || is_true(right)),
            Self::Call(function, arguments) => {
                let arguments: Vec<Option<QueryValue>> = arguments.iter().map(of).collect();
                function.of(&arguments)
            }
            Self::Round(time, rounding, length) => rounding.of(&of(time)?, *length),
        }
    }

    /// Whether a row passes.
    pub(super) fn is_true(&self, row: &ResultRow, aggregates: &[Option<QueryValue>]) -> bool {
        self.value(row, aggregates)
            .is_some_and(|value| value.is_true())
    }
}

impl Rounding {
    /// A time, or Unix milliseconds as a number, rounded to a multiple of this length in milliseconds.
    fn of(self, time: &QueryValue, length: i64) -> Option<QueryValue> {
        let time = time.milliseconds()?;
        let below = time.div_euclid(length) * length;
        let is_up = self == Self::Up && below != time;
        Some(QueryValue::Time(below + if is_up { length } else { 0 }))
    }
}

impl ArithmeticOperator {
    fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Remainder => left % right,
            Self::Power => left.powf(right),
        }
    }
}

impl ComparisonOperator {
    /// A value that is missing is equal to nothing, and so unequal to everything.
    fn holds(self, left: Option<&QueryValue>, right: Option<&QueryValue>) -> bool {
        let (Some(left), Some(right)) = (left, right) else {
            return self == Self::NotEqual && left != right;
        };
        let ordering = left.order(right);
        match self {
            Self::Equal => ordering == Ordering::Equal,
            Self::NotEqual => ordering != Ordering::Equal,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Likeness {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Text(part) => text.contains(part.as_str()),
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}
