//! The one source of chance: every draw follows from the seed of the storm and the name of what is drawn.

use std::ops::RangeInclusive;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// A generator for one purpose. Purposes do not disturb each other: one more draw here changes nothing there.
#[derive(Debug)]
pub(crate) struct Dice(StdRng);

impl Dice {
    /// The generator of this storm for this purpose.
    pub(crate) fn of(seed: u64, purpose: &str) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.bytes().chain(seed.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(StdRng::seed_from_u64(hash))
    }

    /// Any number, for what has a seed of its own.
    pub(crate) fn number(&mut self) -> u64 {
        self.0.random()
    }

    /// A number within the range.
    pub(crate) fn within(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0.random_range(range)
    }

    /// A period within the range of milliseconds.
    pub(crate) fn millis(&mut self, range: RangeInclusive<u64>) -> Duration {
        Duration::from_millis(self.within(range))
    }

    /// Whether it happens that happens so many times in a hundred.
    pub(crate) fn percent(&mut self, times: u32) -> bool {
        self.0.random_ratio(times, 100)
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let last = several.len().saturating_sub(1) as u64;
        &several[usize::try_from(self.within(0..=last)).unwrap()]
    }
}
