//! The question when the first answer looks like that of a failure: the run is ended, and gone on with after a yes. Where
//! nobody can be asked it is warned of and goes on.

use std::io::{self, IsTerminal};

use super::super::CommandFailure;
use super::super::output::Output;
use super::planned::PlannedRun;
use super::side_by_side::{EndedRun, measure_asking, measure_one};
use crate::power::{Plan, Resumption, RunEvent, RunState};

/// Whether somebody can be asked, and should be: a dry run is made to see the answer.
pub(super) fn can_be_asked_about(plan: &Plan) -> bool {
    !plan.dry_run && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Whether this is an answer that looks like that of a failure.
pub(super) const fn is_raised_by(event: &RunEvent) -> bool {
    matches!(event, RunEvent::Answered(answer) if answer.doubt.is_some())
}

/// Makes a run that ends when its first answer is doubted; asks then whether it is to be gone on with, and does so after a
/// yes.
///
/// # Errors
/// Exit code 1 after a no: nothing was measured that could be shown.
pub(super) async fn measure(
    planned: PlannedRun,
    output: &mut Output,
) -> Result<EndedRun, CommandFailure> {
    let (tuner, function) = (planned.tuner.clone(), planned.function.clone());
    let plan = planned.plan.clone();
    let (ended, is_doubted) = measure_asking(planned, output).await?;
    let measured = ended.run.measured();
    let is_stopped = measured.is_some_and(|it| it.state == RunState::Cancelled);
    let is_clean = measured.is_some_and(|it| it.cleanup.is_complete());
    if !is_doubted || !is_stopped || !is_clean {
        return Ok(ended);
    }
    if !output.confirms("Measure it all the same? [y/N] ").await? {
        return Err(CommandFailure::work(
            "nothing more was measured, and the function is as it was",
        ));
    }
    let resumption = Resumption {
        payload: Some(plan.payload.clone()),
        ..Resumption::of(ended.run.id.clone())
    };
    let planned = PlannedRun {
        tuner,
        function,
        plan,
        resumed: Some(resumption),
    };
    measure_one(planned, output).await
}
