//! The storm of the tail: groups that are written to in every way, sessions and pages that fail in every way, and a reader
//! who is to hear of each event exactly once and of each doubt in time.
//!
//! What is promised: with `since`, everything from then on that could be read when the tail began, and without it the newest
//! 200 of that, shared by the groups; whatever can be read later, at most [`WINDOW_MS`] after its own time; and whatever a
//! live session brought, however late. Of that each is told once, the rest at most once.

mod filled;
mod holes;
mod life;
mod order;
mod record;
mod stage;
mod trouble;
mod whole;
mod wire;
mod world;

use super::{Broken, Steps, Storm, Tally, judge};
use trouble::Trouble;
use world::World;

/// How late an event may be, by its own time, that no session brought: the sweeps look back so far.
const WINDOW_MS: i64 = 120_000;

/// Seeds that broke a promise once.
const SEEDS: [u64; 23] = [
    16,
    40,
    102,
    176,
    187,
    234,
    324,
    340,
    370,
    421,
    1_098,
    1_323,
    2_740,
    3_787,
    3_978,
    5_124,
    5_267,
    7_137,
    8_430,
    21_855,
    24_975,
    3_451_421_783,
    3_828_813_086,
];

/// Tails in trouble.
#[derive(Debug)]
pub(crate) struct Tails;

impl Storm for Tails {
    const NAME: &'static str = "tail";
    type Trouble = Trouble;

    fn troubles(seed: u64) -> Vec<Trouble> {
        trouble::draw(seed, &World::of(seed))
    }

    async fn rage(seed: u64, troubles: Vec<Trouble>, steps: Steps) -> Result<Tally, Broken> {
        stage::play(seed, World::of(seed), troubles, steps).await
    }
}

/// A time in Unix milliseconds as seconds since every storm's beginning.
fn clock_of(time_ms: i64) -> String {
    let since_ms = time_ms - super::time::epoch().as_millisecond();
    format!("{:.3} s", since_ms as f64 / 1000.0)
}

#[test]
fn fresh_storms_keep_every_promise() {
    judge::fresh::<Tails>();
}

#[test]
fn seeds_that_failed_once() {
    println!("{}", judge::all::<Tails>(SEEDS));
}

#[test]
fn a_seed_is_the_same_storm_each_time() {
    judge::repeats::<Tails>([1, 2, 3, 4]);
}

#[cfg(feature = "planted")]
#[test]
fn planted_faults_are_found() {
    use iacstone::planted::Planted;
    judge::finds::<Tails>(&[Planted::NoCount, Planted::ShortSweep, Planted::OpenGap]);
}
