//! Ten thousand storms of each kind: whole programs in virtual time, a seed deciding everything that happens to them.
//!
//! `cargo bench --bench storms`, or with how many (`-- 500`, or `STORM_COUNT=500`) and of which kinds (`-- 500 screen`).
//! Goal: no promise is broken. Ends with 1 when one was; the account of it tells how to see it again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::float_cmp,
    reason = "storms fail loudly, as tests do"
)]

mod measure;

#[path = "../it"]
#[allow(
    dead_code,
    unused_imports,
    reason = "a part of it serves the tests alone"
)]
mod it {
    pub(crate) mod storm;
}

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use it::storm::{self, Storm, Tally, judge};
use measure::{Goal, heading, report};

/// How many storms of a kind, unless somebody says otherwise.
const COUNT: u64 = 10_000;

/// How many broken promises are told in full.
const TOLD: usize = 3;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let first = words.first().and_then(|word| word.parse().ok());
    words.retain(|word| word.parse::<u64>().is_err());
    let told = || std::env::var("STORM_COUNT").ok()?.parse().ok();
    let count = first.or_else(told).unwrap_or(COUNT);
    let mut broken = 0;
    let mut raise = |name: &str, storms: fn(u64) -> usize| {
        if words.is_empty() || words.iter().any(|word| word == name) {
            broken += storms(count);
        }
    };
    raise(storm::feeds::Feeds::NAME, storms_of::<storm::feeds::Feeds>);
    raise(
        storm::screen::Screen::NAME,
        storms_of::<storm::screen::Screen>,
    );
    raise(storm::tail::Tails::NAME, storms_of::<storm::tail::Tails>);
    raise(
        storm::tuner::Tuners::NAME,
        storms_of::<storm::tuner::Tuners>,
    );
    ExitCode::from(u8::from(broken > 0))
}

/// Raises the first so many storms of a kind on all cores and prints what they came to; gives how many broke a promise.
fn storms_of<S: Storm>(count: u64) -> usize {
    heading(&format!("{} storms", S::NAME));
    let start = Instant::now();
    let (tally, mut broken) = on_all_cores::<S>(count);
    let seconds = start.elapsed().as_secs_f64();
    broken.sort();
    let row = |what, figure: u64, goal| report(what, figure as f64, "", goal);
    row("seeds", count, Goal::None);
    let hours = tally.time.as_secs_f64() / 3600.0;
    report("virtual time", hours, "h", Goal::None);
    row("crashes and new starts", tally.crashes, Goal::None);
    row(
        "calls, or messages to a program without any",
        tally.calls,
        Goal::None,
    );
    row("troubles", tally.troubles, Goal::None);
    row("promises broken", broken.len() as u64, Goal::AtMost(0.0));
    report("wall time", seconds, "s", Goal::None);
    report("storms a second", count as f64 / seconds, "/s", Goal::None);
    for (seed, words) in broken.iter().skip(TOLD) {
        println!("seed {seed}: {words}");
    }
    for (seed, _) in broken.iter().take(TOLD) {
        println!("\n{}", judge::one::<S>(*seed).err().unwrap_or_default());
    }
    broken.len()
}

/// Raises the storms of the seeds below `count`; gives what those that kept every promise came to, and the others.
fn on_all_cores<S: Storm>(count: u64) -> (Tally, Vec<(u64, String)>) {
    let next = AtomicU64::new(0);
    let some = || {
        let (mut tally, mut broken) = (Tally::default(), Vec::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= count {
                return (tally, broken);
            }
            match judge::outcome::<S>(seed) {
                Ok(more) => tally = tally + more,
                Err(why) => broken.push((seed, why.0)),
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(some)).collect();
        let parts = threads.into_iter().map(|thread| thread.join().unwrap());
        parts.fold(
            (Tally::default(), Vec::new()),
            |(tally, mut all), (more, broken)| {
                all.extend(broken);
                (tally + more, all)
            },
        )
    })
}
