//! Feeds in a storm: servers that fail, move and mislead, while the program dies and starts again on the same store.
//!
//! What the servers gave is written into books of their own, and the program is held to them: no article is lost or
//! doubled, nothing is asked too early or too often, and once all is well again everything is as the servers have it.

mod answering;
mod cast;
mod check;
mod fetch;
mod ledger;
mod memory;
mod plan;
mod program;
mod trouble;
mod world;
mod writing;

use std::collections::VecDeque;

use iacstone::store::Store;
use program::{DiskOf, End, Program};
use trouble::Trouble;
use world::World;

use super::{Broken, Steps, Storm, Tally, directory, judge};

/// The storm of the feeds.
pub(crate) struct Feeds;

impl Storm for Feeds {
    const NAME: &'static str = "feeds";
    type Trouble = Trouble;

    fn troubles(seed: u64) -> Vec<Trouble> {
        trouble::of(seed)
    }

    async fn rage(seed: u64, troubles: Vec<Trouble>, steps: Steps) -> Result<Tally, Broken> {
        let (sites, lasts) = cast::of(seed);
        let mut deeds = VecDeque::from(plan::of(seed, lasts));
        let world = World::new(seed, sites, troubles, steps);
        let folder = directory();
        let mut tally = Tally::default();
        loop {
            let opened = Store::open_in_steps(folder.path(), DiskOf(world.clone()));
            let (store, serving) = opened.map_err(|error| Broken(error.to_string()))?;
            let life = Program::new(&world, store).live(&mut deeds, lasts);
            let ended = tokio::select! {
                biased;
                away = world.death() => Err(away),
                (end, ()) = async { tokio::join!(life, serving) } => Ok(end?),
            };
            world.verdict()?;
            let pause = match ended {
                Ok(End::Good) => break,
                Ok(End::For(pause)) => pause,
                Err(away) => {
                    tally.crashes += 1;
                    world.note("the program dies");
                    let now = world.now();
                    world.ledger(|it| it.break_off(now));
                    away
                }
            };
            tokio::time::sleep(pause).await;
        }
        tally.calls = world.requests();
        Ok(tally)
    }
}

/// Storms that find a fault each that was there once, in this order: a feed was asked though nothing of it could be
/// saved, with what another address was known by, sooner after the answer than that wished, and sooner than its `ttl`
/// once it had not changed; half a document was taken for the whole; a host was asked by more than four through redirects.
const SEEDS: &[u64] = &[0, 1, 3, 8, 73, 163];

#[test]
fn fresh_storms_keep_every_promise() {
    judge::fresh::<Feeds>();
}

#[test]
fn seeds_that_failed_once() {
    judge::all::<Feeds>(SEEDS.iter().copied());
}

#[test]
fn a_seed_is_the_same_storm_each_time() {
    judge::repeats::<Feeds>([1, 2, 3]);
}

#[cfg(feature = "planted")]
#[test]
fn planted_faults_are_found() {
    judge::finds::<Feeds>(&[iacstone::planted::Planted::NoRetryAfter]);
}
