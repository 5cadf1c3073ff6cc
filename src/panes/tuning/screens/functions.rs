//! The function picker.

use crate::effect::{Outbox, Visit};
use crate::keys::{Action, Scope};
use crate::lambda::FunctionRef;
use crate::logs::{ConsolePage, Home};
use crate::panes::filter::filter_prompt;
use crate::panes::open_console;
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use crate::panes::tuning::{RepeatedRun, TuningPane, TuningPrompt, TuningScreen};
use Availability::Offered;

const FUNCTIONS: &Scope = &Scope::of_screen("functions", "Function picker");

/// What the actions do.
pub(super) static SCREEN: Screen<TuningPane> = Screen {
    scope: FUNCTIONS,
    tables: &[
        &Moves(|pane: &mut TuningPane, step, out| pane.functions.step(step.rows(out.page))),
        &Table::new(ROWS),
    ],
};

const ROWS: &[ActionRow<TuningPane>] = &[
    row(
        FUNCTIONS.action(
            "function-logs",
            &["L"],
            "Follow the log group of the function",
        ),
        |pane| Availability::when(pane.functions.selected().is_some(), 2, "logs"),
        |pane, out| {
            if let Some(function) = pane.functions.selected() {
                let home = Home::of_arn(&function.arn);
                out.visit(Visit::Follow(vec![(function.logs_to(), home)]));
            }
        },
    ),
    row(
        FUNCTIONS.action("function-runs", &["R"], "Show the runs of the function"),
        |pane| Availability::when(pane.functions.selected().is_some(), 5, "runs"),
        show_runs,
    ),
    row(
        FUNCTIONS.action(
            "function-articles",
            &["A"],
            "Search the articles for the function's name",
        ),
        |pane| Availability::when(pane.functions.selected().is_some(), 6, "articles"),
        |pane, out| {
            if let Some(function) = pane.functions.selected() {
                out.visit(Visit::Mentions(function.name.clone()));
            }
        },
    ),
    row(
        Action::OPEN,
        |pane| Availability::when(pane.functions.selected().is_some(), 0, "plan"),
        TuningPane::open_plan,
    ),
    row(
        FUNCTIONS.action(
            "function-console",
            &["O"],
            "Open the function in the AWS console, or copy the link",
        ),
        |pane| Availability::when(pane.functions.selected().is_some(), 5, "console"),
        |pane, out| {
            if let Some(function) = pane.functions.selected() {
                let there = ConsolePage::of_function(&function.arn);
                open_console(there.as_ref(), &function.name, out);
            }
        },
    ),
    row(
        Action::FILTER,
        |_| Offered(1, "filter"),
        |pane, out| {
            pane.functions.filter.clear();
            pane.ask(TuningPrompt::FilterFunctions, filter_prompt(), out);
        },
    ),
    row(
        Action::REFRESH,
        |_| Offered(3, "list again"),
        |pane, out| pane.functions.reload(out),
    ),
    row(
        Action::BACK,
        |_| Offered(4, "back"),
        |pane, _| {
            if pane.functions.filter.is_empty() {
                (pane.repeated, pane.brought) = (None, None);
                pane.screen = TuningScreen::Runs;
            } else {
                pane.functions.filter.clear();
            }
        },
    ),
];

/// Shows the runs of the selected function alone.
fn show_runs(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    if let Some(name) = pane.functions.selected().map(|it| it.name.clone()) {
        pane.show(TuningScreen::Runs, out);
        pane.runs.narrow(&name, out.now);
    }
}

/// Opens the function picker for the plan of the run in front, at its function.
pub(super) fn open_again(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    let Some(run) = pane
        .runs
        .selected()
        .map(|entry| RepeatedRun::of(&entry.run))
    else {
        return;
    };
    open(pane, out);
    // An example is called as its function is in the demo.
    let function = run.function.as_ref().map(FunctionRef::name);
    pane.functions.select(function.unwrap_or(&run.name));
    pane.repeated = Some(run);
}

/// Opens the function picker and lists the functions unless that was done.
pub(in super::super) fn open(pane: &mut TuningPane, out: &mut Outbox<'_>) {
    pane.show(TuningScreen::Functions, out);
    pane.repeated = None;
    pane.functions.filter.clear();
    if pane.functions.list.listed().is_none() {
        pane.functions.reload(out);
    }
}
