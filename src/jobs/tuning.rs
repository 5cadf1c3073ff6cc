//! Tuning runs and recoveries as jobs of the interface.

use tokio::sync::mpsc;

use super::Jobs;
use crate::app::Report;
use crate::power::{Plan, RunId, RunState};
use crate::task::Context;

/// Events of a run that may wait to be passed on.
const EVENTS: usize = 64;

/// Tunes; every event becomes a report.
pub(super) async fn tune(jobs: &Jobs, id: RunId, plan: Plan, context: &Context<Report>) -> Report {
    let tuner = match jobs.connection.tuner(&jobs.store).await {
        Ok(tuner) => tuner,
        Err(error) => return Report::Failed(error.to_string()),
    };
    let (sender, mut events) = mpsc::channel(EVENTS);
    let stop = context.cancellation().clone();
    let tuning = tuner.tune(id, plan, sender, stop);
    let passing = async {
        while let Some(event) = events.recv().await {
            context.report(Report::Tuning(event)).await;
        }
    };
    let (ended, ()) = tokio::join!(tuning, passing);
    match ended {
        Ok(run)
            if run
                .measured()
                .is_some_and(|measured| measured.state == RunState::Cancelled) =>
        {
            Report::Cancelled
        }
        Ok(_) => Report::Done,
        Err(error) => {
            tracing::warn!(error = ?error, "a run failed");
            Report::Failed(error.to_string())
        }
    }
}

/// Undoes what a killed run left behind.
pub(super) async fn recover(jobs: &Jobs, id: &RunId) -> Report {
    let tuner = match jobs.connection.tuner(&jobs.store).await {
        Ok(tuner) => tuner,
        Err(error) => return Report::Failed(error.to_string()),
    };
    match tuner.recover(id).await {
        Ok(cleanup) if cleanup.versions_left == 0 => Report::Done,
        Ok(cleanup) => Report::Failed(format!(
            "the function has its memory size again, but {} versions of the run could not be deleted; try again",
            cleanup.versions_left
        )),
        Err(error) => Report::Failed(error.to_string()),
    }
}
