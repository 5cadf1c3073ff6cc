//! Times of rows: in UTC, local, as an age, or as the distance from a marked row.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::logs::Shift;

/// How times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeMode {
    /// The clock of UTC.
    #[default]
    Utc,
    /// The clock of the terminal's place.
    Local,
    /// How long ago.
    Age,
    /// The distance from the row that was marked last; as [`Self::Utc`] without one.
    FromMark,
    /// Not at all.
    Off,
}

impl TimeMode {
    /// The next mode; the distance from a mark is left out where there is none.
    #[must_use]
    pub const fn next(self, has_mark: bool) -> Self {
        match self {
            Self::Utc => Self::Local,
            Self::Local => Self::Age,
            Self::Age if has_mark => Self::FromMark,
            Self::Age | Self::FromMark => Self::Off,
            Self::Off => Self::Utc,
        }
    }

    /// Its name in a word or two.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Local => "local",
            Self::Age => "age",
            Self::FromMark => "from mark",
            Self::Off => "no time",
        }
    }
}

/// What times are told by.
#[derive(Debug, Clone)]
pub(super) struct TimeDisplay {
    pub(super) mode: TimeMode,
    pub(super) zone: TimeZone,
    /// The time of the row that was marked last, in Unix milliseconds.
    pub(super) mark_ms: Option<i64>,
    pub(super) now: Timestamp,
    /// Whether there is no room for more than seconds.
    pub(super) narrow: bool,
    /// Whether it is told how long after its time `CloudWatch` Logs took a row in.
    pub(super) delay: bool,
}

/// Columns of how late a row was taken in.
const DELAY: usize = 8;

impl TimeDisplay {
    /// The columns times take.
    pub(super) const fn columns(&self) -> usize {
        let time = self.time_columns();
        match (self.delay, time) {
            (false, _) => time,
            (true, 0) => DELAY,
            (true, _) => time + 1 + DELAY,
        }
    }

    const fn time_columns(&self) -> usize {
        match (self.mode, self.narrow) {
            (TimeMode::Off, _) => 0,
            (TimeMode::Age, _) => 7,
            (_, true) => 8,
            (_, false) => 12,
        }
    }

    /// The time of a row in words, and if it is to be told also how long after it the row was taken in.
    pub(super) fn tell_row(&self, time_ms: i64, ingested_ms: i64) -> String {
        let time = self.tell(time_ms);
        if !self.delay {
            return time;
        }
        let columns = self.time_columns();
        let space = if columns > 0 { " " } else { "" };
        let delay = distance(ingested_ms.saturating_sub(time_ms));
        format!("{time:columns$}{space}{delay:>DELAY$}")
    }

    /// A time in Unix milliseconds in words.
    fn tell(&self, time_ms: i64) -> String {
        match (self.mode, self.mark_ms) {
            (TimeMode::Off, _) => String::new(),
            (TimeMode::Age, _) => age(self.now.as_millisecond().saturating_sub(time_ms)),
            (TimeMode::FromMark, Some(mark_ms)) => distance(time_ms.saturating_sub(mark_ms)),
            (TimeMode::Local, _) => self.of_day(time_ms, &self.zone),
            _ => self.of_day(time_ms, &TimeZone::UTC),
        }
    }

    /// The time of the day; the date instead of the milliseconds for another day than today.
    fn of_day(&self, time_ms: i64, zone: &TimeZone) -> String {
        let Ok(at) = Timestamp::from_millisecond(time_ms) else {
            return "?".to_owned();
        };
        let at = at.to_zoned(zone.clone());
        let today = self.now.to_zoned(zone.clone()).date();
        let form = match (at.date() == today, self.narrow) {
            (true, true) => "%H:%M:%S",
            (true, false) => "%H:%M:%S%.3f",
            (false, true) => "%d %H:%M",
            (false, false) => "%m-%d %H:%M",
        };
        at.strftime(form).to_string()
    }
}

/// How long ago, in at most seven columns: `3s`, `2m05s`, `1h02m`, `9d04h`.
fn age(ms: i64) -> String {
    if ms < 0 {
        return format!("in {}", span(ms.saturating_neg()));
    }
    span(ms)
}

fn span(ms: i64) -> String {
    let seconds = ms / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{minutes}m{:02}s", seconds % 60),
        3600..86_400 => format!("{hours}h{:02}m", minutes % 60),
        _ => format!("{days}d{:02}h", hours % 24),
    }
}

/// A distance in time with its sign: `+0.120s`, `-3m12s`.
pub(super) fn distance(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    let length = ms.unsigned_abs();
    if length < 60_000 {
        format!("{sign}{}.{:03}s", length / 1000, length % 1000)
    } else {
        format!("{sign}{}", span(i64::try_from(length).unwrap_or(i64::MAX)))
    }
}

/// Why an event does not stand at its own time, in words before its text; nothing when it does.
#[must_use]
pub fn shift_words(shift: Shift) -> String {
    let length = |ms: u64| {
        let told = distance(i64::try_from(ms).unwrap_or(i64::MAX));
        told.trim_start_matches('+').to_owned()
    };
    match shift {
        Shift::None => String::new(),
        Shift::Late(ms) => format!("(late by {}) ", length(ms)),
        Shift::Ahead(ms) => format!("(clock ahead by {}) ", length(ms)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn clock(mode: TimeMode) -> TimeDisplay {
        TimeDisplay {
            mode,
            zone: TimeZone::fixed(jiff::tz::offset(2)),
            mark_ms: Some(at("2026-11-21T10:00:00Z").as_millisecond()),
            now: at("2026-11-21T10:15:00Z"),
            narrow: false,
            delay: false,
        }
    }

    #[test]
    fn a_time_is_told_in_each_mode() {
        let time = at("2026-11-21T10:12:30.250Z").as_millisecond();
        let cases = [
            (TimeMode::Utc, "10:12:30.250"),
            (TimeMode::Local, "12:12:30.250"),
            (TimeMode::Age, "2m29s"),
            (TimeMode::FromMark, "+12m30s"),
            (TimeMode::Off, ""),
        ];
        for (mode, words) in cases {
            assert_eq!(clock(mode).tell(time), words, "{mode:?}");
        }
        let yesterday = at("2026-11-20T23:59:59Z").as_millisecond();
        assert_eq!(clock(TimeMode::Utc).tell(yesterday), "11-20 23:59");
    }

    #[test]
    fn no_time_is_wider_than_its_column() {
        for mode in [
            TimeMode::Utc,
            TimeMode::Local,
            TimeMode::Age,
            TimeMode::FromMark,
            TimeMode::Off,
        ] {
            for narrow in [true, false] {
                let clock = TimeDisplay {
                    narrow,
                    ..clock(mode)
                };
                for time in [
                    i64::MIN,
                    -1,
                    0,
                    1_700_000_000_000,
                    clock.now.as_millisecond() - 30 * 86_400_000,
                ] {
                    let told = clock.tell(time);
                    let day = 86_400_000_i64;
                    let is_sane = time > clock.now.as_millisecond() - 100 * day;
                    assert!(!is_sane || told.len() <= clock.columns(), "{mode:?} {told}");
                }
            }
        }
    }

    #[test]
    fn distances_are_exact_below_a_minute() {
        assert_eq!(distance(120), "+0.120s");
        assert_eq!(distance(-1_204), "-1.204s");
        assert_eq!(distance(-192_000), "-3m12s");
    }

    #[test]
    fn the_modes_go_round() {
        let mut mode = TimeMode::Utc;
        for _ in 0..5 {
            mode = mode.next(true);
        }
        assert_eq!(mode, TimeMode::Utc);
        assert_eq!(TimeMode::Age.next(false), TimeMode::Off);
    }
}
