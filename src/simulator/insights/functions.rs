//! The functions of expressions.

use super::address::AddressFamily::{self, Any, V4, V6};
use super::value::QueryValue;

/// A function by what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InsightsFunction {
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
    TrimLeft,
    TrimRight,
    Concat,
    Contains,
    Substring,
    Replace,
    ToMillis,
    FromMillis,
    IsAddress(AddressFamily),
    IsInSubnet(AddressFamily),
}

/// The names and the least numbers of arguments.
const NAMES: [(&str, InsightsFunction, usize); 31] = [
    ("abs", InsightsFunction::Abs, 1),
    ("ceil", InsightsFunction::Ceil, 1),
    ("floor", InsightsFunction::Floor, 1),
    ("sqrt", InsightsFunction::Sqrt, 1),
    ("log", InsightsFunction::Log, 1),
    ("greatest", InsightsFunction::Greatest, 1),
    ("least", InsightsFunction::Least, 1),
    ("coalesce", InsightsFunction::Coalesce, 1),
    ("ispresent", InsightsFunction::IsPresent, 1),
    ("isblank", InsightsFunction::IsBlank, 1),
    ("isempty", InsightsFunction::IsEmpty, 1),
    ("strlen", InsightsFunction::Length, 1),
    ("toupper", InsightsFunction::Upper, 1),
    ("tolower", InsightsFunction::Lower, 1),
    ("trim", InsightsFunction::Trim, 1),
    ("ltrim", InsightsFunction::TrimLeft, 1),
    ("rtrim", InsightsFunction::TrimRight, 1),
    ("concat", InsightsFunction::Concat, 1),
    ("strcontains", InsightsFunction::Contains, 2),
    ("substr", InsightsFunction::Substring, 2),
    ("substring", InsightsFunction::Substring, 2),
    ("replace", InsightsFunction::Replace, 3),
    ("tomillis", InsightsFunction::ToMillis, 1),
    ("frommillis", InsightsFunction::FromMillis, 1),
    ("unmask", InsightsFunction::Coalesce, 1),
    ("isvalidip", InsightsFunction::IsAddress(Any), 1),
    ("isvalidipv4", InsightsFunction::IsAddress(V4), 1),
    ("isvalidipv6", InsightsFunction::IsAddress(V6), 1),
    ("isipinsubnet", InsightsFunction::IsInSubnet(Any), 2),
    ("isipv4insubnet", InsightsFunction::IsInSubnet(V4), 2),
    ("isipv6insubnet", InsightsFunction::IsInSubnet(V6), 2),
];

impl InsightsFunction {
    /// The function of this name, in either case, and its least number of arguments.
    pub(super) fn named(name: &str) -> Option<(Self, usize)> {
        let mut known = NAMES.iter();
        let found = known.find(|(known, ..)| known.eq_ignore_ascii_case(name));
        found.map(|&(_, function, least)| (function, least))
    }

    /// The value for these arguments; none when one it needs is missing.
    pub(super) fn of(self, arguments: &[Option<QueryValue>]) -> Option<QueryValue> {
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
            Self::IsPresent => Some(QueryValue::of_truth(arguments.iter().all(Option::is_some))),
            Self::IsBlank => {
                let blank = text(arguments, 0).is_none_or(|text| text.trim().is_empty());
                Some(QueryValue::of_truth(blank))
            }
            Self::IsEmpty => {
                let empty = text(arguments, 0).is_none_or(|text| text.is_empty());
                Some(QueryValue::of_truth(empty))
            }
            Self::ToMillis => one(arguments, |time| time),
            Self::FromMillis => arguments
                .first()?
                .as_ref()?
                .milliseconds()
                .map(QueryValue::Time),
            Self::IsAddress(family) => {
                let found = text(arguments, 0).is_some_and(|text| family.reads(&text).is_some());
                Some(QueryValue::of_truth(found))
            }
            Self::IsInSubnet(family) => {
                let (address, subnet) = (text(arguments, 0)?, text(arguments, 1)?);
                Some(QueryValue::of_truth(family.is_within(&address, &subnet)))
            }
            _ => self.of_texts(arguments),
        }
    }

    fn of_texts(self, arguments: &[Option<QueryValue>]) -> Option<QueryValue> {
        let first = text(arguments, 0)?;
        Some(match self {
            Self::Length => QueryValue::Number(first.chars().count() as f64),
            Self::Upper => QueryValue::Text(first.to_uppercase()),
            Self::Lower => QueryValue::Text(first.to_lowercase()),
            Self::Trim | Self::TrimLeft | Self::TrimRight => {
                let given = text(arguments, 1);
                let given = given.as_deref();
                let goes = |c: char| given.map_or(c.is_whitespace(), |given| given.contains(c));
                let mut kept = first.as_str();
                if self != Self::TrimRight {
                    kept = kept.trim_start_matches(goes);
                }
                if self != Self::TrimLeft {
                    kept = kept.trim_end_matches(goes);
                }
                QueryValue::Text(kept.to_owned())
            }
            Self::Concat => QueryValue::Text(present(arguments).map(ToString::to_string).collect()),
            Self::Contains => QueryValue::of_truth(first.contains(&text(arguments, 1)?)),
            Self::Replace => {
                QueryValue::Text(first.replace(&text(arguments, 1)?, &text(arguments, 2)?))
            }
            Self::Substring => {
                let start = usize::try_from(whole(number(arguments, 1)?)).ok()?;
                let length =
                    number(arguments, 2).and_then(|length| usize::try_from(whole(length)).ok());
                let rest = first.chars().skip(start);
                QueryValue::Text(rest.take(length.unwrap_or(usize::MAX)).collect())
            }
            _ => return None,
        })
    }
}

fn present(arguments: &[Option<QueryValue>]) -> impl Iterator<Item = &QueryValue> {
    arguments.iter().flatten()
}

fn text(arguments: &[Option<QueryValue>], at: usize) -> Option<String> {
    arguments.get(at)?.as_ref().map(ToString::to_string)
}

fn number(arguments: &[Option<QueryValue>], at: usize) -> Option<f64> {
    arguments.get(at)?.as_ref()?.number()
}

fn one(arguments: &[Option<QueryValue>], function: impl Fn(f64) -> f64) -> Option<QueryValue> {
    let result = function(number(arguments, 0)?);
    result.is_finite().then_some(QueryValue::Number(result))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and times are far below 2^53"
)]
fn whole(number: f64) -> i64 {
    number.trunc() as i64
}
