//! `iacstone tune`: plans, estimate, runs, results.

mod gate;
mod outcome;
mod payloads;
mod planned;
mod report;
mod request;
mod several;
mod side_by_side;
mod unknown;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::args::{ResultFormat, TuneArgs};
use super::context::CommandContext;
use super::output::Output;
use super::progress::RunProgress;
use super::{CommandExit, CommandFailure};
use crate::power::{ReferenceOutput, Run, RunEvent, TuneSummary};
use crate::tuner::Tuner;
use planned::plan;
use request::TuneRequest;
pub(super) use request::read_file;
use side_by_side::measure;

pub(super) use report::{failures_line, measured_tables, measured_text, verdict_lines};

/// Measures the memory sizes of functions and prints the results.
///
/// # Errors
/// Exit code 2 for a plan that cannot be, before anything is asked of the account; 1 for everything later.
pub(super) async fn run(
    args: &TuneArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let request = TuneRequest::of(args, &context.settings().tuning)?;
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
    if request.functions.len() > 1 {
        return several::run(&request, args, context, &tuner, output).await;
    }
    only(&request, args, context, &tuner, output).await
}

/// Tunes one function.
async fn only(
    request: &TuneRequest,
    args: &TuneArgs,
    context: &CommandContext,
    tuner: &Tuner,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let mut planned = Vec::new();
    for function in &request.functions {
        planned.push(plan(tuner, request, function, "", output).await?);
    }
    gate::pass(&planned, context, tuner, args.yes, output).await?;
    let mut ended = measure(tuner, planned, u32::MAX, output).await?;
    let last = ended.pop();
    let ended = last.ok_or_else(|| CommandFailure::work("no run was made"))??;
    context.tell_what_is_lost(output);
    // Worked out first: it stands even when nobody reads the result.
    let ending = outcome::of(&ended.run, ended.unsaved, output);
    match print(
        &ended.run,
        args.format,
        request.include_stats,
        context,
        output,
    ) {
        Err(failure) if !failure.is_quiet() => ending.and(Err(failure)),
        _ => ending,
    }
}

/// Tells what the runs do, each by its number, until all have ended.
async fn watch(
    mut events: mpsc::Receiver<(usize, RunEvent)>,
    progress: &mut [RunProgress],
    stop: CancellationToken,
    output: &mut Output,
) {
    let mut stopping = false;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some((number, event)) => {
                    if let Some(progress) = progress.get_mut(number) {
                        progress.hear(&event, output);
                    }
                }
                None => return,
            },
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                output.note(match progress.len() {
                    1 => "Stopping: the function is restored and the run's versions are deleted first.",
                    _ => "Stopping: each function is restored and the versions of its run are deleted first.",
                });
            }
        }
    }
}

fn print(
    run: &Run,
    format: ResultFormat,
    include_stats: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    match format {
        ResultFormat::Reference => match ReferenceOutput::of(run, include_stats) {
            Some(result) => output.json(&result),
            // What the reference has of a run that failed: the same for one that was cancelled or picks no size.
            None => output.data("{}\n"),
        },
        ResultFormat::Iacstone if context.json() => output.json(&TuneSummary::of(run)),
        ResultFormat::Iacstone => output.data(&report::text(run, &context.settings().tuning)),
    }
}
