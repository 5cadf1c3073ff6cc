//! `iacstone tune`: plans, estimate, runs, results.

mod check;
mod doubt;
mod gate;
mod outcome;
mod payloads;
mod planned;
mod report;
mod request;
mod resume;
mod several;
mod side_by_side;
mod unknown;

use std::io::IsTerminal as _;

use super::args::{ResultFormat, TuneArgs};
use super::context::CommandContext;
use super::output::Output;
use super::{CommandExit, CommandFailure, projects};
use crate::power::resume::broke_off;
use crate::power::summary::CheckSummary;
use crate::power::{CostCheck, ListedRun, ReferenceOutput, Run, TuneSummary};
use crate::store::Store;
pub(super) use check::exit_of_check;
use planned::plan;
use request::TuneRequest;
pub(super) use request::{payload, read_file};
pub(super) use resume::run as resume;
use side_by_side::{EndedRun, measure_one};

pub(super) use report::{
    failures_line, measured_tables, measured_text, pattern_line, verdict_lines,
};

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
    if request.functions.len() > 1 {
        return several::run(&request, args, context, &store, output).await;
    }
    only(&request, args, context, &store, output).await
}

/// Tunes one function.
async fn only(
    request: &TuneRequest,
    args: &TuneArgs,
    context: &CommandContext,
    store: &Store,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let mut planned = Vec::new();
    for function in &request.functions {
        planned.push(plan(context, store, request, function, output).await?);
    }
    gate::pass(&planned, context, store, args.yes, output).await?;
    let planned = planned
        .pop()
        .ok_or_else(|| CommandFailure::work("no run was made"))?;
    let ended = if !args.yes && doubt::can_be_asked_about(&planned.plan) {
        doubt::measure(planned, output).await?
    } else {
        measure_one(planned, output).await?
    };
    let form = ResultForm {
        format: args.format,
        include_stats: request.include_stats,
        check: args.check,
    };
    finish(ended, form, context, output).await
}

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
async fn finish(
    ended: EndedRun,
    form: ResultForm,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.tell_what_is_lost(output);
    let run = &ended.run;
    let checked = form.check.map(|percent| CostCheck::of(run, percent));
    let ending = outcome::of(run, ended.unsaved, output).map(|exit| check::joined(exit, checked));
    if context.keeps_data() && run.measured().is_some_and(broke_off) {
        output.note(format!(
            "What was measured is kept; `iacstone runs resume {}` goes on with it.",
            run.id
        ));
    }
    let result = TuneResult {
        run,
        include_stats: form.include_stats,
        checked,
    };
    let printed = print(&result, form.format, context, output);
    if printed.is_ok() && names_code(run, context).await {
        output.note(
            "`iacstone runs code latest` looks for the change in the code of this directory.",
        );
    }
    match printed {
        Err(failure) if !failure.is_quiet() => ending.and(Err(failure)),
        _ => ending,
    }
}

/// Whether somebody reads along, in a directory whose code may give the function its memory size.
async fn names_code(run: &Run, context: &CommandContext) -> bool {
    context.keeps_data()
        && std::io::stdout().is_terminal()
        && ListedRun::of(run).pick.is_some()
        && projects::are_near().await
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
