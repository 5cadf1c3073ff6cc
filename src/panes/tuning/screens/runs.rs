//! The runs and their chart.

use super::{filter_prompt, functions};
use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::tuning::{RunSection, TuningPane, TuningPrompt};
use Availability::Offered;

const RUNS: &Scope = &Scope::of_screen("runs", "Runs and chart");

/// Plans a run.
pub const NEW_RUN: Action = RUNS.action("new-run", &["n"], "Pick a function and plan a run");
/// Brings a deleted run back.
pub const UNDO: Action = RUNS.action("undo", &["u"], "Undo the last delete");
/// Writes the run to a file.
pub const EXPORT_RUN: Action = RUNS.action("export-run", &["e"], "Write the run to a file");
/// Undoes what a run left.
pub const RECOVER: Action = RUNS.action("recover", &["X"], "Undo what a killed run left behind");

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: RUNS,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, out| pane.step_selection(step.rows(out.page))),
        &Table::new(ROWS),
    ],
};

const ROWS: &[ActionRow<TuningPane>] = &[
    row(NEW_RUN, |_| Offered(2, "new run"), functions::open),
    row(
        RUNS.action("cancel-run", &["x"], "Cancel the running tune"),
        |pane| {
            let is_running = pane.live().is_some_and(|live| !live.cancelling);
            Availability::offered_when(is_running, 0, "cancel run")
        },
        TuningPane::cancel_or_say,
    ),
    row(
        RUNS.action(
            "compare",
            &["c", "m"],
            "Mark or unmark the run to compare with",
        ),
        |pane| {
            let selected = pane.selected().map(|entry| &entry.run.id);
            let word = match &pane.look.compared {
                None => "compare",
                marked if marked.as_ref() == selected => "unmark",
                Some(_) => "mark this one",
            };
            Offered(4, word)
        },
        compare,
    ),
    row(
        RUNS.action(
            "baseline",
            &["b"],
            "Make the size under the cursor the baseline",
        ),
        |_| Offered(8, "baseline"),
        |pane, _| {
            let cursor = pane.look.cursor;
            let is_baseline = pane.look.baseline == cursor;
            pane.look.baseline = cursor.filter(|_| !is_baseline);
        },
    ),
    unsaid(
        RUNS.action("weight-down", &["["], "Balanced weight towards speed"),
        |pane, _| shift_weight(pane, -1.0),
    ),
    unsaid(
        RUNS.action("weight-up", &["]"], "Balanced weight towards cost"),
        |pane, _| shift_weight(pane, 1.0),
    ),
    row(
        RUNS.action(
            "billing-step",
            &["s"],
            "Switch the billing step: as measured, 1 ms, 100 ms",
        ),
        |_| Offered(7, "billing"),
        |pane, _| pane.look.next_step(),
    ),
    row(
        RUNS.action("chart-form", &["t"], "Switch between chart and table"),
        |pane| Offered(6, if pane.look.table { "chart" } else { "table" }),
        |pane, _| pane.look.table = !pane.look.table,
    ),
    row(
        RUNS.action("rename-run", &["R"], "Rename the run"),
        |pane| Availability::offered_when(has_saved(pane), 9, "rename"),
        TuningPane::ask_name,
    ),
    row(
        RUNS.action("delete-run", &["d"], "Delete the run"),
        |pane| Availability::offered_when(has_saved(pane), 10, "delete"),
        TuningPane::delete,
    ),
    row(
        UNDO,
        |pane| Availability::offered_when(pane.library.can_undelete(), 5, "undo"),
        TuningPane::undelete,
    ),
    row(
        EXPORT_RUN,
        |_| Offered(13, "export"),
        TuningPane::ask_export,
    ),
    row(
        RUNS.action("import-run", &["i"], "Read a run from a file or a link"),
        |_| Offered(14, "import"),
        ask_import,
    ),
    row(
        RUNS.action("copy-link", &["y"], "Copy the run's visualization link"),
        |_| Offered(12, "copy link"),
        |pane, out| pane.copy_link(out),
    ),
    row(
        RECOVER,
        |pane| Availability::offered_when(pane.cut_off().is_some(), 1, "restore"),
        TuningPane::ask_recover,
    ),
    row(
        RUNS.action(
            "run-logs",
            &["L"],
            "Follow the log group of the run's function",
        ),
        |_| Offered(11, "logs"),
        |pane, out| pane.follow_run(out),
    ),
    unsaid(Action::LEFT, |pane, _| move_cursor(pane, -1)),
    unsaid(Action::RIGHT, |pane, _| move_cursor(pane, 1)),
    row(
        Action::OPEN,
        |pane| {
            let is_open = pane.look.expanded;
            Offered(3, if is_open { "list" } else { "details" })
        },
        |pane, _| pane.look.expanded = !pane.look.expanded,
    ),
    unsaid(Action::FILTER, |pane, out| {
        pane.library.filter.clear();
        pane.ask(TuningPrompt::FilterRuns, filter_prompt(), out);
    }),
    unsaid(Action::REFRESH, |pane, out| pane.library.reload(out)),
    unsaid(Action::BACK, |pane, _| back(pane)),
];

fn has_saved(pane: &TuningPane) -> bool {
    let selected = pane.selected();
    selected.is_some_and(|entry| entry.group == RunSection::Saved)
}

/// Undoes the last thing that hides something: details, comparison, filter.
fn back(pane: &mut TuningPane) {
    if pane.look.expanded {
        pane.look.expanded = false;
    } else if pane.look.compared.is_some() {
        pane.look.compared = None;
    } else {
        pane.library.filter.clear();
    }
}

fn move_cursor(pane: &mut TuningPane, steps: isize) {
    if let Some(shown) = &pane.shown {
        pane.look.move_cursor(&shown.main.curve, steps);
    }
}

fn shift_weight(pane: &mut TuningPane, steps: f64) {
    if let Some(entry) = pane.selected() {
        let now = pane.look.weight_of(&entry.run);
        pane.look.shift_weight(now, steps);
    }
}

fn compare(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.selected() else { return };
    let (id, name) = (entry.run.id.clone(), entry.run.name.clone());
    if pane.look.compared.as_ref() == Some(&id) {
        pane.look.compared = None;
        out.notice(Severity::Info, "The comparison is off.");
    } else {
        pane.look.compared = Some(id);
        out.notice(
            Severity::Info,
            format!("{name} is marked; move to another run to compare them."),
        );
    }
}

fn ask_import(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let hint = "a file (iacstone or Lambda Power Tuning output) or a visualization link";
    pane.ask(
        TuningPrompt::ImportRun,
        Prompt::line("Import", hint, ""),
        out,
    );
}
