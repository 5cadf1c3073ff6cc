//! `iacstone tune`: plan, estimate, run, result.

mod check;
mod gate;
mod outcome;
mod report;
mod request;
mod unknown;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::args::{ResultFormat, TuneArgs};
use super::context::CommandContext;
use super::interrupt::until_interrupted;
use super::output::Output;
use super::progress::RunProgress;
use super::{CommandExit, CommandFailure};
use crate::aws::AwsError;
use crate::lambda::{Function, FunctionRef};
use crate::power::summary::CheckSummary;
use crate::power::{
    AdviceWeight, CostCheck, Plan, ReferenceOutput, Run, RunEvent, RunId, TuneSummary, advice,
};
use crate::store::Store;
use crate::tuner::Tuner;
pub(super) use check::exit_of_check;
use request::TuneRequest;
pub(super) use request::read_file;

pub(super) use report::{failures_line, measured_text};

/// Events that may wait to be shown.
const EVENTS: usize = 64;

/// Measures a function's memory sizes and prints the result.
///
/// # Errors
/// Exit code 2 for a plan that cannot be, before anything is asked of the account; 1 for everything later.
pub(super) async fn run(
    args: &TuneArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let mut request = TuneRequest::of(args, &context.settings().tuning)?;
    context.needs_leave_to_change("tune")?;
    context.needs_network("tune")?;
    for note in &request.notes {
        output.note(note);
    }
    let store = context.store()?;
    let tuner = context
        .connection()
        .tuner(&store)
        .await
        .map_err(CommandFailure::work)?;
    let function = look(&tuner, &request.plan.function).await?;
    if args.check.is_some() {
        check::measure_current(&mut request.plan, &function, output);
    }
    warn_of_cut_off_runs(&store, &tuner, &function, output).await?;
    advise(&function, &request.plan, output)?;
    gate::pass(&request.plan, &function, context, &tuner, args.yes, output).await?;
    let (run, unsaved) = measure(&tuner, request.plan, output).await?;
    context.tell_what_is_lost(output);
    // Worked out first: it stands even when nobody reads the result.
    let checked = args.check.map(|percent| CostCheck::of(&run, percent));
    let ending = outcome::of(&run, unsaved, output).map(|exit| check::joined(exit, checked));
    let result = TuneResult {
        run: &run,
        include_stats: request.include_stats,
        checked,
    };
    match print(&result, args.format, context, output) {
        Err(failure) if !failure.is_quiet() => ending.and(Err(failure)),
        _ => ending,
    }
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
    store: &Store,
    tuner: &Tuner,
    function: &Function,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let (journals, unread) = store
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

fn advise(function: &Function, plan: &Plan, output: &mut Output) -> Result<(), CommandFailure> {
    for advice in advice(function, plan) {
        if advice.weight == AdviceWeight::Blocking {
            return Err(CommandFailure::work(advice.text));
        }
        output.note(advice.text);
    }
    Ok(())
}

/// Runs the plan until it ends, or until a signal makes it clean up and end; gives the record, and why it could not be
/// saved, if it could not.
async fn measure(
    tuner: &Tuner,
    plan: Plan,
    output: &mut Output,
) -> Result<(Run, Option<String>), CommandFailure> {
    let id = RunId::new(Timestamp::now(), rand::random());
    let (sender, events) = mpsc::channel(EVENTS);
    let stop = CancellationToken::new();
    let watching = watch(events, RunProgress::new(&plan, output), stop.clone());
    let tuning = Box::pin(tuner.tune(id, plan, sender, stop.clone()));
    let both = async {
        let (run, unsaved) = tokio::join!(tuning, watching);
        Ok((run.map_err(CommandFailure::work)?, unsaved))
    };
    until_interrupted(stop, both).await
}

async fn watch(
    mut events: mpsc::Receiver<RunEvent>,
    mut progress: RunProgress<'_>,
    stop: CancellationToken,
) -> Option<String> {
    let mut stopping = false;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some(event) => progress.hear(&event),
                None => return progress.unsaved(),
            },
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                progress.stopping();
            }
        }
    }
}

/// What is printed at the end.
struct TuneResult<'a> {
    run: &'a Run,
    /// Whether the reference's output shall have `stats`.
    include_stats: bool,
    /// What came of the check that was asked for.
    checked: Option<CostCheck>,
}

fn print(
    result: &TuneResult<'_>,
    format: ResultFormat,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let run = result.run;
    match format {
        ResultFormat::Reference => {
            if let Some(check) = result.checked {
                output.note(check.sentence());
            }
            match ReferenceOutput::of(run, result.include_stats) {
                Some(result) => output.json(&result),
                // What the reference has of a run that failed: the same for one that was cancelled or picks no size.
                None => output.data("{}\n"),
            }
        }
        ResultFormat::Iacstone if context.json() => {
            let summary = TuneSummary::of(run).map(|summary| TuneSummary {
                check: result.checked.map(CheckSummary::from),
                ..summary
            });
            output.json(&summary)
        }
        ResultFormat::Iacstone => {
            let mut text = report::text(run, &context.settings().tuning);
            text.extend(
                result
                    .checked
                    .map(|check| format!("{}\n", check.sentence())),
            );
            output.data(&text)
        }
    }
}
