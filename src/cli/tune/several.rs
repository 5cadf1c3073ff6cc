//! Several functions at once: what cannot be tuned is told and left out, the others side by side, one table at the end.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::args::TuneArgs;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use super::planned::{PlannedRun, plan};
use super::request::TuneRequest;
use super::side_by_side::{EndedRun, measure};
use super::{check, gate, outcome};
use crate::lambda::FunctionRef;
use crate::power::advice::share;
use crate::power::summary::CheckSummary;
use crate::power::{BillingStep, CostCheck, Currency, Finding, MeanDifference, Run, TuneSummary};
use crate::store::Store;
use crate::text::sentence;
use crate::tuner::Tuner;
use crate::ui::chart::format;

/// What became of one of the functions.
struct FunctionResult {
    function: FunctionRef,
    /// Its run, or why there is none.
    run: Result<Run, String>,
    /// What came of the check that was asked for.
    checked: Option<CostCheck>,
    /// How that ended.
    exit: CommandExit,
}

/// Tunes the functions.
///
/// # Errors
/// Exit code 1 when none could be tuned, 2 when nobody is there to be asked. Exit code 3 when some could not, or are
/// not whole.
pub(super) async fn run(
    request: &TuneRequest,
    args: &TuneArgs,
    context: &CommandContext,
    store: &Store,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let mut results = Vec::new();
    let (mut planned, mut places) = (Vec::new(), Vec::new());
    for (place, function) in request.functions.iter().enumerate() {
        match plan(context, store, request, function, output).await {
            Ok(ready) => {
                planned.push(ready);
                places.push(place);
            }
            Err(failure) => {
                results.push((place, FunctionResult::failed(function, failure, output)));
            }
        }
    }
    if !planned.is_empty() {
        gate::pass(&planned, context, store, args.yes, output).await?;
        let room = room(&planned, output).await;
        for (place, ended) in places
            .into_iter()
            .zip(measure(planned, room, output).await?)
        {
            let function = request.functions.get(place);
            let result =
                function.map(|function| FunctionResult::of(function, ended, args.check, output));
            results.extend(result.map(|result| (place, result)));
        }
        context.tell_what_is_lost(output);
    }
    results.sort_by_key(|(place, _)| *place);
    let results: Vec<FunctionResult> = results.into_iter().map(|(_, result)| result).collect();
    print(&results, context, output)?;
    Ok(exit(&results))
}

/// How many invocations may be under way at once: a share of what the account has where it has the least, for its callers
/// need the rest.
async fn room(planned: &[PlannedRun], output: &mut Output) -> u32 {
    let tuners = planned.iter().map(|planned| &planned.tuner);
    let regions: BTreeMap<&str, &Tuner> = tuners.map(|it| (it.region.as_str(), it)).collect();
    let mut least = u32::MAX;
    for tuner in regions.into_values() {
        match tuner.lambda.unreserved_concurrency().await {
            Ok(limit) => least = least.min(limit.map_or(1, share)),
            Err(error) => {
                output.note(format!(
                    "The functions are tuned one after the other, as the account's concurrency is not known: {error}"
                ));
                return 1;
            }
        }
    }
    least
}

impl FunctionResult {
    fn of(
        function: &FunctionRef,
        ended: Result<EndedRun, CommandFailure>,
        percent: Option<f64>,
        output: &mut Output,
    ) -> Self {
        let ended = match ended {
            Ok(ended) => ended,
            Err(failure) => return Self::failed(function, failure, output),
        };
        let exit = match outcome::of(&ended.run, ended.unsaved, output) {
            Ok(exit) => exit,
            Err(failure) => {
                Self::tell(function, &failure, output);
                failure.answer
            }
        };
        let checked = percent.map(|percent| CostCheck::of(&ended.run, percent));
        Self {
            function: function.clone(),
            run: Ok(ended.run),
            checked,
            exit: check::joined(exit, checked),
        }
    }

    fn failed(function: &FunctionRef, failure: CommandFailure, output: &mut Output) -> Self {
        Self::tell(function, &failure, output);
        Self {
            function: function.clone(),
            run: Err(failure.sentence),
            checked: None,
            exit: failure.answer,
        }
    }

    fn tell(function: &FunctionRef, failure: &CommandFailure, output: &mut Output) {
        let words = sentence(&failure.sentence);
        output.note(format!("{}: {words}", function.name()));
    }
}

/// All are done, or some are, or none is; a check fails where all are done. What the user broke off is that before anything else.
fn exit(results: &[FunctionResult]) -> CommandExit {
    let all = |exit| results.iter().all(|result| result.exit == exit);
    let mut exits = results.iter().map(|result| result.exit);
    if exits.any(|exit| exit == CommandExit::Interrupted) {
        CommandExit::Interrupted
    } else if all(CommandExit::Done) {
        CommandExit::Done
    } else if results
        .iter()
        .all(|result| matches!(result.exit, CommandExit::Done | CommandExit::Dearer))
    {
        CommandExit::Dearer
    } else if all(CommandExit::Failed) {
        CommandExit::Failed
    } else {
        CommandExit::Partial
    }
}

/// A function without a run, in JSON.
#[derive(Serialize)]
struct FailureJson<'a> {
    function: String,
    error: &'a str,
}

/// One of the functions in JSON: what `tune` prints of it alone, or why there is nothing.
#[derive(Serialize)]
#[serde(untagged)]
enum ResultJson<'a> {
    Summary(Option<Box<TuneSummary>>),
    Failure(FailureJson<'a>),
}

fn print(
    results: &[FunctionResult],
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    if context.json() {
        let results = results.iter().map(|result| match &result.run {
            Ok(run) => ResultJson::Summary(TuneSummary::of(run).map(|summary| {
                Box::new(TuneSummary {
                    check: result.checked.map(CheckSummary::from),
                    ..summary
                })
            })),
            Err(error) => ResultJson::Failure(FailureJson {
                function: result.function.to_string(),
                error,
            }),
        });
        return output.json(&results.collect::<Vec<_>>());
    }
    let checks = results.iter().filter_map(|result| {
        let sentence = result.checked?.sentence();
        Some(format!("{}: {sentence}\n", result.function.name()))
    });
    let checks: String = checks.collect();
    output.data(&format!("{}{checks}", table(results)))
}

/// A row for each function.
fn table(results: &[FunctionResult]) -> TextTable {
    let mut table = TextTable::new(&[
        ("function", Alignment::Left),
        ("run", Alignment::Left),
        ("current", Alignment::Right),
        ("recommended", Alignment::Right),
        ("sure", Alignment::Right),
        ("spent", Alignment::Right),
        ("against the current size", Alignment::Left),
    ]);
    for result in results {
        let name = result.function.name().to_owned();
        match &result.run {
            Ok(run) => table.row(row(name, run)),
            Err(error) => {
                let nothing = || "-".to_owned();
                let blanks = [nothing(), nothing(), nothing(), nothing(), nothing()];
                let words = format!("failed: {error}");
                table.row([name].into_iter().chain(blanks).chain([words]));
            }
        }
    }
    table
}

fn row(name: String, run: &Run) -> Vec<String> {
    let Some(measured) = run.measured() else {
        return vec![name, run.id.to_string()];
    };
    let curve = run.curve(BillingStep::AsMeasured);
    let (current, pick) = (measured.current_memory, measured.recommended(&curve));
    let nothing = || "-".to_owned();
    let change = match pick {
        None => nothing(),
        Some(pick) if pick == current => "is the current size".to_owned(),
        Some(pick) => match curve.point(current).zip(curve.point(pick)) {
            Some((from, to)) => MeanDifference::of_points(from, to).to_string(),
            None => format!("{current} MB was not measured"),
        },
    };
    let sure = Finding::of(measured).map(|found| found.sure_words());
    let sure = sure.unwrap_or_else(nothing);
    vec![
        name,
        run.id.to_string(),
        format!("{current} MB"),
        pick.map_or_else(nothing, |pick| format!("{pick} MB")),
        sure,
        format::usd_text(
            measured.usage.spent_usd,
            Currency::of_region(&measured.region),
        ),
        [
            measured.unusual().or(Some(change)),
            measured.failures_in_words(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; "),
    ]
}
