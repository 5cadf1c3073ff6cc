//! How fast the store is with a thousand runs of 6 sizes and 20 samples, and how many samples it takes a second.
//!
//! `cargo bench --bench store`. Goals: the library of 1,000 runs within 500 ms, opening within 20 ms, and 1,000 samples
//! a second: ten times what a run in 46 sizes brings.

mod measure;
mod runs;

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use iacstone::lambda::MemoryMb;
use iacstone::store::Store;
use measure::{Goal, median, milliseconds, report};

const RUNS: u16 = 1000;
const SAMPLES: usize = 20;
const TRIES: usize = 9;
const APPENDED: usize = 5000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    first_opening().await?;
    fill(folder.path()).await?;
    opening(folder.path()).await?;
    append(folder.path()).await
}

/// Opening a store that is not there yet: what a first start and every demo does.
async fn first_opening() -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..TRIES {
        let folder = tempfile::tempdir()?;
        let start = Instant::now();
        let store = Store::open(folder.path())?;
        times.push(milliseconds(start.elapsed()));
        store.close().await?;
    }
    report("creating a store, median", median(times), "ms", Goal::None);
    Ok(())
}

async fn fill(folder: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder)?;
    let mut times = Vec::new();
    for age in 0..RUNS {
        let run = runs::run("checkout", age, SAMPLES)?;
        let start = Instant::now();
        store.runs().save(&run).await?;
        times.push(milliseconds(start.elapsed()));
    }
    report(
        "saving a run durably, median",
        median(times),
        "ms",
        Goal::None,
    );
    Ok(store.close().await?)
}

async fn opening(folder: &Path) -> Result<(), Box<dyn Error>> {
    let (mut opens, mut loads) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        let start = Instant::now();
        let store = Store::open(folder)?;
        opens.push(milliseconds(start.elapsed()));
        let start = Instant::now();
        let (runs, unreadable) = store.runs().all().await?;
        loads.push(milliseconds(start.elapsed()));
        assert_eq!((runs.len(), unreadable.len()), (usize::from(RUNS), 0));
        store.close().await?;
    }
    report(
        "opening a store of 1,000 runs, median",
        median(opens),
        "ms",
        Goal::AtMost(20.0),
    );
    report(
        "loading 1,000 runs, 120,000 samples, median",
        median(loads),
        "ms",
        Goal::AtMost(500.0),
    );
    Ok(())
}

async fn append(folder: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder)?;
    let run = runs::run("live", RUNS, 0)?;
    store.runs().save(&run).await?;
    let sample = runs::sample(MemoryMb::MIN, 0);
    let start = Instant::now();
    for _ in 0..APPENDED {
        store
            .runs()
            .append_sample(&run.id, MemoryMb::MIN, &sample)
            .await?;
    }
    let a_second = APPENDED as f64 / start.elapsed().as_secs_f64();
    report(
        "samples appended one by one",
        a_second.round(),
        "samples/s",
        Goal::AtLeast(1000.0),
    );
    Ok(store.close().await?)
}
