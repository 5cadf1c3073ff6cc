//! Expressions: fields, constants, operators and functions, and their value for a row.

use std::cmp::Ordering;

use regex::Regex;

use super::functions::Function;
use super::row::Row;
use super::value::Value;

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Expression {
    Field(String),
    Constant(Value),
    /// The result of the aggregate with this number in a `stats` command.
    Aggregate(usize),
    Calculate(Box<Self>, Operation, Box<Self>),
    Compare(Box<Self>, Comparison, Box<Self>),
    Like(Box<Self>, Likeness),
    In(Box<Self>, Vec<Self>),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Call(Function, Vec<Self>),
    /// The time rounded down to a multiple of so many milliseconds.
    Bin(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
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
    pub(super) fn value(&self, row: &Row, aggregates: &[Option<Value>]) -> Option<Value> {
        let of = |expression: &Self| expression.value(row, aggregates);
        match self {
            Self::Field(name) => row.get(name).cloned(),
            Self::Constant(value) => Some(value.clone()),
            Self::Aggregate(at) => aggregates.get(*at).cloned().flatten(),
            Self::Calculate(left, operation, right) => {
                let number = operation.of(of(left)?.number()?, of(right)?.number()?);
                number.is_finite().then_some(Value::Number(number))
            }
            Self::Compare(left, comparison, right) => Some(Value::of_truth(
                comparison.holds(of(left).as_ref(), of(right).as_ref()),
            )),
            Self::Like(left, likeness) => {
                let text = of(left).map(|value| value.to_string());
                Some(Value::of_truth(
                    text.is_some_and(|text| likeness.holds(&text)),
                ))
            }
            Self::In(left, list) => {
                let left = of(left);
                let among = |item: &Self| Comparison::Equal.holds(left.as_ref(), of(item).as_ref());
                Some(Value::of_truth(list.iter().any(among)))
            }
            Self::Not(inner) => Some(Value::of_truth(!inner.is_true(row, aggregates))),
            Self::And(left, right) => Some(Value::of_truth(
                left.is_true(row, aggregates) && right.is_true(row, aggregates),
            )),
            Self::Or(left, right) => Some(Value::of_truth(
                left.is_true(row, aggregates) || right.is_true(row, aggregates),
            )),
            Self::Call(function, arguments) => {
                let arguments: Vec<Option<Value>> = arguments.iter().map(of).collect();
                function.of(&arguments)
            }
            Self::Bin(length) => match row.get("@timestamp") {
                Some(Value::Time(time)) => Some(Value::Time(time.div_euclid(*length) * length)),
                _ => None,
            },
        }
    }

    /// Whether a row passes.
    pub(super) fn is_true(&self, row: &Row, aggregates: &[Option<Value>]) -> bool {
        self.value(row, aggregates)
            .is_some_and(|value| value.is_true())
    }
}

impl Operation {
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

impl Comparison {
    /// A value that is missing is equal to nothing, and so unequal to everything.
    fn holds(self, left: Option<&Value>, right: Option<&Value>) -> bool {
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
