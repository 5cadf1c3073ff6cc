//! The time: a steady clock for periods, and the calendar for timestamps.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// Tells the time. It follows tokio's clock, so a test that moves that clock moves the calendar too.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    began: Instant,
    epoch: Timestamp,
    pinned: bool,
}

/// One moment by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Now {
    /// Since the clock was made.
    pub(crate) at: Duration,
    /// This machine's time of day in Unix milliseconds.
    pub(crate) wall_ms: i64,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self {
            began: Instant::now(),
            epoch: Timestamp::now(),
            pinned: false,
        }
    }

    /// A clock whose calendar begins now at this time, for simulated accounts that have one of their own.
    #[must_use]
    pub fn pinned(epoch: Timestamp) -> Self {
        Self {
            epoch,
            pinned: true,
            ..Self::system()
        }
    }

    /// The time of day, for what is written down and compared after a restart: the machine's own, whenever that is
    /// set, or the pinned calendar's.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        if self.pinned {
            self.moved()
        } else {
            Timestamp::now()
        }
    }

    pub(crate) fn now(&self) -> Now {
        // A machine that slept: the calendar went on, the other clock did not.
        let time = self.moved().max(self.timestamp());
        Now {
            at: self.began.elapsed(),
            wall_ms: time.as_millisecond(),
        }
    }

    /// The calendar as the steady clock moved it.
    fn moved(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.began.elapsed()).unwrap_or_default();
        self.epoch.saturating_add(passed).unwrap_or(self.epoch)
    }
}

impl Now {
    /// How long ago `earlier` was.
    pub(crate) fn since(self, earlier: Duration) -> Duration {
        self.at.saturating_sub(earlier)
    }
}
