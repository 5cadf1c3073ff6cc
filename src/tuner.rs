//! Power tuning for real: publishes versions, invokes them, and leaves the function as it was.
//!
//! [`crate::power`] holds the ideas (plan, statistics, picks), this room the calls. A run goes through four steps:
//! look at the function, publish one version per size while measuring those that exist already, clean up, report.
//! Whatever happens in the middle, the clean-up comes; what even that cannot do stands in the journal.

mod apply;
mod control;
mod error;
mod flight;
mod late;
mod measure;
mod preflight;
mod progress;
mod publish;
mod recorder;
mod schedule;
mod undo;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::aws::{Lambda, Logs};
use crate::lambda::FunctionRef;
use crate::logs::group_for;
use crate::power::{Apply, Cleanup, Plan, Run, RunId, RunState, Tuning};
use crate::store::{RunLock, Store};
use control::Control;
pub use error::Error;
use late::Archive;
use measure::Measurement;
use preflight::Found;
use progress::Extent;
use recorder::Recorder;

/// What the user reads when a pick stands on too little to be applied.
const NOT_APPLIED: &str =
    "nothing was applied: the result is not whole, or the clean-up is not complete";

/// How long the tuner waits for what AWS does in its own time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// A configuration update.
    pub settle: Duration,
    /// The snapshot of a published version.
    pub snapshot: Duration,
    /// An invocation's answer beyond the function's own time-out.
    pub answer: Duration,
    /// A record in the log group, after the measurement.
    pub record: Duration,
    /// Attempts at a change that meets another one.
    pub conflicts: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            settle: Duration::from_mins(2),
            snapshot: Duration::from_mins(10),
            answer: Duration::from_secs(30),
            record: Duration::from_secs(12),
            conflicts: 4,
        }
    }
}

/// Runs power tunings in one account and region.
#[derive(Debug, Clone)]
pub struct Tuner {
    /// The client of the functions.
    pub lambda: Lambda,
    /// The client of their logs, for records that are missing in the answers.
    pub logs: Logs,
    /// Where runs and journals are kept.
    pub store: Store,
    /// The region, for prices.
    pub region: String,
    /// The endpoint, when it is not AWS itself.
    pub endpoint: Option<String>,
    /// How long to wait for what.
    pub limits: Limits,
}

impl Tuner {
    /// Tunes a function: measures every size of the plan, restores the function, gives the record.
    ///
    /// A run that started always gives its record, whatever became of it ([`RunState`]). `events` gets what happens
    /// as it happens. Cancelling `stop` ends the measurement; the clean-up still takes its time.
    ///
    /// # Errors
    /// What stands against the run before anything was changed.
    pub async fn tune(
        &self,
        id: RunId,
        plan: Plan,
        events: mpsc::Sender<Tuning>,
        stop: CancellationToken,
    ) -> Result<Run, Error> {
        let begun = Instant::now();
        let _alive = self.lock(&id)?;
        let function = FunctionRef::parse(plan.function.target()).map_err(Error::Name)?;
        let _alone = self.claim(&function)?;
        let control = Control::new(&self.lambda, &self.store, self.limits, &id, function);
        let found = preflight::look(&control, &plan, &self.region, self.endpoint.clone()).await?;
        self.check_unfinished(&found.latest.arn).await?;
        let record = preflight::record(&id, &plan, &found, &self.region);
        let mut recorder = Recorder::begin(&self.store, events, record, found.journal(&id)).await?;
        let measurement = Measurement {
            tuner: self,
            control: &control,
            plan: &plan,
            found: &found,
        };
        let measured = Box::pin(measurement.run(&mut recorder, &stop)).await;
        let failed = measured.is_err();
        let cleanup = self.clean_up(&control, &id, failed, &mut recorder).await;
        if !failed && !stop.is_cancelled() {
            let group = group_for(&found.latest);
            let archive = self.archive(&group, &found);
            tokio::select! {
                () = stop.cancelled() => {}
                () = archive.complete(&mut recorder) => {}
            }
        }
        let ended = match measured {
            Ok(extent) if wants_apply(&plan, &stop) => {
                let whole = extent == Extent::Whole && cleanup.is_complete();
                apply_if(whole, &control, &plan, &found, &mut recorder).await
            }
            measured => measured.map(|_| ()),
        };
        self.close_or_warn(&id, cleanup, &mut recorder).await;
        let calls = control.calls();
        let state = state_of(ended, &stop);
        Ok(recorder.end(state, cleanup, calls, begun.elapsed()).await)
    }

    /// Undoes what a run that was cut off left behind, by its journal.
    ///
    /// # Errors
    /// When there is no open journal, it belongs to another endpoint, or the account does not let it be undone.
    pub async fn recover(&self, id: &RunId) -> Result<Cleanup, Error> {
        let journal = self
            .store
            .journal(id)
            .await?
            .ok_or_else(|| Error::NoJournal(id.clone()))?;
        if journal.original.endpoint != self.endpoint {
            return Err(Error::OtherEndpoint {
                run: id.clone(),
                endpoint: journal
                    .original
                    .endpoint
                    .unwrap_or_else(|| "AWS".to_owned()),
            });
        }
        let _alive = self.lock(id)?;
        let function = FunctionRef::parse(&journal.original.function_arn).map_err(Error::Name)?;
        let _alone = self.claim(&function)?;
        let control = Control::new(&self.lambda, &self.store, self.limits, id, function);
        let cleanup = Box::pin(undo::everything(&control, &journal)).await?;
        self.close(id, cleanup).await?;
        self.record_recovery(id, cleanup).await?;
        Ok(cleanup)
    }

    fn archive<'a>(&'a self, group: &'a str, found: &Found) -> Archive<'a> {
        Archive {
            logs: &self.logs,
            group,
            rate: found.rate,
            patience: self.limits.record,
        }
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

    /// Keeps other processes from changing the same function at the same time; taken before the first look at it.
    fn claim(&self, function: &FunctionRef) -> Result<Option<RunLock>, Error> {
        let Some(directory) = self.store.directory() else {
            return Ok(None);
        };
        let mut hasher = DefaultHasher::new();
        (function.name(), &self.region, &self.endpoint).hash(&mut hasher);
        let name = RunId(format!("function-{:016x}", hasher.finish()));
        let lock = RunLock::acquire(directory, &name)?;
        lock.ok_or_else(|| Error::Occupied(function.name().to_owned()))
            .map(Some)
    }

    /// A function that another run left at a test size must be restored first: this run would take that size for the
    /// original.
    async fn check_unfinished(&self, function_arn: &str) -> Result<(), Error> {
        let (journals, _) = self.store.open_journals().await?;
        let other = journals.into_iter().find(|journal| {
            journal.original.function_arn == function_arn
                && journal.original.endpoint == self.endpoint
        });
        other.map_or(Ok(()), |journal| Err(Error::Unfinished(journal.run)))
    }

    async fn clean_up(
        &self,
        control: &Control<'_>,
        id: &RunId,
        failed: bool,
        recorder: &mut Recorder<'_>,
    ) -> Cleanup {
        recorder
            .say(Tuning::Phase("deleting the run's versions".to_owned()))
            .await;
        match self.try_clean_up(control, id, failed).await {
            Ok(cleanup) => cleanup,
            Err(error) => {
                recorder
                    .say(Tuning::Warned(format!(
                        "the clean-up is not complete: {error}"
                    )))
                    .await;
                Cleanup {
                    restored: false,
                    versions_left: self.known_versions(id).await,
                }
            }
        }
    }

    async fn try_clean_up(
        &self,
        control: &Control<'_>,
        id: &RunId,
        failed: bool,
    ) -> Result<Cleanup, Error> {
        let journal = control.journal().await?;
        if failed || !journal.is_restored() {
            return Box::pin(undo::everything(control, &journal)).await;
        }
        let versions_left = undo::delete(control, journal.own_versions()).await;
        tracing::debug!(run = %id, versions_left, "cleaned up");
        Ok(Cleanup {
            restored: true,
            versions_left,
        })
    }

    async fn known_versions(&self, id: &RunId) -> u32 {
        let journal = self.store.journal(id).await.ok().flatten();
        let versions = journal
            .map(|journal| journal.own_versions().len())
            .unwrap_or_default();
        u32::try_from(versions).unwrap_or(u32::MAX)
    }

    async fn close_or_warn(&self, id: &RunId, cleanup: Cleanup, recorder: &mut Recorder<'_>) {
        if let Err(error) = self.close(id, cleanup).await {
            let sentence = format!("the journal stays open: {error}");
            recorder.say(Tuning::Warned(sentence)).await;
        }
    }

    /// The journal has served its purpose only when nothing is left to undo.
    async fn close(&self, id: &RunId, cleanup: Cleanup) -> Result<(), Error> {
        if cleanup.is_complete() {
            self.store.close_journal(id).await?;
        }
        Ok(())
    }

    async fn record_recovery(&self, id: &RunId, cleanup: Cleanup) -> Result<(), Error> {
        let Some(mut run) = self.store.run(id).await? else {
            return Ok(());
        };
        if let Some(measured) = run.measured_mut() {
            measured.cleanup = cleanup;
            if measured.state == RunState::Running {
                let sentence = "the run was cut off; the function was restored later";
                measured.state = RunState::Failed(sentence.to_owned());
            }
        }
        Ok(self.store.save_run(&run).await?)
    }
}

fn wants_apply(plan: &Plan, stop: &CancellationToken) -> bool {
    plan.apply != Apply::No && !plan.dry_run && !stop.is_cancelled()
}

/// Applies the pick of a whole result; one that stands on too little is not applied, and the user told so.
async fn apply_if(
    whole: bool,
    control: &Control<'_>,
    plan: &Plan,
    found: &Found,
    recorder: &mut Recorder<'_>,
) -> Result<(), Error> {
    if whole {
        let applying = apply::apply(control, plan, recorder.run(), &found.latest);
        recorder.applied(Box::pin(applying).await?);
        return Ok(());
    }
    recorder.say(Tuning::Warned(NOT_APPLIED.to_owned())).await;
    Ok(())
}

fn state_of(ended: Result<(), Error>, stop: &CancellationToken) -> RunState {
    match ended {
        Err(error) => RunState::Failed(error.to_string()),
        Ok(()) if stop.is_cancelled() => RunState::Cancelled,
        Ok(()) => RunState::Finished,
    }
}
