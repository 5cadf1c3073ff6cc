//! The account's time: waits are compressed by the speed, reported durations are not.

use std::time::Duration;

use tokio::time::Instant;

/// Converts the account's durations into real waiting time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    speed: f64,
}

impl Clock {
    /// A clock that runs `speed` times as fast as real time; what is not positive counts as 1.
    pub(super) fn new(speed: f64) -> Self {
        let usable = speed.is_finite() && speed > 0.0;
        Self {
            speed: if usable { speed } else { 1.0 },
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
        assert_eq!(Clock::new(50.0).compress(second), Duration::from_millis(20));
        assert_eq!(Clock::new(f64::NAN).compress(second), second);
        assert_eq!(Clock::new(-1.0).compress(second), second);
    }
}
