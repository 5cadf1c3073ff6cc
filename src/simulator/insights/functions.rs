//! The functions of expressions.

use super::value::Value;

/// A function by what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Abs,
    Ceil,
    Floor,
    Sqrt,
    Log,
    Greatest,
    Least,
    Coalesce,
    IsPresent,
    IsBlank,
    IsEmpty,
    Length,
    Upper,
    Lower,
    Trim,
    Concat,
    Contains,
    Substring,
    Replace,
    ToMillis,
    FromMillis,
}

/// The names and the least numbers of arguments.
const NAMES: [(&str, Function, usize); 22] = [
    ("abs", Function::Abs, 1),
    ("ceil", Function::Ceil, 1),
    ("floor", Function::Floor, 1),
    ("sqrt", Function::Sqrt, 1),
    ("log", Function::Log, 1),
    ("greatest", Function::Greatest, 1),
    ("least", Function::Least, 1),
    ("coalesce", Function::Coalesce, 1),
    ("ispresent", Function::IsPresent, 1),
    ("isblank", Function::IsBlank, 1),
    ("isempty", Function::IsEmpty, 1),
    ("strlen", Function::Length, 1),
    ("toupper", Function::Upper, 1),
    ("tolower", Function::Lower, 1),
    ("trim", Function::Trim, 1),
    ("concat", Function::Concat, 1),
    ("strcontains", Function::Contains, 2),
    ("substr", Function::Substring, 2),
    ("substring", Function::Substring, 2),
    ("replace", Function::Replace, 3),
    ("tomillis", Function::ToMillis, 1),
    ("frommillis", Function::FromMillis, 1),
];

impl Function {
    /// The function of this name, in either case, and its least number of arguments.
    pub(super) fn named(name: &str) -> Option<(Self, usize)> {
        let mut known = NAMES.iter();
        let found = known.find(|(known, ..)| known.eq_ignore_ascii_case(name));
        found.map(|&(_, function, least)| (function, least))
    }

    /// The value for these arguments; none when one it needs is missing.
    pub(super) fn of(self, arguments: &[Option<Value>]) -> Option<Value> {
        match self {
            Self::Abs => one(arguments, f64::abs),
            Self::Ceil => one(arguments, f64::ceil),
            Self::Floor => one(arguments, f64::floor),
            Self::Sqrt => one(arguments, f64::sqrt),
            Self::Log => one(arguments, f64::ln),
            Self::Greatest => present(arguments)
                .max_by(|left, right| left.order(right))
                .cloned(),
            Self::Least => present(arguments)
                .min_by(|left, right| left.order(right))
                .cloned(),
            Self::Coalesce => present(arguments).next().cloned(),
            Self::IsPresent => Some(Value::of_truth(arguments.iter().all(Option::is_some))),
            Self::IsBlank => {
                let blank = text(arguments, 0).is_none_or(|text| text.trim().is_empty());
                Some(Value::of_truth(blank))
            }
            Self::IsEmpty => {
                let empty = text(arguments, 0).is_none_or(|text| text.is_empty());
                Some(Value::of_truth(empty))
            }
            Self::ToMillis => one(arguments, |time| time),
            Self::FromMillis => number(arguments, 0).map(|time| Value::Time(whole(time))),
            _ => self.of_texts(arguments),
        }
    }

    fn of_texts(self, arguments: &[Option<Value>]) -> Option<Value> {
        let first = text(arguments, 0)?;
        Some(match self {
            Self::Length => Value::Number(first.chars().count() as f64),
            Self::Upper => Value::Text(first.to_uppercase()),
            Self::Lower => Value::Text(first.to_lowercase()),
            Self::Trim => Value::Text(first.trim().to_owned()),
            Self::Concat => Value::Text(present(arguments).map(ToString::to_string).collect()),
            Self::Contains => Value::of_truth(first.contains(&text(arguments, 1)?)),
            Self::Replace => Value::Text(first.replace(&text(arguments, 1)?, &text(arguments, 2)?)),
            Self::Substring => {
                let start = usize::try_from(whole(number(arguments, 1)?)).ok()?;
                let length =
                    number(arguments, 2).and_then(|length| usize::try_from(whole(length)).ok());
                let rest = first.chars().skip(start);
                Value::Text(rest.take(length.unwrap_or(usize::MAX)).collect())
            }
            _ => return None,
        })
    }
}

fn present(arguments: &[Option<Value>]) -> impl Iterator<Item = &Value> {
    arguments.iter().flatten()
}

fn text(arguments: &[Option<Value>], at: usize) -> Option<String> {
    arguments.get(at)?.as_ref().map(ToString::to_string)
}

fn number(arguments: &[Option<Value>], at: usize) -> Option<f64> {
    arguments.get(at)?.as_ref()?.number()
}

fn one(arguments: &[Option<Value>], function: impl Fn(f64) -> f64) -> Option<Value> {
    let result = function(number(arguments, 0)?);
    result.is_finite().then_some(Value::Number(result))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and times are far below 2^53"
)]
fn whole(number: f64) -> i64 {
    number.trunc() as i64
}
