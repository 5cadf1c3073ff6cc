//! The AWS console at the function of the run in front.

use super::{RUNS, with_run};
use crate::effect::{Outbox, Severity};
use crate::logs::ConsolePage;
use crate::panes::open_console;
use crate::panes::screen::{ActionRow, row};
use crate::panes::tuning::TuningPane;

/// What leads there.
pub(super) const ROWS: &[ActionRow<TuningPane>] = &[row(
    RUNS.action(
        "run-console",
        &["O"],
        "Open the run's function in the AWS console, or copy the link",
    ),
    |pane| with_run(pane, 17, "console"),
    open,
)];

fn open(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(run) = pane.runs.selected().map(|entry| &entry.run) else {
        return;
    };
    let Some(measured) = run.measured() else {
        let text = "This run was not measured here, so it is not known which function it is of.";
        return out.notice(Severity::Info, text);
    };
    let there = ConsolePage::of_function(&measured.function_arn);
    open_console(there.as_ref(), &run.name, out);
}
