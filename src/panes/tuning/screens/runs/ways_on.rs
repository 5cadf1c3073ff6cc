//! From a run on to what the log of its function tells.

use super::super::samples;
use super::RUNS;
use crate::effect::{Outbox, Severity, Visit};
use crate::lambda::{Function, FunctionRef};
use crate::logs::{Home, RunLog, group_of};
use crate::panes::screen::{ActionRow, Availability, row};
use crate::panes::tuning::TuningPane;
use crate::power::{Run, RunClaim};
use crate::text::sentence;

/// What leads on.
pub(super) const ROWS: &[ActionRow<TuningPane>] = &[
    row(
        RUNS.action(
            "show-samples",
            &["v"],
            "The samples of the size under the cursor, each with its invocation",
        ),
        |pane| with_samples(pane, 10, "samples"),
        samples::open,
    ),
    row(
        RUNS.action(
            "add-sizes",
            &["+"],
            "Measure more sizes into this run: those around the recommended one, or others",
        ),
        |pane| with_samples(pane, 16, "add sizes"),
        TuningPane::ask_sizes,
    ),
    row(
        RUNS.action(
            "run-logs",
            &["L"],
            "What this run wrote into the log of its function",
        ),
        |pane| with_samples(pane, 11, "logs"),
        show_log,
    ),
    row(
        RUNS.action(
            "held-run",
            &["="],
            "Did it hold? What the function does in its log at this size, and did before",
        ),
        |pane| with_samples(pane, 11, "did it hold"),
        hold,
    ),
];

/// Always there; offered where the run in front was measured here.
fn with_samples(pane: &TuningPane, rank: u8, word: &'static str) -> Availability {
    let run = pane.runs.selected().map(|entry| &entry.run);
    let is_measured = run.is_some_and(|run| run.measured().is_some());
    Availability::offered_when(is_measured, rank, word)
}

/// The log group of a function by its name, and where it is.
fn log_group(pane: &TuningPane, function: &FunctionRef) -> (String, Option<Home>) {
    let name = function.name();
    let mut listed = pane.functions.list.items().iter();
    let known = listed.find(|known| known.is_of(function.target()));
    let group = known.map_or_else(|| group_of(name), Function::logs_to);
    (group, Home::of_arn(function.target()))
}

/// What leads to the lines of a run in the log of its function; `None` where that is not known.
pub(in crate::panes::tuning::screens) fn own_log(
    pane: &TuningPane,
    run: &Run,
    log: RunLog,
) -> Option<Visit> {
    let function = FunctionRef::parse(&run.measured()?.function_arn).ok()?;
    Some(Visit::RunLog(log_group(pane, &function), Box::new(log)))
}

/// Shows what the run in front wrote into the log of its function.
fn show_log(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.runs.selected() else {
        return;
    };
    let log = RunLog::of(&entry.run, out.now);
    match log.and_then(|log| own_log(pane, &entry.run, log)) {
        Some(visit) => out.visit(visit),
        None => out.notice(
            Severity::Info,
            "This run was not measured here, so its function's log group is not known.",
        ),
    }
}

/// Counts what the function does in its log at the size of the run in front, and at the one before.
fn hold(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.runs.selected() else {
        return;
    };
    match RunClaim::of(&entry.run) {
        Ok(claim) => {
            let group = log_group(pane, &claim.function);
            out.visit(Visit::Held(group, Box::new(claim)));
        }
        Err(error) => out.notice(Severity::Info, sentence(&error.to_string())),
    }
}
