//! A function that is to be tuned: found, planned, and what is worth knowing before it is.

use super::super::CommandFailure;
use super::super::output::Output;
use super::request::TuneRequest;
use super::unknown;
use crate::aws::AwsError;
use crate::lambda::{Function, FunctionRef, MemoryMb};
use crate::power::{AdviceWeight, Plan, advice};
use crate::tuner::Tuner;

/// A run that may be made.
#[derive(Debug)]
pub(super) struct PlannedRun {
    /// The function as it is.
    pub(super) function: Function,
    /// What is to be done with it.
    pub(super) plan: Plan,
}

/// Reads a function and plans its run; says what is worth knowing of it, after these words.
///
/// # Errors
/// Exit code 1: it cannot be read, or something stands against the run.
pub(super) async fn plan(
    tuner: &Tuner,
    request: &TuneRequest,
    named: &FunctionRef,
    before: &str,
    output: &mut Output,
) -> Result<PlannedRun, CommandFailure> {
    // A flag may say which alias or version of it.
    let named = request.plan(named, MemoryMb::MIN)?.function;
    let function = look(tuner, &named).await?;
    let current = match named.qualifier() {
        Some(_) if request.needs_current() => {
            let version = tuner.lambda.configuration(&named).await;
            version.map_err(CommandFailure::work)?.memory
        }
        _ => function.memory,
    };
    let plan = request.plan(&named, current)?;
    warn_of_cut_off_runs(tuner, &function, output).await?;
    for advice in advice(&function, &plan) {
        if advice.weight == AdviceWeight::Blocking {
            return Err(CommandFailure::work(advice.text));
        }
        output.note(format!("{before}{}", advice.text));
    }
    Ok(PlannedRun { function, plan })
}

/// Reads the function itself, and says which ones there are when its name is wrong.
async fn look(tuner: &Tuner, function: &FunctionRef) -> Result<Function, CommandFailure> {
    let latest = FunctionRef::parse(function.target()).map_err(CommandFailure::usage)?;
    match tuner.lambda.configuration(&latest).await {
        Ok(found) => Ok(found),
        Err(error @ AwsError::NotFound(_)) => {
            let meant = unknown::meant(&tuner.lambda, function).await;
            Err(CommandFailure::work(format!("{error}{meant}")))
        }
        Err(error) => Err(CommandFailure::work(error)),
    }
}

/// A run that was killed earlier may have left this very function at a test size.
async fn warn_of_cut_off_runs(
    tuner: &Tuner,
    function: &Function,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let (journals, unread) = tuner
        .store
        .journals()
        .cut_off()
        .await
        .map_err(CommandFailure::work)?;
    for sentence in unread {
        output.note(sentence);
    }
    for journal in journals {
        let original = &journal.original;
        let same = function.is_of(&original.function_arn);
        if same && original.endpoint == tuner.endpoint {
            output.note(format!(
                "Run {} of '{}' was cut off and may have left something behind; `iacstone runs recover {}` puts it right.",
                journal.run, function.name, journal.run
            ));
        }
    }
    Ok(())
}
