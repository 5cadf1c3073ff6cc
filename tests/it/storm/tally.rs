//! What storms came to, for the figures at the end.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::time::Duration;

/// The figures of one storm or of many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Storms.
    pub(crate) storms: u64,
    /// How much time passed in them.
    pub(crate) time: Duration,
    /// How often a program was dropped in the middle of its work.
    pub(crate) crashes: u64,
    /// What was asked of servers, or told to a program without one.
    pub(crate) calls: u64,
    /// How many things went wrong.
    pub(crate) troubles: u64,
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            storms: self.storms + other.storms,
            time: self.time + other.time,
            crashes: self.crashes + other.crashes,
            calls: self.calls + other.calls,
            troubles: self.troubles + other.troubles,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Self::add)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = self.time.as_secs_f64() / 3600.0;
        write!(
            f,
            "{} storms, {hours:.1} virtual hours, {} troubles, {} crashes, {} calls",
            self.storms, self.troubles, self.crashes, self.calls
        )
    }
}
