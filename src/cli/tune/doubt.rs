//! The question when the first answer looks like that of a failure: the run is ended, and gone on with after a yes. Where
//! nobody can be asked it is warned of and goes on.

use std::io::{self, IsTerminal};

use super::super::CommandFailure;
use super::super::output::Output;
use super::{EndedRun, TuneWork, measure};
use crate::power::{Plan, Resumption, RunEvent, RunState};
use crate::tuner::Tuner;

/// Whether somebody can be asked, and should be: a dry run is made to see the answer.
pub(super) fn can_be_asked_about(plan: &Plan) -> bool {
    !plan.dry_run && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Whether this is an answer that looks like that of a failure.
pub(super) const fn is_raised_by(event: &RunEvent) -> bool {
    matches!(event, RunEvent::Answered(answer) if answer.doubt.is_some())
}

/// Asks whether a run that was ended for its first answer is to be gone on with, and does so after a yes.
///
/// # Errors
/// Exit code 1 after a no: nothing was measured that could be shown.
pub(super) async fn settled(
    ended: EndedRun,
    plan: Plan,
    tuner: &Tuner,
    output: &mut Output,
) -> Result<EndedRun, CommandFailure> {
    let measured = ended.0.measured();
    let is_stopped = measured.is_some_and(|it| it.state == RunState::Cancelled);
    let is_clean = measured.is_some_and(|it| it.cleanup.is_complete());
    if !is_stopped || !is_clean {
        return Ok(ended);
    }
    if !output.confirms("Measure it all the same? [y/N] ").await? {
        return Err(CommandFailure::work(
            "nothing more was measured, and the function is as it was",
        ));
    }
    let resumption = Resumption {
        run: ended.0.id.clone(),
        payload: Some(plan.payload.clone()),
        max_cost_usd: None,
    };
    let work = TuneWork::Resumed(resumption, plan);
    let (ended, _) = Box::pin(measure(tuner, work, false, output)).await?;
    Ok(ended)
}
