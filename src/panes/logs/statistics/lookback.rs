//! How far back statistics reach.

use jiff::{SignedDuration, Timestamp};

/// How far back events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lookback {
    /// The last hour.
    #[default]
    Hour,
    /// The last three hours.
    ThreeHours,
    /// The last day.
    Day,
    /// The last week.
    Week,
    /// The last thirty days.
    Month,
}

impl Lookback {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Hour => Self::ThreeHours,
            Self::ThreeHours => Self::Day,
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Hour,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hour => "last hour",
            Self::ThreeHours => "last 3 hours",
            Self::Day => "last 24 hours",
            Self::Week => "last 7 days",
            Self::Month => "last 30 days",
        }
    }

    /// The shortest that is as long as what has passed since a time.
    pub(in crate::panes::logs) fn around(time: Timestamp, now: Timestamp) -> Self {
        let wanted = now.duration_since(time);
        let all = [Self::Hour, Self::ThreeHours, Self::Day, Self::Week];
        let mut all = all.into_iter();
        all.find(|span| span.length() >= wanted)
            .unwrap_or(Self::Month)
    }

    /// When it begins, until now, in Unix milliseconds.
    pub(in crate::panes::logs) fn begin_ms(self, now: Timestamp) -> i64 {
        let length = i64::try_from(self.length().as_millis()).unwrap_or(i64::MAX);
        now.as_millisecond().saturating_sub(length)
    }

    const fn length(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Hour => 1,
            Self::ThreeHours => 3,
            Self::Day => 24,
            Self::Week => 168,
            Self::Month => 720,
        })
    }
}
