//! Repeating a read that failed for a passing reason, with full jitter so that many clients do not come back at once.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

/// How often and how soon a read is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
    attempts: u32,
}

impl Backoff {
    /// How reads of the account are repeated while somebody waits for them.
    pub const READS: Self = Self::new(Duration::from_millis(200), Duration::from_secs(2), 4);

    /// Up to `attempts` tries in all, but at least one. Before the n-th repetition (from 0) the pause is drawn evenly from zero to
    /// `base` x 2^n, but never more than `cap`.
    #[must_use]
    pub const fn new(base: Duration, cap: Duration, attempts: u32) -> Self {
        Self {
            base,
            cap,
            attempts,
        }
    }

    /// The pauses between the tries, one fewer than tries.
    pub fn delays(self, mut rng: impl Rng) -> impl Iterator<Item = Duration> {
        (1..self.attempts)
            .map(move |attempt| rng.random_range(Duration::ZERO..=self.ceiling(attempt - 1)))
    }

    /// The pause before the n-th repetition, counted from 0, however many tries there are.
    pub fn delay(self, repetition: u32, mut rng: impl Rng) -> Duration {
        rng.random_range(Duration::ZERO..=self.ceiling(repetition))
    }

    /// The longest pause before the n-th repetition, counted from 0.
    fn ceiling(self, repetition: u32) -> Duration {
        let factor = 2_u32.saturating_pow(repetition);
        self.base.saturating_mul(factor).min(self.cap)
    }
}

/// A generator for the pauses of one operation, seeded by this thread's `fastrand`, as the AWS SDK's are: whoever seeds
/// that one knows every pause.
#[must_use]
pub fn jitter() -> StdRng {
    StdRng::seed_from_u64(fastrand::u64(..))
}

/// Tries `operation` until it succeeds, fails for good, or the tries are used up; returns its last answer. For reads
/// only: what has side effects must not be repeated blindly.
///
/// # Errors
/// The last error of `operation`.
pub async fn retry<T, E, F>(
    backoff: Backoff,
    is_retryable: impl Fn(&E) -> bool,
    mut operation: impl FnMut() -> F,
) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
{
    for delay in backoff.delays(jitter()) {
        match operation().await {
            Err(error) if is_retryable(&error) => tokio::time::sleep(delay).await,
            answer => return answer,
        }
    }
    operation().await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;
    use tokio::time::Instant;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    proptest! {
        #[test]
        fn a_pause_is_never_longer_than_its_ceiling(
            seed: u64, base in 0_u64..10_000, cap in 0_u64..100_000, attempts in 0_u32..80,
        ) {
            let (base, cap) = (Duration::from_millis(base), Duration::from_millis(cap));
            let backoff = Backoff::new(base, cap, attempts);
            let delays: Vec<Duration> = backoff.delays(StdRng::seed_from_u64(seed)).collect();
            prop_assert_eq!(delays.len() as u64, u64::from(attempts.saturating_sub(1)));
            let mut ceiling = base;
            for delay in delays {
                prop_assert!(delay <= ceiling.min(cap));
                ceiling = ceiling.saturating_mul(2);
            }
        }
    }

    #[test]
    fn pauses_grow_up_to_the_cap_and_use_the_whole_range() {
        let backoff = Backoff::new(SECOND, 8 * SECOND, 7);
        let mut longest = [Duration::ZERO; 6];
        let mut shortest = [Duration::MAX; 6];
        for seed in 0..2_000 {
            for (n, delay) in backoff.delays(StdRng::seed_from_u64(seed)).enumerate() {
                longest[n] = longest[n].max(delay);
                shortest[n] = shortest[n].min(delay);
            }
        }
        for (n, ceiling) in [1, 2, 4, 8, 8, 8].into_iter().enumerate() {
            let ceiling = ceiling * SECOND;
            assert!(longest[n] <= ceiling && longest[n] > ceiling.mul_f64(0.98));
            assert!(shortest[n] < ceiling.mul_f64(0.02));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_is_repeated_until_it_succeeds() {
        let tries = Cell::new(0);
        let backoff = Backoff::new(SECOND, 4 * SECOND, 5);
        let since = Instant::now();
        let answer = retry(
            backoff,
            |_: &&str| true,
            || async {
                tries.set(tries.get() + 1);
                if tries.get() < 4 {
                    Err("throttled")
                } else {
                    Ok("lines")
                }
            },
        );
        assert_eq!(answer.await, Ok("lines"));
        assert_eq!(tries.get(), 4);
        assert!(since.elapsed() <= 7 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_for_good_and_the_last_try_end_it() {
        for (attempts, retryable, expected) in [(3, true, 3), (3, false, 1), (1, true, 1)] {
            let tries = Cell::new(0);
            let backoff = Backoff::new(SECOND, SECOND, attempts);
            let answer: Result<(), _> = retry(
                backoff,
                |_: &&str| retryable,
                || async {
                    tries.set(tries.get() + 1);
                    Err("denied")
                },
            )
            .await;
            assert_eq!((answer, tries.get()), (Err("denied"), expected));
        }
    }
}
