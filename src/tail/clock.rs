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
pub(super) struct Now {
    /// Since the clock was made.
    pub(super) at: Duration,
    /// This machine's time of day in Unix milliseconds.
    pub(super) wall_ms: i64,
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

    pub(super) fn now(&self) -> Now {
        let at = self.began.elapsed();
        let passed = SignedDuration::try_from(at).unwrap_or_default();
        let moved = self.epoch.saturating_add(passed).unwrap_or(self.epoch);
        // A machine that slept: the calendar went on, the other clock did not.
        let time = if self.pinned {
            moved
        } else {
            moved.max(Timestamp::now())
        };
        Now {
            at,
            wall_ms: time.as_millisecond(),
        }
    }
}

impl Now {
    /// How long ago `earlier` was.
    pub(super) fn since(self, earlier: Duration) -> Duration {
        self.at.saturating_sub(earlier)
    }
}
