//! Zones of dates: an offset, or a name.

use jiff::tz::{Offset, TimeZone};

use super::DateToken;

/// The farthest that a clock is from UTC, in minutes.
const FARTHEST: i64 = 14 * 60;

/// Zones by name, and how many minutes they are ahead of UTC: those of RFC 822 first, then those that are met most. Of a
/// name that several zones have it is the one with the most people who write feeds.
const NAMES: [(&str, i64); 45] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("ast", -240),
    ("adt", -180),
    ("nst", -210),
    ("ndt", -150),
    ("brt", -180),
    ("art", -180),
    ("clt", -240),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("sast", 120),
    ("pkt", 300),
    ("ist", 330),
    ("wib", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
];

/// The zone that tokens begin with, and what follows it. Without a zone that is known it is UTC; none for an offset that
/// no clock has.
pub(super) fn zone<'t, 'a>(tokens: &'t [DateToken<'a>]) -> Option<(TimeZone, &'t [DateToken<'a>])> {
    let (named, rest) = match tokens {
        [DateToken::Word(_), DateToken::Sign('/'), ..] => return Some((of_place(tokens), &[])),
        [DateToken::Word(name), rest @ ..] => {
            let known = NAMES.iter().find(|(known, _)| known == name);
            (known.map_or(0, |(_, minutes)| *minutes), rest)
        }
        _ => (0, tokens),
    };
    let sign = match rest {
        [DateToken::Sign('+'), DateToken::Digits(_), ..] => 1,
        [DateToken::Sign('-' | '\u{2212}'), DateToken::Digits(_), ..] => -1,
        _ => return Some((ahead(named)?, rest)),
    };
    let (minutes, rest) = minutes(rest.get(1..)?)?;
    Some((ahead(sign * minutes)?, rest))
}

/// The zone whose clocks are this many minutes ahead of UTC.
fn ahead(minutes: i64) -> Option<TimeZone> {
    let seconds = i32::try_from(minutes * 60).ok()?;
    let offset = Offset::from_seconds(seconds).ok()?;
    (minutes.abs() <= FARTHEST).then(|| TimeZone::fixed(offset))
}

/// `0100`, `01:00`, `1`.
fn minutes<'t, 'a>(tokens: &'t [DateToken<'a>]) -> Option<(i64, &'t [DateToken<'a>])> {
    let [DateToken::Digits(digits), rest @ ..] = tokens else {
        return None;
    };
    let number: i64 = digits.parse().ok()?;
    match (digits.len(), rest) {
        (3 | 4, _) => Some((number / 100 * 60 + number % 100, rest)),
        (
            1 | 2,
            [
                DateToken::Sign(':'),
                minutes @ DateToken::Digits(_),
                rest @ ..,
            ],
        ) => Some((number * 60 + minutes.number()?, rest)),
        (1 | 2, _) => Some((number * 60, rest)),
        _ => None,
    }
}

/// The zone that is called by a place, `europe/rome`; UTC where this machine does not know it.
fn of_place(tokens: &[DateToken<'_>]) -> TimeZone {
    let mut name = String::new();
    for token in tokens {
        match token {
            DateToken::Digits(text) | DateToken::Word(text) => name.push_str(text),
            DateToken::Sign(sign) => name.push(*sign),
        }
    }
    TimeZone::get(&name).unwrap_or(TimeZone::UTC)
}
