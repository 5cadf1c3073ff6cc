//! A function that is to be tuned: found, planned, and what is worth knowing before it is.

use super::super::CommandFailure;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::request::TuneRequest;
use super::{check, unknown};
use crate::aws::AwsError;
use crate::lambda::{Function, FunctionRef, MemoryMb};
use crate::power::{AdviceWeight, Plan, Resumption, advice, misfit};
use crate::store::Store;
use crate::tuner::Tuner;

/// A run that may be made.
#[derive(Debug)]
pub(super) struct PlannedRun {
    /// The tuner where the function is.
    pub(super) tuner: Tuner,
    /// The function as it is.
    pub(super) function: Function,
    /// What is to be done with it.
    pub(super) plan: Plan,
    /// The run that is gone on with; none for a new one.
    pub(super) resumed: Option<Resumption>,
}

/// Reads a function and plans its run; says what is worth knowing of it.
///
/// # Errors
/// Exit code 1: it cannot be read, or something stands against the run; 2 when the plan does not suit such a function.
pub(super) async fn plan(
    context: &CommandContext,
    store: &Store,
    request: &TuneRequest,
    named: &FunctionRef,
    output: &mut Output,
) -> Result<PlannedRun, CommandFailure> {
    // A flag may say which alias or version of it.
    let named = request.plan(named, MemoryMb::MIN)?.function;
    let tuner = tuner_of(&named, context, store, output).await?;
    let function = look(&tuner, &named).await?;
    let current = match named.qualifier() {
        Some(_) if request.needs_current() => {
            let version = tuner.lambda.configuration(&named).await;
            version.map_err(CommandFailure::work)?.memory
        }
        _ => function.memory,
    };
    let mut plan = request.plan(&named, current)?;
    let before = match request.functions.len() {
        1 => String::new(),
        _ => format!("{}: ", named.name()),
    };
    if request.is_check {
        check::measure_current(&mut plan, &function, &before, output);
    }
    warn_of_cut_off_runs(&tuner, &function, output).await?;
    advise(&function, &plan, &before, output)?;
    Ok(PlannedRun {
        tuner,
        function,
        plan,
        resumed: None,
    })
}

/// A tuner where the function is: an ARN names its region, which counts before any other.
pub(super) async fn tuner_of(
    function: &FunctionRef,
    context: &CommandContext,
    store: &Store,
    output: &mut Output,
) -> Result<Tuner, CommandFailure> {
    let connection = context.connection();
    let tuner = connection.tuner_of(function, store).await;
    let tuner = tuner.map_err(CommandFailure::work)?;
    let wanted = context.settings().region.as_deref();
    if let Some(other) = wanted.filter(|region| *region != tuner.region) {
        output.note(format!(
            "The ARN names region {}, so the run is made there and not in {other}.",
            tuner.region
        ));
    }
    Ok(tuner)
}

/// Reads the function itself, and says which ones there are when its name is wrong.
pub(super) async fn look(
    tuner: &Tuner,
    function: &FunctionRef,
) -> Result<Function, CommandFailure> {
    let latest = FunctionRef::parse(function.target()).map_err(CommandFailure::usage)?;
    match tuner.lambda.configuration(&latest).await {
        Ok(found) => Ok(found),
        Err(error @ AwsError::NotFound(_)) => {
            let meant = unknown::meant(&tuner.lambda, function).await;
            Err(CommandFailure::work(format!("{error}{meant}")))
        }
        Err(error @ AwsError::Unsupported { .. }) => Err(CommandFailure::usage(error)),
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

/// Says what is worth knowing before the run, after these words.
///
/// # Errors
/// Exit code 2 when the plan does not suit the function; 1 when something else stands against the run.
pub(super) fn advise(
    function: &Function,
    plan: &Plan,
    before: &str,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    if let Some(sentence) = misfit(function, plan) {
        return Err(CommandFailure::usage(sentence));
    }
    for advice in advice(function, plan) {
        if advice.weight == AdviceWeight::Blocking {
            return Err(CommandFailure::work(advice.text));
        }
        output.note(format!("{before}{}", advice.text));
    }
    Ok(())
}
