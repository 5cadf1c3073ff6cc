//! The runs and their chart.

mod console;
mod records;
mod ways_on;

pub(super) use records::file_stem;
pub(super) use ways_on::own_log;

use super::{code, functions};
use crate::effect::{Confirm, ConfirmAction, Outbox, Severity, Visit};
use crate::keys::{Action, Scope};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use crate::panes::tuning::{LedBy, RunSection, TuningPane, TuningPrompt, function_name};
use Availability::Offered;

const RUNS: &Scope = &Scope::of_screen("runs", "Runs and chart");

/// Plans a run.
pub const NEW_RUN: Action = RUNS.action("new-run", &["n"], "Pick a function and plan a run");
/// Brings a deleted run back.
pub const UNDO: Action = RUNS.action("undo", &["u"], "Undo the last delete");
/// Writes the run to a file.
pub const EXPORT_RUN: Action = RUNS.action("export-run", &["e"], "Write the run to a file");
/// Shows the run as code.
pub const SHOW_CODE: Action = RUNS.action(
    "show-code",
    &["I"],
    "Show the recommended size as a change of the code here",
);
/// Goes on with a run that broke off.
pub const RESUME: Action = RUNS.action("resume-run", &["C"], "Go on with a run that broke off");
/// Pauses the run under way.
pub const PAUSE: Action = RUNS.action(
    "pause-run",
    &["p"],
    "Pause the running tune, or have it go on",
);
/// Cancels the run under way.
pub const CANCEL_RUN: Action = RUNS.action("cancel-run", &["x"], "Cancel the running tune");
/// Undoes what a run left.
pub const RECOVER: Action = RUNS.action("recover", &["X"], "Undo what a killed run left behind");

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: RUNS,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, out| pane.runs.step(step.rows(out.page))),
        &Table::new(ROWS),
        &Table::new(ways_on::ROWS),
        &Table::new(console::ROWS),
    ],
};

const ROWS: &[ActionRow<TuningPane>] = &[
    row(
        NEW_RUN,
        |_| Offered(2, "new run"),
        |pane, out| {
            pane.brought = None;
            functions::open(pane, out);
        },
    ),
    row(
        RUNS.action(
            "repeat-run",
            &["N"],
            "The plan of this run once more, on its function or another one",
        ),
        |pane| with_run(pane, 16, "run again"),
        functions::open_again,
    ),
    row(
        CANCEL_RUN,
        |pane| {
            let is_running = pane.live().is_some_and(|live| !live.cancelling);
            Availability::offered_when(is_running, 0, "cancel run")
        },
        cancel,
    ),
    row(
        PAUSE,
        |pane| {
            let live = pane.live().filter(|live| !live.cancelling);
            let is_paused = live.is_some_and(|live| live.paused.is_some());
            let word = if is_paused { "go on" } else { "pause" };
            Availability::offered_when(live.is_some(), 1, word)
        },
        pause,
    ),
    row(SHOW_CODE, |pane| with_run(pane, 4, "as code"), code::open),
    row(
        RUNS.action(
            "compare",
            &["c", "m"],
            "Mark or unmark the run to compare with",
        ),
        |pane| {
            let selected = pane.runs.selected().map(|entry| &entry.run.id);
            let word = match &pane.runs.look.compared {
                None => "compare",
                marked if marked.as_ref() == selected => "unmark",
                Some(_) => "mark this one",
            };
            with_run(pane, 4, word)
        },
        compare,
    ),
    row(
        RUNS.action(
            "baseline",
            &["b"],
            "Make the size under the cursor the baseline",
        ),
        |pane| with_run(pane, 8, "baseline"),
        |pane, _| {
            let cursor = pane.runs.look.cursor.at;
            let is_baseline = pane.runs.look.baseline == cursor;
            pane.runs.look.baseline = cursor.filter(|_| !is_baseline);
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
    unsaid(
        RUNS.action(
            "cold-share-down",
            &["{"],
            "Fewer cold starts in the cost of a month",
        ),
        |pane, _| pane.runs.look.month.shift_cold_share(-1),
    ),
    unsaid(
        RUNS.action(
            "cold-share-up",
            &["}"],
            "More cold starts in the cost of a month",
        ),
        |pane, _| pane.runs.look.month.shift_cold_share(1),
    ),
    row(
        RUNS.action(
            "limit",
            &["w"],
            "Limit the durations, such as p90:200ms, and pick within that",
        ),
        |pane| with_run(pane, 15, "limit"),
        records::ask_limits,
    ),
    row(
        RUNS.action(
            "billing-step",
            &["s"],
            "Switch the billing step: as measured, 1 ms, 100 ms",
        ),
        |pane| with_run(pane, 7, "billing"),
        |pane, _| pane.runs.look.next_step(),
    ),
    row(
        RUNS.action("chart-form", &["t"], "Switch between chart and table"),
        |pane| {
            Offered(
                6,
                if pane.runs.look.table {
                    "chart"
                } else {
                    "table"
                },
            )
        },
        |pane, _| pane.runs.look.table = !pane.runs.look.table,
    ),
    unsaid(
        RUNS.action(
            "log-time",
            &["T"],
            "Switch the time axis between linear and logarithmic",
        ),
        |pane, _| {
            let axes = &mut pane.runs.look.axes;
            axes.log_time = !axes.log_time;
        },
    ),
    unsaid(
        RUNS.action(
            "cut-cost",
            &["z"],
            "Let the cost axis begin at 0, or near the lowest cost",
        ),
        |pane, _| {
            let axes = &mut pane.runs.look.axes;
            axes.cut_cost = !axes.cut_cost;
        },
    ),
    row(
        RUNS.action("rename-run", &["R"], "Rename the run"),
        |pane| Availability::offered_when(has_saved(pane), 9, "rename"),
        records::ask_name,
    ),
    unsaid(
        RUNS.action("note-run", &["a"], "Write a note on the run"),
        records::ask_note,
    ),
    row(
        RUNS.action("delete-run", &["d"], "Delete the run"),
        |pane| Availability::offered_when(has_saved(pane), 10, "delete"),
        records::delete,
    ),
    row(
        UNDO,
        |pane| Availability::offered_when(pane.runs.library.can_undelete(), 5, "undo"),
        |pane, out| pane.runs.library.undelete(out),
    ),
    row(
        EXPORT_RUN,
        |pane| with_run(pane, 13, "export"),
        records::ask_export,
    ),
    row(
        RUNS.action("import-run", &["i"], "Read a run from a file or a link"),
        |_| Offered(14, "import"),
        records::ask_import,
    ),
    row(
        RUNS.action("copy-link", &["y"], "Copy the run's visualization link"),
        |pane| with_run(pane, 12, "copy link"),
        records::copy_link,
    ),
    row(
        RESUME,
        |pane| Availability::offered_when(pane.has_broken_off(), 3, "go on"),
        TuningPane::ask_resume,
    ),
    row(
        RECOVER,
        |pane| Availability::offered_when(pane.runs.cut_off().is_some(), 1, "restore"),
        ask_recover,
    ),
    unsaid(Action::LEFT, |pane, _| pane.runs.move_cursor(-1)),
    unsaid(Action::RIGHT, |pane, _| pane.runs.move_cursor(1)),
    row(
        Action::OPEN,
        |pane| {
            let is_open = pane.runs.look.expanded;
            Offered(3, if is_open { "list" } else { "details" })
        },
        |pane, _| pane.runs.look.expanded = !pane.runs.look.expanded,
    ),
    unsaid(Action::FILTER, |pane, out| {
        pane.runs.widen();
        pane.ask(TuningPrompt::FilterRuns, records::filter_prompt(), out);
    }),
    unsaid(
        RUNS.action("order-runs", &["o"], "Switch the order of the runs"),
        order,
    ),
    unsaid(
        RUNS.action(
            "wide-list",
            &["W"],
            "Show or hide the whole width of the list of runs",
        ),
        |pane, _| pane.runs.look.wide = !pane.runs.look.wide,
    ),
    unsaid(Action::REFRESH, |pane, out| pane.runs.library.reload(out)),
    row(Action::BACK, back_is, back),
];

/// There as long as a run is in front.
fn with_run(pane: &TuningPane, rank: u8, word: &'static str) -> Availability {
    Availability::when(pane.runs.selected().is_some(), rank, word)
}

fn has_saved(pane: &TuningPane) -> bool {
    let selected = pane.runs.selected();
    selected.is_some_and(|entry| entry.section == RunSection::Saved)
}

fn order(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    pane.runs.library.switch_order();
    let order = pane.runs.library.order().name();
    out.notice(Severity::Info, format!("Runs by {order}."));
}

/// What the way back is called, where it leads out of the pane.
fn back_is(pane: &TuningPane) -> Availability {
    let look = &pane.runs.look;
    let hides = look.expanded || look.wide || look.compared.is_some();
    let is_free = !hides && pane.runs.library.filter.is_empty();
    match pane.led_by.filter(|_| is_free) {
        Some(LedBy::Article) => Offered(1, "back to the article"),
        Some(LedBy::Statistics) => Offered(1, "back to the statistics"),
        None => Availability::Unsaid,
    }
}

/// Undoes the last thing that hides something: details, the wide list, comparison, filter. Then it leads back to what
/// led here.
fn back(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if matches!(back_is(pane), Offered(..)) {
        return match pane.led_by.take() {
            Some(LedBy::Statistics) => out.visit(Visit::Statistics),
            Some(LedBy::Article) | None => out.visit(Visit::Article),
        };
    }
    if pane.runs.look.expanded {
        pane.runs.look.expanded = false;
    } else if pane.runs.look.wide {
        pane.runs.look.wide = false;
    } else if pane.runs.look.compared.is_some() {
        pane.runs.look.compared = None;
    } else {
        pane.runs.widen();
    }
}

fn shift_weight(pane: &mut TuningPane, steps: f64) {
    if let Some(entry) = pane.runs.selected() {
        let now = pane.runs.look.weight_of(&entry.run);
        pane.runs.look.shift_weight(now, steps);
    }
}

fn compare(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(entry) = pane.runs.selected() else {
        return;
    };
    let (id, name) = (entry.run.id.clone(), entry.run.name.clone());
    if pane.runs.look.compared.as_ref() == Some(&id) {
        pane.runs.look.compared = None;
        out.notice(Severity::Info, "The comparison is off.");
    } else {
        pane.runs.look.compared = Some(id);
        out.notice(
            Severity::Info,
            format!("{name} is marked; move to another run to compare them."),
        );
    }
}

fn cancel(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    match pane.live().map(|live| live.cancelling) {
        None => out.notice(Severity::Info, "No run is under way."),
        Some(true) => out.notice(
            Severity::Info,
            "The run is being cancelled; it ends when the function is restored.",
        ),
        Some(false) => pane.cancel_live(out),
    }
}

fn pause(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let text = match pane.runs.switch_pause(out) {
        None => "No run is under way that could be paused.".to_owned(),
        Some(false) => "The run goes on.".to_owned(),
        Some(true) => {
            let key = out.context.keymap.way_to(PAUSE);
            format!("Paused: what is under way finishes, nothing new is started; {key} goes on.")
        }
    };
    out.notice(Severity::Info, text);
}

fn ask_recover(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(journal) = pane.runs.cut_off() else {
        return out.notice(
            Severity::Info,
            "No run was cut off; nothing is to be undone.",
        );
    };
    let name = function_name(journal);
    out.confirm(Confirm {
        question: format!("Restore {name} now?"),
        details: vec![
            format!("Run {} was cut off.", journal.run),
            format!(
                "{name} gets its {} MB back, and versions of that run are deleted.",
                journal.original.memory
            ),
        ],
        answer: ConfirmAction::Recover(journal.run.clone()),
    });
}
