//! What follows the measurement, however it went: the clean-up, records that came late, the pick on the live function.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::apply::apply;
use super::backfill::Archive;
use super::control::Control;
use super::error::Error;
use super::extent::MeasuredExtent;
use super::preflight::PreflightFindings;
use super::recorder::Recorder;
use super::undo;
use crate::aws::LogsClient;
use crate::power::{Apply, Cleanup, Difference, Plan, RunEvent, RunState};

/// What the user reads when a pick stands on too little to be applied.
const NOT_APPLIED: &str =
    "nothing was applied: the result is not whole, or the clean-up is not complete";

/// What the user reads who stopped the run after everything was measured.
const STOPPED: &str = "nothing was applied: the run was stopped before";

/// The end of one run.
#[derive(Debug)]
pub(super) struct RunEnding<'a> {
    pub(super) logs: &'a LogsClient,
    /// How long records may take to become readable.
    pub(super) patience: Duration,
    pub(super) control: &'a Control<'a>,
    pub(super) plan: &'a Plan,
    pub(super) found: &'a PreflightFindings,
    pub(super) stop: &'a CancellationToken,
}

impl RunEnding<'_> {
    /// Cleans up and completes the result; gives how the run ended. Stopping it now only shortens the look for records.
    pub(super) async fn run(
        &self,
        measured: Result<MeasuredExtent, Error>,
        recorder: &mut Recorder<'_>,
    ) -> (RunState, Cleanup) {
        let cleanup = self.clean_up(measured.is_err(), recorder).await;
        let is_over = !matches!(measured, Ok(MeasuredExtent::Whole | MeasuredExtent::Capped));
        self.complete(is_over, recorder).await;
        let ended = match measured {
            Ok(extent) if self.wants_apply() && extent != MeasuredExtent::Stopped => {
                let whole = extent == MeasuredExtent::Whole && cleanup.is_complete();
                self.apply_if(whole, recorder).await.map(|()| extent)
            }
            measured => measured,
        };
        self.close_or_warn(cleanup, recorder).await;
        let state = match ended {
            Err(error) => RunState::Failed(error.to_string()),
            Ok(MeasuredExtent::Stopped) => RunState::Cancelled,
            Ok(MeasuredExtent::Whole | MeasuredExtent::Capped) => RunState::Finished,
        };
        (state, cleanup)
    }

    async fn complete(&self, is_over: bool, recorder: &mut Recorder<'_>) {
        let group = self.found.latest.logs_to();
        let archive = Archive {
            logs: self.logs,
            group: &group,
            rate: self.found.rate,
            patience: self.patience,
        };
        let stop = self.stop.child_token();
        if is_over {
            stop.cancel();
        }
        archive.complete(&stop, recorder).await;
    }

    fn wants_apply(&self) -> bool {
        self.plan.apply != Apply::No && !self.plan.dry_run
    }

    /// Applies the pick of a whole result; one that stands on too little is not applied, and the user told so.
    async fn apply_if(&self, whole: bool, recorder: &mut Recorder<'_>) -> Result<(), Error> {
        if whole && !self.stop.is_cancelled() {
            let measured = &self.found.latest;
            return Box::pin(apply(self.control, self.plan, recorder, measured)).await;
        }
        let why = if whole { STOPPED } else { NOT_APPLIED };
        recorder.say(RunEvent::Warned(why.to_owned())).await;
        Ok(())
    }

    async fn clean_up(&self, failed: bool, recorder: &mut Recorder<'_>) -> Cleanup {
        recorder
            .say(RunEvent::Phase("deleting the run's versions".to_owned()))
            .await;
        match self.try_clean_up(failed).await {
            Ok(cleanup) => Cleanup {
                differs: self.difference().await.or(cleanup.differs),
                ..cleanup
            },
            Err(error) => {
                recorder
                    .say(RunEvent::Warned(format!(
                        "the clean-up is not complete: {error}"
                    )))
                    .await;
                Cleanup {
                    versions_left: self.known_versions().await,
                    ..Cleanup::default()
                }
            }
        }
    }

    async fn try_clean_up(&self, failed: bool) -> Result<Cleanup, Error> {
        let journal = self.control.journal().read().await?;
        if failed || !journal.is_restored() {
            let is_in_the_air = self.control.is_in_the_air();
            return Box::pin(undo::everything(self.control, &journal, is_in_the_air)).await;
        }
        let versions_left = undo::delete(self.control, journal.own_versions()).await;
        tracing::debug!(run = %journal.run, versions_left, "cleaned up");
        Ok(Cleanup {
            restored: true,
            versions_left,
            differs: None,
        })
    }

    /// Whether others changed the function while the run was at work; unknown when it cannot be looked at.
    async fn difference(&self) -> Option<Difference> {
        let now = self.control.latest().await.ok()?;
        let is_same = now.is_same_but_revision(&self.found.latest);
        (!is_same).then_some(Difference::ByOthers)
    }

    async fn known_versions(&self) -> u32 {
        let journal = self.control.journal().read().await.ok();
        let versions = journal.map_or(0, |journal| journal.own_versions().len());
        u32::try_from(versions).unwrap_or(u32::MAX)
    }

    async fn close_or_warn(&self, cleanup: Cleanup, recorder: &mut Recorder<'_>) {
        if let Err(error) = self.control.journal().close(cleanup).await {
            let sentence = format!("the journal stays open: {error}");
            recorder.say(RunEvent::Warned(sentence)).await;
        }
    }
}
