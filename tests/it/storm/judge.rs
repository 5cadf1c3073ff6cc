//! Judging storms: many seeds in a row, and for one that breaks a promise, how and by how little.

use std::fmt::Write as _;

use super::{Broken, Steps, Storm, Tally, time};

/// How many fresh storms of a kind are raised when nobody says otherwise.
const FRESH: u64 = 300;

/// Raises storms, other ones each time, as many as `STORM_COUNT` says; with `STORM_SEED` only that one, step by step.
pub(crate) fn fresh<S: Storm>() {
    if let Some(seed) = variable("STORM_SEED") {
        let tally = rage::<S>(seed, S::troubles(seed), &Steps::new(true));
        let tally = tally.unwrap_or_else(|broken| panic!("{}", account_of::<S>(seed, &broken)));
        return println!("seed {seed}: {tally}");
    }
    let first = u64::from(rand::random::<u32>());
    let seeds = first..first + variable("STORM_COUNT").unwrap_or(FRESH);
    println!("seeds {} to {}", seeds.start, seeds.end - 1);
    println!("{}", all::<S>(seeds));
}

/// Raises the storms of these seeds; panics with an account of the first that breaks a promise.
pub(crate) fn all<S: Storm>(seeds: impl IntoIterator<Item = u64>) -> Tally {
    let tally = |seed| one::<S>(seed).unwrap_or_else(|account| panic!("{account}"));
    seeds.into_iter().map(tally).sum()
}

/// Raises one storm.
///
/// # Errors
/// An account of what was broken, to be read by who has to mend it.
pub(crate) fn one<S: Storm>(seed: u64) -> Result<Tally, String> {
    outcome::<S>(seed).map_err(|broken| account_of::<S>(seed, &broken))
}

/// Raises one storm, and looks no further when a promise is broken.
///
/// # Errors
/// The first promise that was broken.
pub(crate) fn outcome<S: Storm>(seed: u64) -> Result<Tally, Broken> {
    rage::<S>(seed, S::troubles(seed), &Steps::new(false))
}

/// The first of these seeds whose storm breaks a promise, and which one; `None` when all are kept.
#[cfg(feature = "planted")]
fn first_broken<S: Storm>(seeds: impl IntoIterator<Item = u64>) -> Option<(u64, Broken)> {
    let broken = |seed| outcome::<S>(seed).err().map(|broken| (seed, broken));
    seeds.into_iter().find_map(broken)
}

/// Whether each of these faults, planted into the program, breaks a promise within two thousand storms.
#[cfg(feature = "planted")]
pub(crate) fn finds<S: Storm>(faults: &[iacstone::planted::Planted]) {
    for &fault in faults {
        iacstone::planted::plant(Some(fault));
        let found = first_broken::<S>(0..2000);
        iacstone::planted::plant(None);
        let (seed, broken) = found.unwrap_or_else(|| panic!("{fault:?} is not found"));
        println!("{fault:?} is found after {} storms: {}", seed + 1, broken.0);
    }
}

/// Whether the seed gives the same storm, step by step, each time.
pub(crate) fn repeats<S: Storm>(seeds: impl IntoIterator<Item = u64>) {
    for seed in seeds {
        let digest = || {
            let steps = Steps::new(false);
            let outcome = rage::<S>(seed, S::troubles(seed), &steps);
            (steps.digest(), outcome, steps.last())
        };
        let (first, second) = (digest(), digest());
        assert_eq!(first, second, "seed {seed} is not the same storm each time");
        assert!(first.0.1 > 0, "seed {seed}: nothing happened");
    }
}

fn rage<S: Storm>(seed: u64, troubles: Vec<S::Trouble>, steps: &Steps) -> Result<Tally, Broken> {
    let count = troubles.len() as u64;
    let storm = Box::pin(S::rage(seed, troubles, steps.clone()));
    let tally = time::run(seed, steps, async {
        let began = tokio::time::Instant::now();
        let tally = storm.await?;
        Ok(Tally {
            storms: 1,
            time: began.elapsed(),
            troubles: count,
            ..tally
        })
    })?;
    Ok(tally)
}

/// What was broken, how to see it again, the fewest troubles that do it, and the last steps of that storm.
fn account_of<S: Storm>(seed: u64, broken: &Broken) -> String {
    let all = S::troubles(seed);
    let fewest = fewest::<S>(seed, all.clone());
    let steps = Steps::new(false);
    let outcome = rage::<S>(seed, fewest.clone(), &steps);
    let name = S::NAME;
    let mut account = format!(
        "the {name} storm of seed {seed} broke a promise: {}\nsee it again: STORM_SEED={seed} cargo nextest run storm::{name} --no-capture\n\n",
        broken.0
    );
    let mut line = |text: &str| writeln!(account, "{text}").unwrap();
    line(&format!(
        "{} of its {} troubles are enough:",
        fewest.len(),
        all.len()
    ));
    for trouble in &fewest {
        line(&format!("  {trouble}"));
    }
    if let Err(Broken(words)) = outcome {
        line(&format!("which then break this one: {words}"));
    }
    line("\nits last steps:");
    for step in steps.last() {
        line(&step);
    }
    account
}

/// Drops troubles one by one for as long as a promise is still broken without them.
fn fewest<S: Storm>(seed: u64, mut troubles: Vec<S::Trouble>) -> Vec<S::Trouble> {
    let breaks =
        |troubles: &[S::Trouble]| rage::<S>(seed, troubles.to_vec(), &Steps::new(false)).is_err();
    loop {
        let before = troubles.len();
        for at in (0..before).rev() {
            let mut without = troubles.clone();
            without.remove(at);
            if breaks(&without) {
                troubles = without;
            }
        }
        // What was needed may be needless without what came after it.
        if troubles.len() == before {
            return troubles;
        }
    }
}

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{name} is to be a number, not '{text}'")))
}
