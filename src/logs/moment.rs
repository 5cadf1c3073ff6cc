//! A moment as a user writes it: so long ago, a time of the day, a date with a time, or an instant.

use std::str::FromStr;

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, SpanRelativeTo, Timestamp};

/// What can be written.
const WRITTEN: &str = "give a stretch before now such as 10m, 24h or 7d, a time such as 14:05, 14:05:30 or '2026-01-31 08:00', \
    or one with its zone such as 2026-01-31T08:00:00Z";

/// A moment as it was written; what it is on the calendar depends on now and on the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So long before now.
    Ago(SignedDuration),
    /// This very time.
    At(Timestamp),
    /// This date and time by the clock of the reader's zone.
    Local(DateTime),
    /// The last time the clock of the reader's zone showed this.
    OfDay(Time),
}

impl Moment {
    /// The time it is by the clock of this machine; what is out of the calendar's range is its edge.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Timestamp {
        self.in_zone(now, &TimeZone::system())
    }

    /// The stretch from one moment to another, or to now.
    ///
    /// # Errors
    /// A sentence when it would end before it begins.
    pub fn range(
        since: Self,
        until: Option<Self>,
        now: Timestamp,
    ) -> Result<(Timestamp, Timestamp), String> {
        let (from, to) = (since.at(now), until.map_or(now, |until| until.at(now)));
        if from > to {
            return Err(format!(
                "the range ends ({to:.0}) before it begins ({from:.0}); change --since or --until"
            ));
        }
        Ok((from, to))
    }

    /// The time it is by the clock of a zone; what is out of the calendar's range is its edge. A time the clock skips
    /// counts on from before the gap, one it shows twice is the first.
    #[must_use]
    pub fn in_zone(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let on = |local: DateTime| {
            local
                .to_zoned(zone.clone())
                .map_or(Timestamp::MIN, |it| it.timestamp())
        };
        match self {
            Self::At(time) => time,
            Self::Ago(duration) => now.checked_sub(duration).unwrap_or(Timestamp::MIN),
            Self::Local(local) => on(local),
            Self::OfDay(time) => {
                let date = now.to_zoned(zone.clone()).date();
                let today = on(date.to_datetime(time));
                if today <= now {
                    return today;
                }
                let yesterday = date.yesterday().map(|date| date.to_datetime(time));
                yesterday.map_or(Timestamp::MIN, on)
            }
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(time) = text.parse() {
            return Ok(Self::At(time));
        }
        let forms = ["%H:%M:%S%.f", "%H:%M:%S", "%H:%M"];
        if let Some(time) = forms
            .iter()
            .find_map(|form| Time::strptime(form, text).ok())
        {
            return Ok(Self::OfDay(time));
        }
        if let Ok(local) = text.parse() {
            return Ok(Self::Local(local));
        }
        ago(text).map(Self::Ago).ok_or_else(|| WRITTEN.to_owned())
    }
}

/// A stretch before now: `10m`, `-10m`, `10m ago`.
fn ago(text: &str) -> Option<SignedDuration> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_suffix(" ago").unwrap_or(text);
    // Months and years have no one length.
    if text.contains(['-', 'y']) || text.contains("mo") {
        return None;
    }
    let span: jiff::Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn stretches_and_times_are_read() {
        let now = instant("2026-02-01T12:00:00Z");
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        for (text, time) in [
            ("10m", "2026-02-01T11:50:00Z"),
            ("-10m", "2026-02-01T11:50:00Z"),
            ("10m ago", "2026-02-01T11:50:00Z"),
            ("24h", "2026-01-31T12:00:00Z"),
            ("7d", "2026-01-25T12:00:00Z"),
            ("1w", "2026-01-25T12:00:00Z"),
            ("1h30m", "2026-02-01T10:30:00Z"),
            ("0s", "2026-02-01T12:00:00Z"),
            ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31T08:00:00+01:00", "2026-01-31T07:00:00Z"),
            ("2026-01-31T08:00:00", "2026-01-31T06:00:00Z"),
            ("2026-01-31 08:00", "2026-01-31T06:00:00Z"),
            ("2026-01-31", "2026-01-30T22:00:00Z"),
            ("14:00", "2026-02-01T12:00:00Z"),
            ("13:05:30", "2026-02-01T11:05:30Z"),
            ("13:05:30.250", "2026-02-01T11:05:30.25Z"),
            (" 14:01 ", "2026-01-31T12:01:00Z"),
        ] {
            let read = text.parse::<Moment>().map(|it| it.in_zone(now, &zone));
            assert_eq!(read, Ok(instant(time)), "{text}");
        }
        let long = "9999999h".parse::<Moment>();
        assert_eq!(long.map(|it| it.at(now) < now), Ok(true));
    }

    #[test]
    fn what_is_no_moment_is_refused_with_what_can_be_written() {
        for text in [
            "",
            "10",
            "m",
            "yesterday",
            "1y",
            "2mo",
            "--10m",
            "25:00",
            "2026-13-01T00:00:00Z",
            "2026-13-01 08:00",
        ] {
            let refused = text.parse::<Moment>();
            assert!(
                refused.is_err_and(|it| it.contains("10m, 24h or 7d")),
                "{text}"
            );
        }
    }
}
