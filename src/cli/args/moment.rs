//! A moment: so long ago, or a time of day.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

/// A moment on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So long before now.
    Ago(SignedDuration),
    /// This very time.
    At(Timestamp),
}

impl Moment {
    /// The time it is; what is out of the calendar's range is its edge.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(time) => time,
            Self::Ago(duration) => now.checked_sub(duration).unwrap_or(Timestamp::MIN),
        }
    }
}

/// The stretch from one moment to another, or to now.
///
/// # Errors
/// A sentence when it would end before it begins.
pub fn range(
    since: Moment,
    until: Option<Moment>,
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

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let what = "give a stretch before now such as 10m, 24h or 7d, or a time such as 2026-01-31T08:00:00Z";
        if let Ok(time) = text.parse::<Timestamp>() {
            return Ok(Self::At(time));
        }
        // Months and years have no one length.
        if text.contains('-') || text.contains("mo") || text.contains('y') {
            return Err(what.to_owned());
        }
        let span: jiff::Span = text.parse().map_err(|_no_span| what.to_owned())?;
        let relative = jiff::SpanRelativeTo::days_are_24_hours();
        let duration = span
            .to_duration(relative)
            .map_err(|_no_duration| what.to_owned())?;
        Ok(Self::Ago(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_and_times_are_read() {
        let now: Timestamp = "2026-02-01T12:00:00Z".parse().unwrap();
        for (text, time) in [
            ("10m", "2026-02-01T11:50:00Z"),
            ("24h", "2026-01-31T12:00:00Z"),
            ("7d", "2026-01-25T12:00:00Z"),
            ("1w", "2026-01-25T12:00:00Z"),
            ("1h30m", "2026-02-01T10:30:00Z"),
            ("0s", "2026-02-01T12:00:00Z"),
            ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31T08:00:00+01:00", "2026-01-31T07:00:00Z"),
        ] {
            assert_eq!(
                text.parse::<Moment>().unwrap().at(now).to_string(),
                time,
                "{text}"
            );
        }
        for text in [
            "",
            "10",
            "m",
            "yesterday",
            "-10m",
            "1y",
            "2mo",
            "2026-13-01T00:00:00Z",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        assert_eq!(
            "9999999h".parse::<Moment>().map(|it| it.at(now) < now),
            Ok(true)
        );
    }
}
