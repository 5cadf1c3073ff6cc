//! `iacstone runs resume`: goes on with a run that broke off, and prints the result of the whole.

use super::super::args::{ResultFormat, ResumeArgs};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use super::planned::{PlannedRun, advise, look, tuner_of};
use super::side_by_side::measure_one;
use super::{ResultForm, finish, gate, payload};
use crate::jobs::elsewhere;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::resume::around;
use crate::power::{Currency, ListedRun, ResumeError, Resumption, Run, SizeList};
use crate::store::Store;
use crate::ui::chart::format::usd_text;

/// Measures what a run misses.
///
/// # Errors
/// Exit code 2 for a command line that cannot be; 1 when the run cannot be gone on with, and for everything later.
pub(in crate::cli) async fn run(
    args: &ResumeArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    context.needs_leave_to_change("runs resume")?;
    context.needs_network("runs resume")?;
    let store = context.store()?;
    let run = store.runs().find(&args.run).await;
    let run = run.map_err(CommandFailure::work)?;
    let resumption = Resumption {
        run: run.id.clone(),
        payload: args.payload.as_ref().map(payload).transpose()?,
        max_cost_usd: args.max_cost,
        added: added(args, &run)?,
    };
    let plan = resumption.plan(&run).map_err(failure)?;
    let reference = function_of(&run)?;
    let tuner = tuner_of(&reference, context, &store, output).await?;
    refuse_elsewhere(&run, &reference, &store, context).await?;
    let function = look(&tuner, &reference).await?;
    advise(&function, &plan, "", output)?;
    tell(&run, output);
    let planned = [PlannedRun {
        tuner,
        function,
        plan,
        resumed: Some(resumption),
    }];
    gate::pass(&planned, context, &store, args.yes, output).await?;
    let [planned] = planned;
    let ended = measure_one(planned, output).await?;
    let form = ResultForm {
        format: ResultFormat::Iacstone,
        include_stats: false,
        check: None,
    };
    finish(ended, form, context, output).await
}

/// The sizes that are to be measured too: those that are named, or those around the recommended one.
fn added(args: &ResumeArgs, run: &Run) -> Result<Vec<MemoryMb>, CommandFailure> {
    let Some(sizes) = args.add.as_deref() else {
        return Ok(Vec::new());
    };
    if sizes == "around" {
        let measured = run.measured().map_or(&[][..], |it| &it.plan.sizes);
        let pick = ListedRun::of(run).pick;
        let near = pick.map_or_else(Vec::new, |pick| around(measured, pick));
        if near.is_empty() {
            return Err(CommandFailure::usage(
                "the run has no size to recommend, or its neighbours are within 128 MB of it; name the sizes, as in --add 320,384",
            ));
        }
        return Ok(near);
    }
    let list: SizeList = sizes.parse().map_err(CommandFailure::usage)?;
    list.checked().map_err(CommandFailure::usage)
}

fn failure(error: ResumeError) -> CommandFailure {
    if error.is_of_usage() {
        CommandFailure::usage(error)
    } else {
        CommandFailure::work(error)
    }
}

fn function_of(run: &Run) -> Result<FunctionRef, CommandFailure> {
    let measured = run.measured();
    let arn = measured.map_or("", |measured| measured.function_arn.as_str());
    FunctionRef::parse(arn).map_err(CommandFailure::work)
}

/// What the run left behind is only undone in its own account: a function that is not found counts as gone.
async fn refuse_elsewhere(
    run: &Run,
    function: &FunctionRef,
    store: &Store,
    context: &CommandContext,
) -> Result<(), CommandFailure> {
    let journal = store.journals().of_run(&run.id).await;
    let Some(journal) = journal.map_err(CommandFailure::work)? else {
        return Ok(());
    };
    let session = context.connection().session_of(function).await;
    let session = session.map_err(CommandFailure::work)?;
    match elsewhere(&session, &journal).await {
        Ok(None) => Ok(()),
        Ok(Some(sentence)) => Err(CommandFailure::work(sentence)),
        Err(error) => Err(CommandFailure::work(error)),
    }
}

/// What the run has already; the estimate that follows is of what it misses.
fn tell(run: &Run, output: &mut Output) {
    let Some(measured) = run.measured() else {
        return;
    };
    let (had, spent) = (measured.invocations(), measured.usage.spent_usd);
    output.note(format!(
        "Run {} has {had} invocations already, which cost {}; the estimate is of what it misses.",
        run.id,
        usd_text(spent, Currency::of_region(&measured.region))
    ));
}
