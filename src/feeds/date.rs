//! When something was published, in whatever form its author wrote it.
//!
//! What stands in the text decides, no list of forms: a time has a colon, a month may have a name in any of several
//! languages, a year four digits. A time without a zone is in UTC. A day or an hour that no calendar has is no date.

mod month;
mod zone;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use month::month;
use zone::zone;

/// Bytes of the longest text that is read as a date.
const LONGEST_DATE: usize = 120;

/// Hour, minute and second as written, the hour one of 24.
type ClockTime = (i64, i64, i64);

const MIDNIGHT: ClockTime = (0, 0, 0);

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateToken<'a> {
    /// A number as written.
    Digits(&'a str),
    /// A word in small letters.
    Word(&'a str),
    /// Any other character but a blank.
    Sign(char),
}

impl DateToken<'_> {
    /// The value of a number that is not too long for a date.
    fn number(self) -> Option<i64> {
        match self {
            Self::Digits(digits) if digits.len() <= 14 => digits.parse().ok(),
            _ => None,
        }
    }
}

/// Reads a date; none when there is none in the text, or one that cannot be.
pub(super) fn published(written: &str) -> Option<Timestamp> {
    let text = plain(written.get(..LONGEST_DATE).unwrap_or(written).trim());
    let tokens = tokens(&text);
    match tokens.as_slice() {
        [DateToken::Digits(digits)] => return alone(digits),
        [
            DateToken::Digits(day),
            DateToken::Word("t"),
            DateToken::Digits(time),
            rest @ ..,
        ] => {
            return joined(compact_day(day)?, compact_time(time)?, &zone(rest)?.0);
        }
        _ => {}
    }
    let Some(at) = time_place(&tokens) else {
        return joined(day(&tokens)?, MIDNIGHT, &TimeZone::UTC);
    };
    let (before, from) = tokens.split_at_checked(at)?;
    let (time, after) = clock(from)?;
    // Asctime has the year between the time and the zone.
    let (year, after) = match after {
        [year @ DateToken::Digits(digits), rest @ ..] if digits.len() == 4 => (Some(*year), rest),
        _ => (None, after),
    };
    let (zone, rest) = zone(after)?;
    let of_day = before
        .iter()
        .copied()
        .chain(year)
        .chain(rest.iter().copied());
    joined(day(&of_day.collect::<Vec<_>>())?, time, &zone)
}

/// In small letters, without what stands in brackets, the signs of East Asian dates as others write them.
fn plain(text: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '年' | '月' | '년' | '월' => plain.push('-'),
            '日' | '일' => plain.push(' '),
            _ => plain.push(c),
        }
    }
    plain.replace("a.m.", "am").replace("p.m.", "pm")
}

fn tokens(text: &str) -> Vec<DateToken<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let taken = match first {
            '0'..='9' => length(|c| c.is_ascii_digit()),
            _ if first.is_alphabetic() => length(char::is_alphabetic),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(taken);
        match first {
            '0'..='9' => tokens.push(DateToken::Digits(piece)),
            _ if first.is_alphabetic() => tokens.push(DateToken::Word(piece)),
            _ if first.is_whitespace() => {}
            _ => tokens.push(DateToken::Sign(first)),
        }
        rest = after;
    }
    tokens
}

/// A date without a blank: a day, a moment of Unix in seconds or milliseconds, a year.
fn alone(digits: &str) -> Option<Timestamp> {
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        4 => joined(civil(number, 1, 1)?, MIDNIGHT, &TimeZone::UTC),
        8 => joined(compact_day(digits)?, MIDNIGHT, &TimeZone::UTC),
        9 | 10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        14 => {
            let (day, time) = digits.split_at_checked(8)?;
            joined(compact_day(day)?, compact_time(time)?, &TimeZone::UTC)
        }
        _ => None,
    }
}

/// `20240115`.
fn compact_day(digits: &str) -> Option<Date> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse().ok();
    (digits.len() == 8).then_some(())?;
    civil(part(0, 4)?, part(4, 6)?, part(6, 8)?)
}

/// `1030` and `103000`.
fn compact_time(digits: &str) -> Option<ClockTime> {
    let part = |from: usize| digits.get(from..from + 2)?.parse().ok();
    matches!(digits.len(), 4 | 6).then_some(())?;
    Some((part(0)?, part(2)?, part(4).unwrap_or(0)))
}

fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    let [month, day] = [month, day].map(|it| i8::try_from(it).ok());
    Date::new(i16::try_from(year).ok()?, month?, day?).ok()
}

/// Where the time of day begins.
fn time_place(tokens: &[DateToken<'_>]) -> Option<usize> {
    let is_time = |it: &[DateToken<'_>]| {
        matches!(
            it,
            [DateToken::Digits(hour), DateToken::Sign(':'), DateToken::Digits(_)] if hour.len() <= 2
        )
    };
    tokens.windows(3).position(is_time)
}

/// The time that tokens begin with, and what follows it.
fn clock<'t, 'a>(tokens: &'t [DateToken<'a>]) -> Option<(ClockTime, &'t [DateToken<'a>])> {
    let [hour, _, minute, rest @ ..] = tokens else {
        return None;
    };
    let (second, rest) = match rest {
        [
            DateToken::Sign(':'),
            second @ DateToken::Digits(_),
            rest @ ..,
        ] => (second.number()?, rest),
        _ => (0, rest),
    };
    let rest = match rest {
        [DateToken::Sign('.' | ','), DateToken::Digits(_), rest @ ..] => rest,
        _ => rest,
    };
    let (hour, minute) = (hour.number()?, minute.number()?);
    let (hour, rest) = match rest {
        [DateToken::Word("am"), rest @ ..] => (if hour == 12 { 0 } else { hour }, rest),
        [DateToken::Word("pm"), rest @ ..] if hour < 12 => (hour + 12, rest),
        [DateToken::Word("pm"), rest @ ..] => (hour, rest),
        _ => (hour, rest),
    };
    Some(((hour, minute, second), rest))
}

/// The day that some tokens name.
fn day(tokens: &[DateToken<'_>]) -> Option<Date> {
    let numbers: Vec<(i64, usize)> = tokens
        .iter()
        .filter_map(|token| match token {
            DateToken::Digits(digits) => Some((token.number()?, digits.len())),
            _ => None,
        })
        .collect();
    let named = tokens.iter().rev().find_map(|token| match token {
        DateToken::Word(word) => month(word),
        _ => None,
    });
    match (named, numbers.as_slice()) {
        (Some(month), [(year, 4)]) => civil(*year, month, 1),
        (Some(month), [first, second, ..]) => {
            let is_year = |(value, digits): &(i64, usize)| *digits == 4 || *value > 31;
            let (day, year) = if is_year(first) {
                (second, first)
            } else {
                (first, second)
            };
            civil(full_year(*year), month, day.0)
        }
        (None, [(year, 4)]) => civil(*year, 1, 1),
        (None, [(year, 4), (month, _)]) => civil(*year, *month, 1),
        (None, [(year, 4), (month, _), (day, _), ..]) => civil(*year, *month, *day),
        (None, [(first, _), (second, _), year, ..]) => {
            let by_slash = tokens.contains(&DateToken::Sign('/'));
            let month_first = (by_slash && *first <= 12) || *second > 12;
            let (month, day) = if month_first {
                (first, second)
            } else {
                (second, first)
            };
            civil(full_year(*year), *month, *day)
        }
        _ => None,
    }
}

/// A year of two digits is one from 1970 to 2069.
fn full_year((year, digits): (i64, usize)) -> i64 {
    match year {
        _ if digits > 2 => year,
        70.. => 1900 + year,
        _ => 2000 + year,
    }
}

/// The moment at which a clock of a zone shows this day and time. The last second of a day may be a leap second, and a
/// day may end at 24:00.
fn joined(day: Date, (hour, minute, second): ClockTime, zone: &TimeZone) -> Option<Timestamp> {
    let is_hour = (0..24).contains(&hour) || (hour, minute, second) == (24, 0, 0);
    let is_time = is_hour && (0..60).contains(&minute) && (0..=60).contains(&second);
    is_time.then_some(())?;
    let since_midnight = SignedDuration::from_secs(hour * 3600 + minute * 60 + second);
    let shown = day
        .to_datetime(Time::midnight())
        .checked_add(since_midnight)
        .ok()?;
    zone.to_timestamp(shown).ok()
}

#[cfg(test)]
mod tests;
