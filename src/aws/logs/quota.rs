//! How often `FilterLogEvents` may be asked: in each region a token bucket at 40 % of what that allows the whole account.
//! All who ask through one session share the buckets, also after its credentials were renewed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::logs::Home;

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

/// The rights to call of all regions; clones share them.
#[derive(Debug, Clone)]
pub struct Quotas {
    /// The region the session works in.
    home: String,
    /// What a region begins with.
    begin: fn(&str) -> Quota,
    known: Arc<Mutex<BTreeMap<String, Quota>>>,
}

impl Quotas {
    /// Those of a session that works in this region.
    pub(super) fn of_session(home: &str) -> Self {
        Self::beginning(home, Quota::of_region)
    }

    fn beginning(home: &str, begin: fn(&str) -> Quota) -> Self {
        Self {
            home: home.to_owned(),
            begin,
            known: Arc::default(),
        }
    }

    /// Those that are never used up.
    #[cfg(test)]
    pub(crate) fn boundless() -> Self {
        Self::beginning("us-east-1", |_| Quota::at_rate(1e12))
    }

    /// The region of a group, by its key.
    #[must_use]
    pub fn region_of(&self, key: &str) -> String {
        Home::of_arn(key).map_or_else(|| self.home.clone(), |home| home.region)
    }

    /// The right to call in a region.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Quota {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let quota = known.entry(region.to_owned());
        quota.or_insert_with(|| (self.begin)(region)).clone()
    }
}

/// The right to call in one region; clones share it.
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
    fn of_region(region: &str) -> Self {
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
    async fn each_region_has_a_bucket_of_its_own_that_all_who_ask_there_share() {
        let quotas = Quotas::of_session("us-east-1");
        let far = quotas.region_of("arn:aws:logs:eu-west-1:1:log-group:/x");
        while quotas.in_region(&far).take() {}
        assert!(!quotas.clone().in_region("eu-west-1").take());
        let home = quotas.in_region(&quotas.region_of("/x"));
        assert!(home.take() && home.rate() > quotas.in_region(&far).rate());
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
