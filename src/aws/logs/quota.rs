//! How often `FilterLogEvents` may be asked: a token bucket at 40 % of what the region allows the whole account. All who
//! ask through one session share it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The part of the account's quota that is taken; other people's tools need the rest.
const SHARE: f64 = 0.4;
/// Calls that may come at once.
const BURST: f64 = 2.0;
/// How soon who waits looks again.
const WAIT: Duration = Duration::from_millis(50);

/// The account's quota in calls a second, as AWS documents it per region; the smallest where it is not known.
fn quota(region: &str) -> f64 {
    match region {
        "us-east-1" => 25.0,
        _ => 5.0,
    }
}

/// The right to call; clones share it.
#[derive(Debug, Clone)]
pub struct Quota(Arc<Mutex<Bucket>>);

#[derive(Debug)]
struct Bucket {
    rate: f64,
    tokens: f64,
    at: Instant,
    /// Whether the last call was a tail's; the next one is then whoever's asks first.
    was_tail: bool,
}

impl Quota {
    pub(super) fn of_region(region: &str) -> Self {
        Self::at_rate(SHARE * quota(region))
    }

    fn at_rate(rate: f64) -> Self {
        Self(Arc::new(Mutex::new(Bucket {
            rate,
            tokens: BURST,
            at: Instant::now(),
            was_tail: true,
        })))
    }

    /// One that is never used up.
    #[cfg(test)]
    pub(crate) fn boundless() -> Self {
        Self::at_rate(1e12)
    }

    /// Takes the right to one call for a tail, if there is one now.
    #[must_use]
    pub fn take(&self) -> bool {
        self.take_for(true)
    }

    /// Takes the right to one call of a work that can wait, if there is one to spare now.
    #[must_use]
    pub fn take_spare(&self) -> bool {
        self.take_for(false)
    }

    /// How many calls a second it grants.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.bucket().rate
    }

    fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the right to one call of a work that can wait. Where a tail is short of calls, each has every other one.
    pub async fn wait(&self) {
        while !self.take_spare() {
            tokio::time::sleep(WAIT).await;
        }
    }

    fn take_for(&self, tail: bool) -> bool {
        let mut bucket = self.bucket();
        let now = Instant::now();
        let grown = bucket.tokens + (now - bucket.at).as_secs_f64() * bucket.rate;
        bucket.tokens = grown.min(BURST);
        bucket.at = now;
        // What can wait leaves one call to a tail, unless the tail had the last.
        let least = if tail || bucket.was_tail { 1.0 } else { BURST };
        let granted = bucket.tokens >= least;
        if granted {
            bucket.tokens -= 1.0;
            bucket.was_tail = tail;
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_stretch_of_time_sees_more_than_two_fifths_of_the_quota_whoever_asks() {
        for (region, rate) in [("eu-south-2", 2), ("us-east-1", 10)] {
            let quota = Quota::of_region(region);
            let shared = quota.clone();
            let (mut tail, mut others) = (0, 0);
            for _ in 0..6_000 {
                others += u32::from(shared.take_for(false));
                tail += u32::from(quota.take());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let all = tail + others;
            assert!((rate * 60 - 1..=rate * 60 + 2).contains(&all), "{all}");
            assert!(tail.min(others) * 5 >= all * 2, "{tail} and {others}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_work_that_can_wait_has_every_call_while_nothing_is_followed() {
        let quota = Quota::of_region("us-east-1");
        let began = Instant::now();
        for _ in 0..102 {
            quota.wait().await;
        }
        assert!(began.elapsed() <= Duration::from_millis(10_600));
    }
}
