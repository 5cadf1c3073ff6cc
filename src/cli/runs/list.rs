//! `iacstone runs list`.

use jiff::Timestamp;
use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::lambda::{Architecture, MemoryMb};
use crate::power::{BillingStep, Currency, MeasuredRun, Run, RunId, RunOrigin, RunState, Strategy};
use crate::ui::chart::format;

/// Lists the saved runs, newest first.
///
/// # Errors
/// When the store cannot be read. Exit code 3 when some of its runs cannot.
pub(super) async fn run(
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (runs, unread) = context
        .store()?
        .runs()
        .all()
        .await
        .map_err(CommandFailure::work)?;
    let entries: Vec<RunJson<'_>> = runs.iter().map(RunJson::of).collect();
    if context.json() {
        output.json(&entries)?;
    } else if entries.is_empty() {
        output.note("There are no saved runs; `iacstone tune FUNCTION` makes one.");
    } else {
        output.data(&table(&entries).to_string())?;
    }
    let whole = unread.is_empty();
    for sentence in unread {
        output.note(sentence);
    }
    Ok(if whole {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// One run in JSON.
#[derive(Serialize)]
pub(super) struct RunJson<'a> {
    id: &'a RunId,
    name: &'a str,
    started: Timestamp,
    /// `measured`, or what it was imported from.
    origin: &'a str,
    state: &'static str,
    /// Why the run failed.
    reason: Option<&'a str>,
    function: Option<&'a str>,
    architecture: Architecture,
    region: String,
    strategy: Option<Strategy>,
    sizes: Vec<MemoryMb>,
    power: Option<MemoryMb>,
    cost: Option<f64>,
    duration: Option<f64>,
    /// Invocations that were answered, and those of them that failed.
    invocations: Option<usize>,
    errors: Option<usize>,
    spent_usd: Option<f64>,
}

impl<'a> RunJson<'a> {
    pub(super) fn of(run: &'a Run) -> Self {
        let curve = run.curve(BillingStep::AsMeasured);
        let power = run.recommended();
        let picked = power.and_then(|size| curve.point(size));
        let measured = run.measured();
        let (state, reason) = measured.map_or(("imported", None), |it| state(&it.state));
        Self {
            id: &run.id,
            name: &run.name,
            started: run.started,
            origin: match &run.origin {
                RunOrigin::Measured(_) => "measured",
                RunOrigin::Imported { from, .. } => from,
            },
            state,
            reason,
            function: measured.map(|measured| measured.function_arn.as_str()),
            architecture: curve.architecture,
            strategy: measured.map(|measured| measured.plan.goal.strategy),
            sizes: curve.points.iter().map(|point| point.memory_mb).collect(),
            power,
            cost: picked.map(|point| point.cost_usd),
            duration: picked.map(|point| point.duration_ms),
            invocations: measured.map(MeasuredRun::invocations),
            errors: measured.map(MeasuredRun::failures),
            spent_usd: measured.map(|measured| measured.usage.spent_usd),
            region: curve.region,
        }
    }
}

fn state(state: &RunState) -> (&'static str, Option<&str>) {
    match state {
        RunState::Running => ("running", None),
        RunState::CutOff => ("cut-off", None),
        RunState::Finished => ("finished", None),
        RunState::Cancelled => ("cancelled", None),
        RunState::Failed(reason) => ("failed", Some(reason)),
    }
}

fn table(entries: &[RunJson<'_>]) -> TextTable {
    let mut table = TextTable::new(&[
        ("run", Alignment::Left),
        ("name", Alignment::Left),
        ("started", Alignment::Left),
        ("state", Alignment::Left),
        ("sizes", Alignment::Right),
        ("pick", Alignment::Right),
        ("duration", Alignment::Right),
        ("cost", Alignment::Right),
    ]);
    for entry in entries {
        let nothing = || "-".to_owned();
        let currency = Currency::of_region(&entry.region);
        let cost = |cost| format::per_million_text(cost, currency);
        table.row([
            entry.id.to_string(),
            entry.name.to_owned(),
            entry.started.strftime("%Y-%m-%d %H:%M").to_string(),
            entry.state.to_owned(),
            entry.sizes.len().to_string(),
            entry
                .power
                .map_or_else(nothing, |size| format!("{size} MB")),
            entry.duration.map_or_else(nothing, format::duration_text),
            entry.cost.map_or_else(nothing, cost),
        ]);
    }
    table
}
