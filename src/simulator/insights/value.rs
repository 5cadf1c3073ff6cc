//! Values of fields: numbers, times and texts, and how they are written in results.

use std::cmp::Ordering;

use jiff::Timestamp;

/// One value; a field that an event does not have has none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum QueryValue {
    Number(f64),
    /// Unix milliseconds.
    Time(i64),
    Text(String),
}

impl QueryValue {
    /// A text as a value: a number when it reads as one.
    pub(super) fn read(text: &str) -> Self {
        number(text).map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }

    pub(super) fn of_truth(truth: bool) -> Self {
        Self::Number(f64::from(u8::from(truth)))
    }

    /// The value as a number, when it is one or reads as one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Time(time) => Some(*time as f64),
            Self::Text(text) => number(text),
        }
    }

    /// The value in Unix milliseconds, when it is a time or a number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and times are far below 2^53"
    )]
    pub(super) fn milliseconds(&self) -> Option<i64> {
        match self {
            Self::Time(time) => Some(*time),
            other => other.number().map(|number| number.trunc() as i64),
        }
    }

    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Number(number) => *number != 0.0,
            Self::Time(_) => true,
            Self::Text(text) => !text.is_empty(),
        }
    }

    /// Numbers by size when both are numbers, else texts by their characters.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.to_string().cmp(&other.to_string()),
        }
    }
}

impl std::fmt::Display for QueryValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&written(*number)),
            Self::Time(time) => {
                let time = Timestamp::from_millisecond(*time).unwrap_or_default();
                write!(f, "{}", time.strftime("%Y-%m-%d %H:%M:%S.%3f"))
            }
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// At most four decimals, and none that are zero at the end; huge numbers as the service writes them.
fn written(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:E}");
    }
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn number(text: &str) -> Option<f64> {
    let shaped = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let number: f64 = text.parse().ok().filter(|_| shaped)?;
    number.is_finite().then_some(number)
}
