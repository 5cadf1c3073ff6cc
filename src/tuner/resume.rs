//! Going on with a run that broke off: what it left behind is undone first, then what is missing is measured, and both parts
//! are one run.

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Tuner;
use super::control::Control;
use super::error::Error;
use super::preflight::{self, PreflightFindings};
use super::recorder::Recorder;
use super::run_journal::RunJournal;
use super::switches::RunSwitches;
use crate::lambda::FunctionRef;
use crate::power::resume::reopened;
use crate::power::run::CAPPED;
use crate::power::{Plan, Resumption, Run, RunEvent, RunId, code_of};
use crate::store::StoreError;

impl Tuner {
    /// Goes on with a run that was cut off, cancelled or capped, or that failed: measures what it misses, with versions
    /// published anew, and gives the record of the whole. What it left behind in the account is undone first.
    ///
    /// Like [`Self::tune`], it always gives the record once it started.
    ///
    /// # Errors
    /// What stands against it before anything is measured: the run is whole, or another one is at work; the function is
    /// not the code and configuration that the run measured; something of it cannot be undone.
    pub async fn resume(
        &self,
        wanted: &Resumption,
        events: mpsc::Sender<RunEvent>,
        switches: impl Into<RunSwitches>,
    ) -> Result<Run, Error> {
        let switches = switches.into();
        let begun = Instant::now();
        let id = &wanted.run;
        let _alive = self.lock(id)?;
        self.undo_before(id).await?;
        let run = self.broken_off(id).await?;
        let plan = wanted.plan(&run)?;
        let function = function_of(&run, &plan)?;
        let journal = RunJournal::new(&self.store, id);
        let control = Control::new(&self.lambda, journal, self.limits, function);
        let _alone = self.claim(&control.latest().await?.arn)?;
        let found = preflight::look(&control, &plan, &self.region, self.endpoint.clone()).await?;
        self.check_unfinished(&found).await?;
        refuse_changed(&run, &found)?;
        refuse_other_size(wanted, &run, &found)?;
        let record = begun_anew(run, &plan, &found);
        let recorder = Recorder::begin(&self.store, events, record, found.journal(id)).await?;
        Ok(self
            .carry_out(&control, &plan, &found, recorder, &switches, begun)
            .await)
    }

    /// Undoes what the run left behind, if it left anything.
    async fn undo_before(&self, id: &RunId) -> Result<(), Error> {
        let Some(journal) = self.store.journals().of_run(id).await? else {
            return Ok(());
        };
        self.check_endpoint(&journal)?;
        if self.undo(id, &journal).await?.is_complete() {
            return Ok(());
        }
        Err(Error::Unfinished(id.clone()))
    }

    /// The record of the run as it broke off. Its lock is held here, so no process is at work on it, whatever it says.
    async fn broken_off(&self, id: &RunId) -> Result<Run, Error> {
        let run = self.store.runs().with_id(id).await?;
        let mut run = run.ok_or_else(|| StoreError::NoSuchRun(id.0.clone()))?;
        run.cut_off();
        Ok(run)
    }
}

/// The function of the run, by its ARN, so that no other one of its name is taken for it.
fn function_of(run: &Run, plan: &Plan) -> Result<FunctionRef, Error> {
    let measured = run.measured();
    let arn = measured.map_or_else(|| plan.function.target(), |it| it.function_arn.as_str());
    FunctionRef::parse(arn).map_err(Error::Name)
}

/// Refuses a function that is not what the run measured: samples of two codes are no samples of one.
fn refuse_changed(run: &Run, found: &PreflightFindings) -> Result<(), Error> {
    let Some(measured) = run.measured() else {
        return Ok(());
    };
    let name = &found.latest.name;
    match &measured.preflight.code {
        Some(code) if *code == code_of(&found.latest) => Ok(()),
        Some(_) => Err(Error::OtherFunction {
            run: run.id.clone(),
            function: name.clone(),
        }),
        None => Err(Error::Unfit(format!(
            "run '{}' was made by an iacstone that did not note which code it measured, so nobody knows whether '{name}' is still the same; start a new run",
            run.id
        ))),
    }
}

/// Refuses to add sizes to a run of a function that has another size by now: changes would be told against that one.
fn refuse_other_size(
    wanted: &Resumption,
    run: &Run,
    found: &PreflightFindings,
) -> Result<(), Error> {
    let had = run.measured().map(|measured| measured.current_memory);
    match had.filter(|had| !wanted.added.is_empty() && *had != found.current) {
        Some(had) => Err(Error::Unfit(format!(
            "'{}' has {} MB by now and had {had} MB in run '{}'; start a new run for more sizes",
            found.latest.name, found.current, run.id
        ))),
        None => Ok(()),
    }
}

/// The record that the run goes on with: what it had, and what the look at the function found now.
fn begun_anew(run: Run, plan: &Plan, found: &PreflightFindings) -> Run {
    let mut record = reopened(run, plan, Timestamp::now());
    if let Some(measured) = record.measured_mut() {
        measured.current_memory = found.current;
        let warnings = &mut measured.warnings;
        warnings.retain(|known| known != CAPPED && !found.warnings.contains(known));
        warnings.splice(0..0, found.warnings.iter().cloned());
    }
    record
}
