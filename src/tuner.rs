//! Power tuning for real: publishes versions, invokes them, and leaves the function as it was.
//!
//! [`crate::power`] holds the ideas (plan, statistics, picks), this room the calls. A run goes through four steps:
//! look at the function, publish one version per size while measuring those that exist already, clean up, report.
//! Whatever happens in the middle, the clean-up comes; what even that cannot do stands in the journal.

mod apply;
mod backfill;
mod channel;
mod control;
mod ending;
mod error;
mod extent;
mod invocation;
mod invoker;
mod limits;
mod measure;
mod owner;
mod pace;
mod preflight;
mod progress;
mod publish;
mod recorder;
mod resume;
mod run_journal;
mod schedule;
mod sign;
mod switches;
mod undo;
mod waking;

use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::aws::{LambdaClient, LogsClient};
use crate::lambda::FunctionRef;
use crate::power::{Cleanup, Journal, Plan, Run, RunEvent, RunId, RunState};
use crate::store::{RunLock, Store};
use crate::text::digest;
use control::Control;
use ending::RunEnding;
pub use error::Error;
pub use limits::TunerLimits;
use measure::Measurement;
use preflight::PreflightFindings;
use recorder::Recorder;
use run_journal::RunJournal;
pub use switches::RunSwitches;

/// What the figures of a run that was cut off leave out.
const UNCOUNTED: &str =
    "the invocations under way when the run was cut off are billed, but not counted here";

/// Runs power tunings in one account and region.
#[derive(Debug, Clone)]
pub struct Tuner {
    /// The client of the functions.
    pub lambda: LambdaClient,
    /// The client of their logs, for records that are missing in the answers.
    pub logs: LogsClient,
    /// Where runs and journals are kept.
    pub store: Store,
    /// The region, for prices.
    pub region: String,
    /// The endpoint, when it is not AWS itself.
    pub endpoint: Option<String>,
    /// How long to wait for what.
    pub limits: TunerLimits,
}

impl Tuner {
    /// Tunes a function: measures every size of the plan, restores the function, gives the record.
    ///
    /// A run that started always gives its record, whatever became of it ([`RunState`]). `events` gets what happens
    /// as it happens. `switches` stop or hold the measurement; the clean-up still takes its time.
    ///
    /// # Errors
    /// What stands against the run before anything was changed.
    pub async fn tune(
        &self,
        id: RunId,
        plan: Plan,
        events: mpsc::Sender<RunEvent>,
        switches: impl Into<RunSwitches>,
    ) -> Result<Run, Error> {
        let switches = switches.into();
        let begun = Instant::now();
        let _alive = self.lock(&id)?;
        let function = FunctionRef::parse(plan.function.target()).map_err(Error::Name)?;
        let journal = RunJournal::new(&self.store, &id);
        let control = Control::new(&self.lambda, journal, self.limits, function);
        let _alone = self.claim(&control.latest().await?.arn)?;
        let found = preflight::look(&control, &plan, &self.region, self.endpoint.clone()).await?;
        self.check_unfinished(&found).await?;
        let record = preflight::record(&id, &plan, &found, &self.region);
        let recorder = Recorder::begin(&self.store, events, record, found.journal(&id)).await?;
        Ok(self
            .carry_out(&control, &plan, &found, recorder, &switches, begun)
            .await)
    }

    /// Measures what is missing, and cleans up; gives the record.
    async fn carry_out(
        &self,
        control: &Control<'_>,
        plan: &Plan,
        found: &PreflightFindings,
        mut recorder: Recorder<'_>,
        switches: &RunSwitches,
        begun: Instant,
    ) -> Run {
        let measurement = Measurement {
            lambda: &self.lambda,
            limits: self.limits,
            control,
            plan,
            found,
        };
        let measured = Box::pin(measurement.run(&mut recorder, switches)).await;
        let ending = RunEnding {
            logs: &self.logs,
            patience: self.limits.record,
            control,
            plan,
            found,
            stop: &switches.stop,
        };
        let (state, cleanup) = Box::pin(ending.run(measured, &mut recorder)).await;
        let calls = control.calls();
        recorder.end(state, cleanup, calls, begun.elapsed()).await
    }

    /// Undoes what a run that was cut off left behind, by its journal.
    ///
    /// # Errors
    /// When there is no open journal, it belongs to another endpoint, or the account does not let it be undone.
    pub async fn recover(&self, id: &RunId) -> Result<Cleanup, Error> {
        let run_journal = RunJournal::new(&self.store, id);
        let journal = run_journal.read().await?;
        self.check_endpoint(&journal)?;
        let _alive = self.lock(id)?;
        self.undo(id, &journal).await
    }

    /// A journal is undone where its run was made.
    fn check_endpoint(&self, journal: &Journal) -> Result<(), Error> {
        let endpoint = &journal.original.endpoint;
        if *endpoint == self.endpoint {
            return Ok(());
        }
        Err(Error::OtherEndpoint {
            run: journal.run.clone(),
            endpoint: endpoint.clone().unwrap_or_else(|| "AWS".to_owned()),
        })
    }

    /// Undoes what a journal tells of, for a run whose lock is held.
    async fn undo(&self, id: &RunId, journal: &Journal) -> Result<Cleanup, Error> {
        let run_journal = RunJournal::new(&self.store, id);
        let function = FunctionRef::parse(&journal.original.function_arn).map_err(Error::Name)?;
        let _alone = self.claim(&journal.original.function_arn)?;
        let control = Control::new(&self.lambda, run_journal, self.limits, function);
        let cleanup = Box::pin(undo::everything(
            &control,
            journal,
            journal.ends_in_the_air(),
        ))
        .await?;
        run_journal.close(cleanup).await?;
        self.record_recovery(id, cleanup).await?;
        Ok(cleanup)
    }

    /// Tells other processes that this one is at work on the run.
    fn lock(&self, id: &RunId) -> Result<Option<RunLock>, Error> {
        let Some(directory) = self.store.directory() else {
            return Ok(None);
        };
        let lock = RunLock::acquire(directory, id)?;
        lock.ok_or_else(|| Error::StillRunning(id.clone()))
            .map(Some)
    }

    /// Keeps other processes with this store from changing the same function at the same time.
    fn claim(&self, function_arn: &str) -> Result<Option<RunLock>, Error> {
        let Some(directory) = self.store.directory() else {
            return Ok(None);
        };
        let endpoint = self.endpoint.as_deref().unwrap_or_default();
        let name = format!("function-{}", digest(&[function_arn, endpoint], 16));
        let lock = RunLock::acquire(directory, &RunId(name))?;
        lock.ok_or_else(|| Error::Occupied(function_arn.to_owned()))
            .map(Some)
    }

    /// A function that another run left at a test size must be restored first: this run would take that size for the
    /// original.
    async fn check_unfinished(&self, found: &PreflightFindings) -> Result<(), Error> {
        let (journals, unreadable) = self.store.journals().all().await?;
        let other = journals.into_iter().find(|journal| {
            journal.original.function_arn == found.latest.arn
                && journal.original.endpoint == self.endpoint
        });
        if let Some(journal) = other {
            return Err(Error::Unfinished(journal.run));
        }
        if let Some(sentence) = unreadable.into_iter().next() {
            return Err(Error::Unreadable(sentence));
        }
        sign::refuse_signed(&found.latest, &found.versions)
    }

    async fn record_recovery(&self, id: &RunId, cleanup: Cleanup) -> Result<(), Error> {
        let Some(mut run) = self.store.runs().with_id(id).await? else {
            return Ok(());
        };
        run.cut_off();
        if let Some(measured) = run.measured_mut() {
            measured.cleanup = cleanup;
            let is_said = measured.warnings.iter().any(|it| it == UNCOUNTED);
            if measured.state == RunState::CutOff && !is_said {
                measured.warnings.push(UNCOUNTED.to_owned());
            }
        }
        Ok(self.store.runs().save(&run).await?)
    }
}
