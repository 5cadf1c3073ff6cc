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
use iacstone::power::{PlanDraft, RunId, RunState, Tuning};
use iacstone::simulator::{Account, Options, http_client};
use iacstone::store::Store;
use iacstone::tuner::{Limits, Tuner};
use measure::{Goal, heading, median, milliseconds, report};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the reference tool needed for 6 x 50 on the same account, measured.
const REFERENCE_S: f64 = 20.2;
const REFERENCE_CALLS: f64 = 65.0;
const TRIES: usize = 3;

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

/// One run on an account of its own, with a store of its own on the disk.
struct Race {
    account: Account,
    wall: Duration,
    first_sample: Duration,
    calls: u32,
}

impl Race {
    async fn run(
        draft: PlanDraft,
        speed: f64,
        memory: Option<MemoryMb>,
        stop_at_first: bool,
    ) -> Result<Self, Box<dyn Error>> {
        let account = Account::new(Options {
            speed,
            ..Options::default()
        });
        let plan = draft.build()?;
        if let Some(memory) = memory {
            account.deploy(plan.function.name(), |settings| settings.memory = memory);
        }
        let folder = tempfile::tempdir()?;
        let tuner = tuner(&account, Store::open(folder.path())?).await?;
        let before = account.control_calls();
        let (sender, mut events) = mpsc::channel(64);
        let stop = CancellationToken::new();
        let start = Instant::now();
        let id = RunId::new(jiff::Timestamp::now(), rand::random());
        let tuning = tuner.tune(id, plan, sender, stop.clone());
        let watching = async {
            let mut first = None;
            while let Some(event) = events.recv().await {
                if first.is_none() && matches!(event, Tuning::Sampled(..)) {
                    first = Some(start.elapsed());
                    if stop_at_first {
                        stop.cancel();
                    }
                }
            }
            first
        };
        let (run, first_sample) = tokio::join!(tuning, watching);
        let wall = start.elapsed();
        let run = run?;
        let measured = run.measured().ok_or("the run holds no measurement")?;
        if measured.state != RunState::Finished && !stop_at_first {
            return Err(format!("the run did not finish: {:?}", measured.state).into());
        }
        Ok(Self {
            wall,
            first_sample: first_sample.ok_or("no sample arrived")?,
            calls: account.control_calls() - before,
            account,
        })
    }
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
        store,
        region: session.region().to_owned(),
        endpoint: None,
        limits: Limits::default(),
    })
}

async fn first_sample(function: &str, memory: Option<MemoryMb>) -> Result<f64, Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..TRIES {
        let draft = PlanDraft {
            function: function.parse().ok(),
            ..PlanDraft::default()
        };
        let race = Race::run(draft, 1.0, memory, true).await?;
        times.push(milliseconds(race.first_sample));
    }
    Ok(median(times))
}

async fn whole_run(environments: u32) -> Result<(), Box<dyn Error>> {
    let (mut walls, mut calls) = (Vec::new(), Vec::new());
    let mut last = None;
    for _ in 0..TRIES {
        let draft = PlanDraft {
            function: "dynamodb-reads".parse().ok(),
            num: Some(50),
            environments: Some(environments),
            ..PlanDraft::default()
        };
        let race = Race::run(draft, 50.0, None, false).await?;
        walls.push(race.wall.as_secs_f64());
        calls.push(f64::from(race.calls));
        last = Some(race.account);
    }
    report(
        "wall time, median (reference: 20.2 s)",
        median(walls),
        "s",
        Goal::Below(REFERENCE_S / 2.0),
    );
    report(
        "control-plane calls, median (reference: 65)",
        median(calls),
        "calls",
        Goal::Below(REFERENCE_CALLS / 2.0),
    );
    if let Some(account) = last {
        let invocations = f64::from(account.invocations("dynamodb-reads"));
        report("invocations", invocations, "", Goal::None);
        let cold = f64::from(account.cold_starts("dynamodb-reads"));
        report("of these, cold starts", cold, "", Goal::None);
        let load = f64::from(account.peak_environment_load());
        report(
            "most invocations at a time per environment",
            load,
            "",
            Goal::AtMost(1.0),
        );
    }
    Ok(())
}
