//! The stretch of time of a query, as a user types it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::logs::Moment;

/// What stands between the two ends.
const BETWEEN: &str = " to ";

/// Reads a stretch of time: an age such as `3h` or `7d` until now, a time until now, or two of them with `to` between.
/// Times of the day are in UTC, as the answer's. Gives the first and the last second.
///
/// # Errors
/// A sentence that says what can be typed.
pub(super) fn read(text: &str, now: Timestamp) -> Result<(i64, i64), String> {
    let (from, to) = match text.split_once(BETWEEN) {
        Some((from, to)) => (end(from, now)?, end(to, now)?),
        None => (end(text, now)?, now),
    };
    if from > to {
        return Err("the range would end before it begins".to_owned());
    }
    Ok((from.as_second(), to.as_second()))
}

fn end(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    let text = text.trim();
    if text == "now" {
        return Ok(now);
    }
    let moment: Moment = text.parse()?;
    Ok(moment.in_zone(now, &TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_an_age_a_time_or_two_of_them() {
        let now: Timestamp = "2026-11-21T10:15:00Z".parse().unwrap();
        let second = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        let until_now = |from: &str| Ok((second(from), now.as_second()));
        assert_eq!(read("1h", now), until_now("2026-11-21T09:15:00Z"));
        assert_eq!(read(" 7d ", now), until_now("2026-11-14T10:15:00Z"));
        assert_eq!(read("1w", now), until_now("2026-11-14T10:15:00Z"));
        assert_eq!(read("08:00", now), until_now("2026-11-21T08:00:00Z"));
        assert_eq!(read("3h to now", now), until_now("2026-11-21T07:15:00Z"));
        let both = (
            second("2026-11-20T08:00:00Z"),
            second("2026-11-20T09:30:00Z"),
        );
        assert_eq!(
            read("2026-11-20T08:00:00Z to 2026-11-20T09:30:00Z", now),
            Ok(both)
        );
        assert_eq!(
            read("2h to 1h", now),
            Ok((now.as_second() - 7_200, now.as_second() - 3_600))
        );
        for text in ["", "soon", "1h to 2h", "5d to"] {
            assert!(read(text, now).is_err(), "{text}");
        }
    }
}
