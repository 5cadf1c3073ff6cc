//! `iacstone runs list`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::lambda::{Architecture, MemoryMb};
use crate::power::evaluation::Confidence;
use crate::power::{
    BillingStep, Currency, ListedRun, MeasuredRun, Run, RunFilter, RunId, RunOrder, RunOrigin,
    RunState, Strategy,
};
use crate::ui::chart::format;

/// Lists the saved runs that a filter admits, in an order.
///
/// # Errors
/// When the store cannot be read. Exit code 3 when some of its runs cannot.
pub(super) async fn run(
    filter: &str,
    order: RunOrder,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (runs, unread) = context
        .store()?
        .runs()
        .all()
        .await
        .map_err(CommandFailure::work)?;
    let listed = listed(&runs, filter, order);
    if context.json() {
        let entries = listed
            .iter()
            .map(|(run, listed)| RunJson::of_listed(run, listed));
        output.json(&entries.collect::<Vec<_>>())?;
    } else if runs.is_empty() {
        output.note("There are no saved runs; `iacstone tune FUNCTION` makes one.");
    } else if listed.is_empty() {
        output.note(format!(
            "None of the {} saved runs has '{filter}'.",
            runs.len()
        ));
    } else {
        output.data(&table(&listed).to_string())?;
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

/// The runs that a filter admits, in an order, each with what a list says of it.
fn listed<'a>(runs: &'a [Run], filter: &str, order: RunOrder) -> Vec<(&'a Run, ListedRun)> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let wanted = RunFilter::parse(filter, today);
    let listed = runs.iter().map(|run| (run, ListedRun::of(run)));
    let mut listed: Vec<(&Run, ListedRun)> = listed.filter(|it| wanted.admits(&it.1)).collect();
    listed.sort_by(|one, other| order.compare((one.0, &one.1), (other.0, &other.1)));
    listed
}

/// One run in JSON.
#[derive(Serialize)]
pub(super) struct RunJson<'a> {
    /// The same as `id`, by the word that `tune` has for it.
    run: &'a RunId,
    id: &'a RunId,
    name: &'a str,
    /// What the user noted about it.
    note: &'a str,
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
    /// What the strategy picks by the means, as `tune` has it, and the means there.
    power: Option<MemoryMb>,
    cost: Option<f64>,
    duration: Option<f64>,
    /// The size to take, and the means there.
    recommended: Option<MemoryMb>,
    recommended_cost: Option<f64>,
    recommended_duration: Option<f64>,
    /// The size the function has outside the run.
    current_memory: Option<MemoryMb>,
    /// From there to `recommended`: above 1 is faster; null where one of them was not measured.
    speed: Option<f64>,
    cost_percent: Option<f64>,
    /// How sure the answer is: `95`, `90` or `cannot-tell`.
    confidence: Option<&'static str>,
    /// Invocations that were answered, and those of them that failed.
    invocations: Option<usize>,
    errors: Option<usize>,
    spent_usd: Option<f64>,
}

impl<'a> RunJson<'a> {
    pub(super) fn of(run: &'a Run) -> Self {
        Self::of_listed(run, &ListedRun::of(run))
    }

    fn of_listed(run: &'a Run, listed: &ListedRun) -> Self {
        let curve = run.curve(BillingStep::AsMeasured);
        let measured = run.measured();
        let (state, reason) = measured.map_or(("imported", None), state);
        let power = match measured {
            Some(measured) => measured.pick(&curve),
            None => listed.pick,
        };
        let picked = power.and_then(|power| curve.point(power));
        Self {
            run: &run.id,
            id: &run.id,
            name: &run.name,
            note: &run.note,
            started: run.started,
            origin: origin(run),
            state,
            reason,
            function: measured.map(|measured| measured.function_arn.as_str()),
            architecture: curve.architecture,
            strategy: measured.map(|measured| measured.plan.goal.strategy),
            sizes: curve.points.iter().map(|point| point.memory_mb).collect(),
            power,
            cost: picked.map(|point| point.cost_usd),
            duration: picked.map(|point| point.duration_ms),
            recommended: listed.pick,
            recommended_cost: listed.cost_usd,
            recommended_duration: listed.duration_ms,
            current_memory: measured.map(|measured| measured.current_memory),
            speed: listed.change.map(|change| change.speed),
            cost_percent: listed.change.and_then(|change| change.cost_percent),
            confidence: listed.confidence.map(Confidence::name),
            invocations: measured.map(MeasuredRun::invocations),
            errors: measured.map(MeasuredRun::failures),
            spent_usd: measured.map(|measured| measured.usage.spent_usd),
            region: curve.region,
        }
    }
}

/// Where a run comes from, in a word.
fn origin(run: &Run) -> &str {
    match &run.origin {
        RunOrigin::Measured(_) => "measured",
        RunOrigin::Imported { from, .. } => from,
    }
}

fn state(measured: &MeasuredRun) -> (&'static str, Option<&str>) {
    match &measured.state {
        RunState::Running => ("running", None),
        RunState::Finished if measured.is_capped() => ("capped", None),
        RunState::CutOff => ("cut-off", None),
        RunState::Finished => ("finished", None),
        RunState::Cancelled => ("cancelled", None),
        RunState::Failed(reason) => ("failed", Some(reason)),
    }
}

fn is_dry(run: &Run) -> bool {
    run.measured().is_some_and(|measured| measured.plan.dry_run)
}

fn table(listed: &[(&Run, ListedRun)]) -> TextTable {
    let mut table = TextTable::new(&[
        ("run", Alignment::Left),
        ("name", Alignment::Left),
        ("function", Alignment::Left),
        ("started", Alignment::Left),
        ("state", Alignment::Left),
        ("sizes", Alignment::Right),
        ("pick", Alignment::Right),
        ("duration", Alignment::Right),
        ("cost", Alignment::Right),
        ("sure", Alignment::Left),
        ("against the current size", Alignment::Left),
        ("note", Alignment::Left),
    ]);
    for (run, listed) in listed {
        table.row(row(run, listed));
    }
    table
}

fn row(run: &Run, listed: &ListedRun) -> [String; 12] {
    let nothing = || "-".to_owned();
    let entry = RunJson::of_listed(run, listed);
    let currency = Currency::of_region(&entry.region);
    let cost = |cost| format::per_million_text(cost, currency);
    let change = match (listed.change, listed.pick) {
        (Some(change), _) => change.to_string(),
        (None, Some(pick)) if entry.current_memory == Some(pick) => {
            "is the current size".to_owned()
        }
        _ => nothing(),
    };
    [
        run.id.to_string(),
        run.name.clone(),
        listed.function.clone().unwrap_or_else(nothing),
        run.started.strftime("%Y-%m-%d %H:%M").to_string(),
        if is_dry(run) { "dry run" } else { entry.state }.to_owned(),
        entry.sizes.len().to_string(),
        listed
            .pick
            .map_or_else(nothing, |size| format!("{size} MB")),
        listed
            .duration_ms
            .map_or_else(nothing, format::duration_text),
        listed.cost_usd.map_or_else(nothing, cost),
        listed.sure.clone().unwrap_or_else(nothing),
        change,
        run.note.clone(),
    ]
}
