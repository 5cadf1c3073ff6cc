//! How often FilterLogEvents may be asked: a token bucket at 40 % of what the region allows the whole account.

use std::time::Duration;

use super::clock::Now;

/// The part of the account's quota a tail takes; other people's tools need the rest.
const SHARE: f64 = 0.4;
/// Calls that may come at once.
const BURST: f64 = 2.0;

/// The account's quota in calls a second, as AWS documents it per region; the smallest where it is not known.
fn quota(region: &str) -> f64 {
    match region {
        "us-east-1" => 25.0,
        _ => 5.0,
    }
}

/// The calls a tail may make.
#[derive(Debug)]
pub(super) struct Bucket {
    rate: f64,
    tokens: f64,
    at: Duration,
}

impl Bucket {
    pub(super) fn of_region(region: &str) -> Self {
        Self {
            rate: SHARE * quota(region),
            tokens: BURST,
            at: Duration::ZERO,
        }
    }

    /// Calls a second in the long run.
    pub(super) const fn rate(&self) -> f64 {
        self.rate
    }

    /// Takes the right to one call, if there is one now.
    pub(super) fn take(&mut self, now: Now) -> bool {
        let grown = self.tokens + now.since(self.at).as_secs_f64() * self.rate;
        self.tokens = grown.min(BURST);
        self.at = now.at;
        let granted = self.tokens >= 1.0;
        if granted {
            self.tokens -= 1.0;
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stretch_of_time_sees_more_than_two_fifths_of_the_quota() {
        for (region, rate) in [("eu-south-2", 2), ("us-east-1", 10)] {
            let mut bucket = Bucket::of_region(region);
            let granted = (0..60_000).filter(|&ms| {
                bucket.take(Now {
                    at: Duration::from_millis(ms),
                    wall_ms: 0,
                })
            });
            let granted = granted.count();
            assert!((rate * 60..=rate * 60 + 2).contains(&granted), "{granted}");
        }
    }
}
