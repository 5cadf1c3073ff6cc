//! A machine on which the program is started, tunes, dies, is started again and recovers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iacstone::aws::{Session, SessionOptions};
use iacstone::power::{MeasuredRun, Plan, Resumption, Run, RunEvent, RunId, RunState};
use iacstone::store::{Disk, Store, Turnstile};
use iacstone::tuner::{Error, Tuner, TunerLimits};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::super::{Broken, time};
use super::wire::{Between, Wire};

/// How long the store takes for a call, at most, in milliseconds.
const STORE_MS: u64 = 6;

/// One machine with a data directory, which others may share.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub(crate) number: usize,
    pub(crate) directory: PathBuf,
    pub(crate) between: Arc<Between>,
    pub(crate) began: Instant,
    pub(crate) stops: Vec<Duration>,
}

/// When a program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crash {
    pub(crate) calls: u64,
    pub(crate) then: Duration,
    pub(crate) down: Duration,
}

/// How a run went, as the program told it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) id: RunId,
    pub(crate) plan: Plan,
    /// The record or the error; `None` when the program died.
    pub(crate) end: Option<Result<Run, Error>>,
    /// How many samples had been told to be there.
    pub(crate) samples: usize,
    /// Whether the user had stopped it.
    pub(crate) stopped: bool,
}

impl Told {
    /// Whether something may be left of it to go on with.
    pub(crate) fn has_broken_off(&self) -> bool {
        let state = match &self.end {
            None => return true,
            Some(Err(_)) => return false,
            Some(Ok(run)) => run.measured().map(|it| &it.state),
        };
        matches!(state, Some(RunState::Cancelled | RunState::Failed(_)))
    }
}

/// What the ledger calls the life that goes on with a run.
pub(crate) fn resumed(run: &RunId) -> String {
    format!("{run} again")
}

/// The store of a machine, whose calls take their time and whose disk may refuse.
struct Gate(Machine);

impl Turnstile for Gate {
    async fn pass(&mut self) -> Disk {
        let weather = &self.0.between.weather;
        tokio::time::sleep(weather.usually(STORE_MS)).await;
        if weather.refuses_writes(self.0.number) {
            Disk::Refusing
        } else {
            Disk::Writable
        }
    }
}

impl Machine {
    /// Starts the program, has it tune, and waits until it ends or dies.
    pub(crate) async fn tunes(
        &self,
        id: RunId,
        plan: Plan,
        crash: Option<Crash>,
    ) -> Result<Told, Broken> {
        let run = id.clone();
        self.measures(
            &id.0,
            &id,
            plan.clone(),
            crash,
            async |tuner, events, stop| tuner.tune(run, plan, events, stop).await,
        )
        .await
    }

    /// Starts the program, and has it go on with a run that broke off.
    pub(crate) async fn resumes(
        &self,
        broken: &Told,
        crash: Option<Crash>,
    ) -> Result<Told, Broken> {
        let (id, name) = (&broken.id, resumed(&broken.id));
        let wanted = Resumption::of(id.clone());
        let plan = broken.plan.clone();
        self.measures(&name, id, plan, crash, async |tuner, events, stop| {
            tuner.resume(&wanted, events, stop).await
        })
        .await
    }

    /// One life of the program that measures, whose calls the ledger has under this name.
    async fn measures(
        &self,
        name: &str,
        id: &RunId,
        plan: Plan,
        crash: Option<Crash>,
        work: impl AsyncFnOnce(&Tuner, mpsc::Sender<RunEvent>, CancellationToken) -> Result<Run, Error>,
    ) -> Result<Told, Broken> {
        let stop = CancellationToken::new();
        let (sender, mut events) = mpsc::channel(8);
        let samples = std::cell::Cell::new(0);
        let end = self
            .program(name, crash, async |tuner| {
                let tuning = Box::pin(work(tuner, sender, stop.clone()));
                let watching = async {
                    while let Some(event) = events.recv().await {
                        let told = match &event {
                            RunEvent::Sampled(..) | RunEvent::Probed(..) => 1,
                            RunEvent::Started(run) => {
                                run.measured().map_or(0, MeasuredRun::invocations)
                            }
                            _ => 0,
                        };
                        samples.set(samples.get() + told);
                    }
                };
                let stopping = self.stops(&stop);
                tokio::select! {
                    biased;
                    (ended, ()) = async { tokio::join!(tuning, watching) } => ended,
                    never = stopping => never,
                }
            })
            .await?;
        let how = match &end {
            None => "the program died".to_owned(),
            Some(Ok(run)) => format!("{:?}", run.measured().map(|it| (&it.state, it.cleanup))),
            Some(Err(error)) => error.to_string(),
        };
        self.note(&format!("run {name}: {how}"));
        Ok(Told {
            id: id.clone(),
            plan,
            end,
            samples: samples.get(),
            stopped: stop.is_cancelled(),
        })
    }

    /// Starts the program and has it recover every run that was cut off; gives how many it could not.
    pub(crate) async fn recovers(&self, crash: Option<Crash>) -> Result<Option<usize>, Broken> {
        self.program("recovery", crash, async |tuner| {
            let journals = tuner.store.journals().cut_off().await;
            let Ok((journals, _)) = journals else {
                return 1;
            };
            let mut left = 0;
            for journal in journals {
                let recovered = Box::pin(tuner.recover(&journal.run)).await;
                let is_done = matches!(&recovered, Ok(cleanup) if cleanup.is_complete());
                self.note(&match recovered {
                    Ok(cleanup) => format!("recovered {}: {cleanup:?}", journal.run),
                    Err(error) => format!("cannot recover {}: {error}", journal.run),
                });
                left += usize::from(!is_done);
            }
            left
        })
        .await
    }

    /// The store as the next program will find it.
    pub(crate) async fn looks<T>(&self, look: impl AsyncFnOnce(&Store) -> T) -> Result<T, Broken> {
        let looked = self.program("look", None, async |tuner| look(&tuner.store).await);
        Ok(looked.await?.expect("no crash"))
    }

    /// One life of the program; `None` when it died before its work was done.
    async fn program<T>(
        &self,
        name: &str,
        crash: Option<Crash>,
        work: impl AsyncFnOnce(&Tuner) -> T,
    ) -> Result<Option<T>, Broken> {
        let opened = Store::open_in_steps(&self.directory, Gate(self.clone()));
        let (store, serving) = opened.map_err(|error| Broken(format!("the store: {error}")))?;
        let (calls, counted) = watch::channel(0);
        let wire = Wire::new(&self.between, name, calls);
        let living = async {
            let tuner = tuner(&wire, store.clone()).await;
            let done = work(&tuner).await;
            store.close().await.ok();
            done
        };
        let living = Box::pin(async { tokio::join!(living, serving).0 });
        tokio::select! {
            biased;
            () = dies(crash, counted) => Ok(None),
            done = living => Ok(Some(done)),
        }
    }

    /// Cancels at the moments at which the user stops what is under way.
    async fn stops<T>(&self, stop: &CancellationToken) -> T {
        for &moment in &self.stops {
            if moment >= self.began.elapsed() {
                tokio::time::sleep_until(self.began + moment).await;
                self.note("is stopped");
                stop.cancel();
            }
        }
        std::future::pending().await
    }

    fn note(&self, what: &str) {
        let number = self.number;
        self.between
            .steps
            .note(format_args!("machine {number}: {what}"));
    }

    /// An id for the run that starts now, the so-manieth of this machine.
    pub(crate) fn id(&self, session: usize) -> RunId {
        let now = time::epoch() + self.began.elapsed();
        let salt = u16::try_from(self.number * 256 + session).unwrap();
        RunId::new(now, salt)
    }
}

/// Waits until the program has made its calls, and a little longer.
async fn dies(crash: Option<Crash>, mut calls: watch::Receiver<u64>) {
    let Some(crash) = crash else {
        return std::future::pending().await;
    };
    if calls.wait_for(|made| *made >= crash.calls).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(crash.then).await;
}

async fn tuner(wire: &Wire, store: Store) -> Tuner {
    let options = SessionOptions {
        http: Some(wire.client()),
        ..SessionOptions::default()
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
