//! When a feed is asked again. Pure: times come in as data.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::limits::FETCH_WITHIN;

/// Nothing is asked more often, unless the user says so.
pub(super) const SHORTEST: SignedDuration = SignedDuration::from_mins(60);
/// Nothing is asked less often, whatever a server says.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// How long after the first failure.
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(1);
/// How long after many failures.
const LAST_RETRY: SignedDuration = SignedDuration::from_hours(4);

/// How long an answer wants to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wishes {
    /// `Cache-Control: max-age`.
    pub(super) max_age: Option<Duration>,
    /// `Retry-After`, from the time of the answer.
    pub(super) retry_after: Option<Duration>,
    /// The feed's own `ttl`.
    pub(super) ttl: Option<Duration>,
}

/// Until when a feed is due for nobody else that is asked now: a fetch is given up by then, if it waits for no host.
pub(super) fn while_asked(now: Timestamp) -> Timestamp {
    at(now, signed(FETCH_WITHIN))
}

/// When a feed that answered is asked again: after the interval, or as late as it wishes, within a day.
pub(super) fn after_success(now: Timestamp, wishes: Wishes, interval: SignedDuration) -> Timestamp {
    let pauses = [wishes.max_age, wishes.retry_after, wishes.ttl];
    let most = pauses
        .into_iter()
        .flatten()
        .map(signed)
        .max()
        .unwrap_or_default();
    at(now, most.clamp(interval.min(LONGEST), LONGEST))
}

/// When a feed is asked again that failed `failures` times in a row: after 1 minute, 2, 4, up to 4 hours, and not
/// before the server allows it.
pub(super) fn after_failure(now: Timestamp, failures: u32, wishes: Wishes) -> Timestamp {
    let doublings = failures.saturating_sub(1).min(16);
    let pause = FIRST_RETRY.saturating_mul(1 << doublings).min(LAST_RETRY);
    let asked = wishes.retry_after.map(signed).unwrap_or_default();
    at(now, pause.max(asked).min(LONGEST))
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(LONGEST)
}

fn at(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

/// The seconds of `Cache-Control: max-age`; nothing for `no-store` and `no-cache`.
pub(super) fn max_age(cache_control: &str) -> Option<Duration> {
    cache_control.split(',').find_map(|directive| {
        let (name, seconds) = directive.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("max-age") {
            return None;
        }
        Some(Duration::from_secs(
            seconds.trim().trim_matches('"').parse().ok()?,
        ))
    })
}

/// What `Retry-After` asks for: seconds, or a date.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(value)
        .ok()?;
    Duration::try_from(date.duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn minutes(next: Timestamp) -> i64 {
        next.duration_since(now()).as_mins()
    }

    #[test]
    fn the_longest_wish_counts_within_a_day() {
        let hours = |hours: u64| Some(Duration::from_hours(hours));
        assert_eq!(
            minutes(after_success(now(), Wishes::default(), SHORTEST)),
            60
        );
        let wishes = Wishes {
            max_age: hours(3),
            ttl: hours(2),
            retry_after: None,
        };
        assert_eq!(minutes(after_success(now(), wishes, SHORTEST)), 180);
        let wishes = Wishes {
            ttl: Some(Duration::from_mins(1)),
            ..Wishes::default()
        };
        assert_eq!(minutes(after_success(now(), wishes, SHORTEST)), 60);
        let wishes = Wishes {
            max_age: Some(Duration::MAX),
            ..Wishes::default()
        };
        assert_eq!(minutes(after_success(now(), wishes, SHORTEST)), 24 * 60);
    }

    #[test]
    fn failures_are_repeated_after_ever_longer_pauses() {
        let pauses: Vec<i64> = (1..=10)
            .map(|n| minutes(after_failure(now(), n, Wishes::default())))
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert_eq!(
            minutes(after_failure(now(), u32::MAX, Wishes::default())),
            240
        );
        let wishes = Wishes {
            retry_after: Some(Duration::from_hours(1)),
            ..Wishes::default()
        };
        assert_eq!(minutes(after_failure(now(), 1, wishes)), 60);
    }

    #[test]
    fn headers_are_read_in_every_way_they_are_written() {
        assert_eq!(
            max_age("public, Max-Age=\"300\", x"),
            Some(Duration::from_mins(5))
        );
        assert_eq!(max_age("no-cache"), None);
        assert_eq!(retry_after(" 120 ", now()), Some(Duration::from_mins(2)));
        let date = retry_after("Sat, 21 Nov 2026 12:10:00 GMT", now());
        assert_eq!(date, Some(Duration::from_mins(10)));
        assert_eq!(retry_after("Sat, 21 Nov 2020 12:10:00 GMT", now()), None);
        assert_eq!(retry_after("soon", now()), None);
    }
}
