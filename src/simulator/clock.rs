//! The account's time: waits are compressed by the speed, reported durations and times of day are not.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// Tells the time, and converts the account's durations into real waiting time.
#[derive(Debug, Clone, Copy)]
pub(super) struct AccountClock {
    speed: f64,
    /// When the account began: by the calendar, and by the clock that tests may move.
    began: (Timestamp, Instant),
    /// Whether the calendar began at a time of its own and runs by the test's clock alone.
    pinned: bool,
}

impl AccountClock {
    /// A clock that runs `speed` times as fast as real time; what is not positive counts as 1.
    pub(super) fn new(speed: f64) -> Self {
        let usable = speed.is_finite() && speed > 0.0;
        Self {
            speed: if usable { speed } else { 1.0 },
            began: (Timestamp::now(), Instant::now()),
            pinned: false,
        }
    }

    /// The same clock, with a calendar that begins now at this time.
    pub(super) fn pinned(self, epoch: Timestamp) -> Self {
        Self {
            began: (epoch, self.began.1),
            pinned: true,
            ..self
        }
    }

    /// When the account began.
    pub(super) fn began(self) -> Timestamp {
        self.began.0
    }

    /// The time of day. It follows tokio's clock, so a test that moves that clock moves the calendar too.
    pub(super) fn now(self) -> Timestamp {
        let passed = SignedDuration::try_from(self.began.1.elapsed()).unwrap_or_default();
        let moved = self.began.0.saturating_add(passed).unwrap_or(self.began.0);
        if self.pinned {
            moved
        } else {
            // A machine that slept: the calendar went on, the other clock did not.
            moved.max(Timestamp::now())
        }
    }

    /// The real time that `duration` of account time takes.
    pub(super) fn compress(self, duration: Duration) -> Duration {
        Duration::try_from_secs_f64(duration.as_secs_f64() / self.speed).unwrap_or(Duration::MAX)
    }

    /// The instant at which `duration` of account time from now has passed.
    pub(super) fn after(self, duration: Duration) -> Instant {
        let now = Instant::now();
        now.checked_add(self.compress(duration)).unwrap_or(now)
    }

    /// Waits for this many milliseconds of account time.
    pub(super) async fn pass(self, milliseconds: f64) {
        let wait = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default();
        tokio::time::sleep(self.compress(wait)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_shrink_with_the_speed() {
        let second = Duration::from_secs(1);
        assert_eq!(
            AccountClock::new(50.0).compress(second),
            Duration::from_millis(20)
        );
        assert_eq!(AccountClock::new(f64::NAN).compress(second), second);
        assert_eq!(AccountClock::new(-1.0).compress(second), second);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pinned_calendar_follows_the_moved_clock() {
        let clock = AccountClock::new(50.0).pinned(Timestamp::UNIX_EPOCH);
        tokio::time::advance(Duration::from_secs(90)).await;
        assert_eq!(clock.now().as_second(), 90);
        assert_eq!(clock.began(), Timestamp::UNIX_EPOCH);
    }
}
