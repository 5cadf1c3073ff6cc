//! `iacstone tune`: plan, estimate, run, result.

mod check;
mod doubt;
mod gate;
mod outcome;
mod report;
mod request;
mod resume;
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
use crate::power::resume::broke_off;
use crate::power::summary::CheckSummary;
use crate::power::{
    AdviceWeight, CostCheck, Plan, ReferenceOutput, Resumption, Run, RunEvent, RunId, TuneSummary,
    advice, misfit,
};
use crate::store::Store;
use crate::tuner::{self, Tuner};
pub(super) use check::exit_of_check;
use request::TuneRequest;
pub(super) use request::{payload, read_file};
pub(super) use resume::run as resume;

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
    let tuner = tuner_of(&request.plan.function, context, &store, output).await?;
    let function = look(&tuner, &request.plan.function).await?;
    if args.check.is_some() {
        check::measure_current(&mut request.plan, &function, output);
    }
    warn_of_cut_off_runs(&store, &tuner, &function, output).await?;
    advise(&function, &request.plan, output)?;
    gate::pass(&request.plan, &function, context, &tuner, args.yes, output).await?;
    let asks = !args.yes && doubt::can_be_asked_about(&request.plan);
    let work = TuneWork::New(request.plan.clone());
    let (ended, is_doubted) = measure(&tuner, work, asks, output).await?;
    let ended = if is_doubted {
        doubt::settled(ended, request.plan, &tuner, output).await?
    } else {
        ended
    };
    let form = ResultForm {
        format: args.format,
        include_stats: request.include_stats,
        check: args.check,
    };
    finish(ended, form, context, output)
}

/// What is to be measured.
enum TuneWork {
    /// A run of its own.
    New(Plan),
    /// What a run misses, by this plan.
    Resumed(Resumption, Plan),
}

/// A run that came to its end, and why it could not be saved, if it could not.
type EndedRun = (Run, Option<String>);

/// What is printed of a result.
#[derive(Clone, Copy)]
struct ResultForm {
    format: ResultFormat,
    /// Whether the reference's output shall have `stats`.
    include_stats: bool,
    /// The percent by which the present size may cost more, when that is checked.
    check: Option<f64>,
}

/// Prints what a run came to; the answer is worked out first, for it stands even when nobody reads the result.
fn finish(
    (run, unsaved): EndedRun,
    form: ResultForm,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.tell_what_is_lost(output);
    // Worked out first: it stands even when nobody reads the result.
    let checked = form.check.map(|percent| CostCheck::of(&run, percent));
    let ending = outcome::of(&run, unsaved, output).map(|exit| check::joined(exit, checked));
    if context.keeps_data() && run.measured().is_some_and(broke_off) {
        output.note(format!(
            "What was measured is kept; `iacstone runs resume {}` goes on with it.",
            run.id
        ));
    }
    let result = TuneResult {
        run: &run,
        include_stats: form.include_stats,
        checked,
    };
    match print(&result, form.format, context, output) {
        Err(failure) if !failure.is_quiet() => ending.and(Err(failure)),
        _ => ending,
    }
}

/// A tuner where the function is: an ARN names its region, which counts before any other.
async fn tuner_of(
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
async fn look(tuner: &Tuner, function: &FunctionRef) -> Result<Function, CommandFailure> {
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
    if let Some(sentence) = misfit(function, plan) {
        return Err(CommandFailure::usage(sentence));
    }
    for advice in advice(function, plan) {
        if advice.weight == AdviceWeight::Blocking {
            return Err(CommandFailure::work(advice.text));
        }
        output.note(advice.text);
    }
    Ok(())
}

/// Runs the plan until it ends, or until a signal makes it clean up and end. One that `asks` ends too when the first answer
/// is doubted; whether it was is told beside what became of it.
async fn measure(
    tuner: &Tuner,
    work: TuneWork,
    asks: bool,
    output: &mut Output,
) -> Result<(EndedRun, bool), CommandFailure> {
    let (sender, events) = mpsc::channel(EVENTS);
    let stop = CancellationToken::new();
    let (TuneWork::New(plan) | TuneWork::Resumed(_, plan)) = &work;
    let watching = watch(events, RunProgress::new(plan, output), asks, stop.clone());
    let tuning = Box::pin(begin(tuner, work, sender, stop.clone()));
    let both = async {
        let (run, (unsaved, is_doubted)) = tokio::join!(tuning, watching);
        Ok(((run.map_err(failure)?, unsaved), is_doubted))
    };
    until_interrupted(stop, both).await
}

async fn begin(
    tuner: &Tuner,
    work: TuneWork,
    events: mpsc::Sender<RunEvent>,
    stop: CancellationToken,
) -> Result<Run, tuner::Error> {
    match work {
        TuneWork::New(plan) => {
            let id = RunId::new(Timestamp::now(), rand::random());
            tuner.tune(id, plan, events, stop).await
        }
        TuneWork::Resumed(resumption, _) => tuner.resume(&resumption, events, stop).await,
    }
}

fn failure(error: tuner::Error) -> CommandFailure {
    match error {
        tuner::Error::Resume(error) if error.is_of_usage() => CommandFailure::usage(error),
        error => CommandFailure::work(error),
    }
}

async fn watch(
    mut events: mpsc::Receiver<RunEvent>,
    mut progress: RunProgress<'_>,
    asks: bool,
    stop: CancellationToken,
) -> (Option<String>, bool) {
    let (mut stopping, mut is_doubted) = (false, false);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some(event) => {
                    progress.hear(&event);
                    if asks && doubt::is_raised_by(&event) {
                        (stopping, is_doubted) = (true, true);
                        stop.cancel();
                    }
                }
                None => return (progress.unsaved(), is_doubted),
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
