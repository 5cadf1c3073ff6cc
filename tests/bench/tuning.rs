//! How soon the first sample of a run arrives, how long a whole run takes and how many control-plane calls it makes,
//! on a simulated account whose configuration updates take 1 s.
//!
//! `cargo bench --bench tuning`. Goals: the first sample within 1.5 s of the start; 6 sizes x 50 samples at speed 50 in
//! less than half of the reference tool's 20.2 s and less than half of its 65 calls; never two invocations at a time in
//! one environment.

mod measure;

use std::error::Error;
use std::time::{Duration, Instant};

use iacstone::aws::{Session, SessionOptions};
use iacstone::lambda::MemoryMb;
use iacstone::power::{PlanDraft, RunEvent, RunId, RunState, SamplingDraft};
use iacstone::simulator::{Account, AccountOptions, FunctionSettings, http_client};
use iacstone::store::Store;
use iacstone::tuner::{Tuner, TunerLimits};
use measure::{Goal, heading, median, milliseconds, report};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the reference tool needed for 6 x 50 on the same account, measured.
const REFERENCE_S: f64 = 20.2;
const REFERENCE_CALLS: f64 = 65.0;
const TRIES: usize = 3;
const FUNCTION: &str = "dynamodb-reads";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    heading("first sample, six default sizes, updates of 1 s, speed 1");
    let at_a_planned_size = first_sample("no-op", None).await?;
    report(
        "the function has a planned size, median",
        at_a_planned_size,
        "ms",
        Goal::AtMost(1500.0),
    );
    let at_another = first_sample("no-op", MemoryMb::new(192).ok()).await?;
    report(
        "the function has another size, median",
        at_another,
        "ms",
        Goal::AtMost(1500.0),
    );
    heading("6 sizes x 50 samples, dynamodb-reads, updates of 1 s, speed 50");
    whole_run(1).await?;
    heading("the same with 4 environments per size");
    whole_run(4).await
}

/// What is tuned, on which account.
struct Race {
    draft: PlanDraft,
    speed: f64,
    /// The memory size of the function, when it is not the account's.
    memory: Option<MemoryMb>,
    /// Whether the first sample ends the run.
    until_first: bool,
}

/// How it went.
struct Outcome {
    account: Account,
    wall: Duration,
    first_sample: Duration,
    calls: u32,
}

impl Race {
    /// Runs it on an account of its own, with a store of its own on the disk.
    async fn run(self) -> Result<Outcome, Box<dyn Error>> {
        let account = Account::new(AccountOptions {
            speed: self.speed,
            ..AccountOptions::default()
        });
        let plan = self.draft.build()?;
        if let Some(memory) = self.memory {
            let set = |settings: &mut FunctionSettings| settings.memory = memory;
            account.deploy(plan.function.name(), set);
        }
        let folder = tempfile::tempdir()?;
        let tuner = tuner(&account, Store::open(folder.path())?).await?;
        let (sender, events) = mpsc::channel(64);
        let stop = CancellationToken::new();
        let start = Instant::now();
        let tuning = tuner.tune(id(), plan, sender, stop.clone());
        let stop = self.until_first.then_some(stop);
        let (run, first) = tokio::join!(tuning, first_sample_of(events, stop));
        let wall = start.elapsed();
        let run = run?;
        let state = run.measured().map(|measured| &measured.state);
        if state != Some(&RunState::Finished) && !self.until_first {
            return Err(format!("the run did not finish: {state:?}").into());
        }
        Ok(Outcome {
            wall,
            first_sample: first.ok_or("no sample arrived")? - start,
            calls: account.control_calls(),
            account,
        })
    }
}

/// When the first sample arrived; stops the run then, if it has `stop`.
async fn first_sample_of(
    mut events: mpsc::Receiver<RunEvent>,
    stop: Option<CancellationToken>,
) -> Option<Instant> {
    let mut first = None;
    while let Some(event) = events.recv().await {
        if matches!(event, RunEvent::Sampled(..)) {
            first.get_or_insert_with(Instant::now);
            stop.iter().for_each(CancellationToken::cancel);
        }
    }
    first
}

fn id() -> RunId {
    RunId::new(jiff::Timestamp::now(), rand::random())
}

async fn tuner(account: &Account, store: Store) -> Result<Tuner, Box<dyn Error>> {
    let options = SessionOptions {
        http: Some(http_client(account)),
        demo: true,
        ..SessionOptions::default()
    };
    let session = Session::connect(options).await?;
    Ok(Tuner {
        lambda: session.lambda(),
        logs: session.logs(),
        store,
        region: session.region().to_owned(),
        endpoint: None,
        limits: TunerLimits::default(),
    })
}

async fn first_sample(function: &str, memory: Option<MemoryMb>) -> Result<f64, Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..TRIES {
        let race = Race {
            draft: PlanDraft {
                function: function.parse().ok(),
                ..PlanDraft::default()
            },
            speed: 1.0,
            memory,
            until_first: true,
        };
        times.push(milliseconds(race.run().await?.first_sample));
    }
    Ok(median(times))
}

async fn whole_run(environments: u32) -> Result<(), Box<dyn Error>> {
    let (mut walls, mut calls) = (Vec::new(), Vec::new());
    let mut last = None;
    for _ in 0..TRIES {
        let race = Race {
            draft: PlanDraft {
                function: FUNCTION.parse().ok(),
                num: Some(50.into()),
                sampling: SamplingDraft {
                    environments: Some(environments),
                    ..SamplingDraft::default()
                },
                ..PlanDraft::default()
            },
            speed: 50.0,
            memory: None,
            until_first: false,
        };
        let outcome = race.run().await?;
        walls.push(outcome.wall.as_secs_f64());
        calls.push(f64::from(outcome.calls));
        last = Some(outcome.account);
    }
    let goal = Goal::Below(REFERENCE_S / 2.0);
    report(
        "wall time, median (reference: 20.2 s)",
        median(walls),
        "s",
        goal,
    );
    let goal = Goal::Below(REFERENCE_CALLS / 2.0);
    report(
        "control-plane calls, median (reference: 65)",
        median(calls),
        "calls",
        goal,
    );
    if let Some(account) = last {
        invocations(&account);
    }
    Ok(())
}

fn invocations(account: &Account) {
    let count = f64::from(account.invocations(FUNCTION));
    report("invocations", count, "", Goal::None);
    let cold = f64::from(account.cold_starts(FUNCTION));
    report("of these, cold starts", cold, "", Goal::None);
    let load = f64::from(account.peak_environment_load());
    report(
        "most invocations at a time per environment",
        load,
        "",
        Goal::AtMost(1.0),
    );
}
