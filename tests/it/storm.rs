//! Storms: whole programs in virtual time, one seed deciding everything that happens to them.
//!
//! A [`Storm`] draws what goes wrong from its seed, lets it happen to a program driven through its public face, and says
//! which promise was broken, if one was. No real time, no network and no thread has a part in it, so that a seed always
//! gives the same storm: `STORM_SEED=7 cargo nextest run storm::tuner` plays one again, `STORM_COUNT=5000` asks for more.

pub(crate) mod dice;
pub(crate) mod feeds;
pub(crate) mod judge;
pub(crate) mod screen;
pub(crate) mod steps;
pub(crate) mod tail;
pub(crate) mod tally;
pub(crate) mod time;
pub(crate) mod tuner;

use std::fmt::Display;
use std::path::Path;

pub(crate) use dice::Dice;
pub(crate) use steps::Steps;
pub(crate) use tally::Tally;
use tempfile::TempDir;

/// A promise that was not kept, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) String);

/// One kind of storm.
pub(crate) trait Storm {
    /// Its name, which is that of its module.
    const NAME: &'static str;
    /// One thing that goes wrong. The search for the smallest cause drops them one by one: what else is drawn from the
    /// seed must not depend on which are left.
    type Trouble: Clone + Display;

    /// What goes wrong in the storm of this seed.
    fn troubles(seed: u64) -> Vec<Self::Trouble>;

    /// Lets it happen, in a runtime of its own whose time moves only when everybody waits; gives what it came to.
    ///
    /// # Errors
    /// The first promise that was broken.
    fn rage(
        seed: u64,
        troubles: Vec<Self::Trouble>,
        steps: Steps,
    ) -> impl Future<Output = Result<Tally, Broken>>;
}

/// A new data directory, in memory where the system has such.
fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.unwrap()
}

/// Fails with these words when the promise was not kept.
#[macro_export]
macro_rules! promise {
    ($kept:expr, $($words:tt)+) => {{
        let kept: bool = $kept;
        if !kept {
            return Err($crate::storm::Broken(format!($($words)+)));
        }
    }};
}
