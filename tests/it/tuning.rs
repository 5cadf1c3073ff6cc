//! Whole runs of the tuner: the real SDK client over the simulated account, with a real store.

mod cancelling;
mod deploys;
mod disturbances;
mod kill;
mod kinds;
mod others;
mod pausing;
mod records;
mod resuming;
mod workloads;

use iacstone::aws::{Session, SessionOptions};
use iacstone::power::{MeasuredRun, Plan, PlanDraft, Run, RunEvent, RunId, RunState, SizeState};
use iacstone::simulator::{Account, AccountOptions, Faults, http_client};
use iacstone::store::Store;
use iacstone::tuner::{Error, Tuner, TunerLimits};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// An account in compressed time, and a tuner for it.
pub(crate) struct Bench {
    pub(crate) account: Account,
    pub(crate) tuner: Tuner,
}

impl Bench {
    pub(crate) async fn new(options: AccountOptions) -> Self {
        let account = Account::new(options);
        let store = Store::in_memory().expect("a store");
        Self {
            tuner: tuner(&account, store).await,
            account,
        }
    }

    pub(crate) async fn fast() -> Self {
        Self::new(options()).await
    }

    /// Runs a plan to its end.
    pub(crate) async fn tune(&self, plan: Plan) -> Result<Run, Error> {
        let (events, _) = self.watch(plan, CancellationToken::new(), |_, _| {}).await;
        events
    }

    /// Runs a plan; `watcher` sees every event and may cancel. Gives the record and the events.
    pub(crate) async fn watch(
        &self,
        plan: Plan,
        stop: CancellationToken,
        mut watcher: impl FnMut(&RunEvent, &CancellationToken),
    ) -> (Result<Run, Error>, Vec<RunEvent>) {
        let (sender, mut receiver) = mpsc::channel(8);
        let tuning = self.tuner.tune(id(), plan, sender, stop.clone());
        let watching = async {
            let mut seen = Vec::new();
            while let Some(event) = receiver.recv().await {
                watcher(&event, &stop);
                seen.push(event);
            }
            seen
        };
        tokio::join!(tuning, watching)
    }
}

pub(crate) fn options() -> AccountOptions {
    AccountOptions {
        seed: 3,
        speed: 50.0,
        ..AccountOptions::default()
    }
}

/// The same with faults.
pub(crate) fn faulty(faults: &[&str]) -> AccountOptions {
    let faults = faults.iter().map(|fault| Faults::parse(fault).unwrap());
    AccountOptions {
        faults: faults.reduce(Faults::and).unwrap_or_default(),
        ..options()
    }
}

pub(crate) async fn tuner(account: &Account, store: Store) -> Tuner {
    let options = SessionOptions {
        profile: None,
        region: None,
        endpoint_url: None,
        http: Some(http_client(account)),
        demo: true,
    };
    let session = Session::connect(options).await.expect("a session");
    Tuner {
        lambda: session.lambda(),
        logs: session.logs(),
        store,
        region: session.region().to_owned(),
        endpoint: None,
        limits: TunerLimits::default(),
    }
}

pub(crate) fn id() -> RunId {
    RunId::new(jiff::Timestamp::now(), rand::random())
}

pub(crate) fn draft(function: &str) -> PlanDraft {
    PlanDraft {
        function: Some(function.parse().unwrap()),
        num: Some(10.into()),
        ..PlanDraft::default()
    }
}

pub(crate) fn plan(function: &str) -> Plan {
    draft(function).build().unwrap()
}

pub(crate) fn measured(run: &Run) -> &MeasuredRun {
    run.measured().expect("a run made here")
}

/// What every run must leave behind: nothing.
pub(crate) fn assert_clean(run: &Run) {
    let cleanup = measured(run).cleanup;
    assert!(cleanup.restored, "{:?}", measured(run).state);
    assert_eq!(cleanup.versions_left, 0);
}

pub(crate) fn assert_finished(run: &Run) {
    assert_eq!(measured(run).state, RunState::Finished);
    assert_clean(run);
}

pub(crate) fn states(run: &Run) -> Vec<(u32, SizeState)> {
    let sizes = measured(run).sizes.iter();
    sizes
        .map(|size| (size.memory_mb.megabytes(), size.state.clone()))
        .collect()
}
