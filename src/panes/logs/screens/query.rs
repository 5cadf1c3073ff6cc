//! A Logs Insights query and its answer.

use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::{Action, Scope};
use crate::panes::filter::filter_prompt;
use crate::panes::logs::query::{AnswerPage, QueryPrompt, edit, name};
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row, unsaid};
use Availability::Offered;

const QUERY: &Scope = &Scope::of_screen("query", "Logs Insights query");

/// Opens the editor.
pub const EDIT_QUERY: Action =
    QUERY.action("edit-query", &["e", "i"], "Write the query, and run it");
/// Stops the query.
pub const STOP_QUERY: Action = QUERY.action(
    "stop-query",
    &["X"],
    "Stop the query; what it has found stays",
);
/// Changes the stretch of time.
pub const QUERY_RANGE: Action = QUERY.action(
    "query-range",
    &["t"],
    "Choose the stretch of time that is asked about",
);

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: QUERY,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| {
            if let Some(page) = pane.query.answer_mut() {
                page.step(step.rows(out.page));
            }
        }),
        &Table::new(ASKING),
        &Table::about(answer, answer_mut, READING),
        &Table::new(GOING_ON),
    ],
};

/// What is asked.
const ASKING: &[ActionRow<LogsPane>] = &[
    row(
        STOP_QUERY,
        |pane| Availability::when(pane.query.is_running(), 0, "stop"),
        |pane, out| {
            pane.query.stop(out);
        },
    ),
    row(EDIT_QUERY, |_| Offered(1, "edit"), edit),
    row(
        Action::REFRESH,
        |pane| Availability::when(!pane.query.is_running(), 2, "run"),
        |pane, out| {
            if let Err(why) = pane.query.run(out) {
                out.notice(Severity::Warning, why);
            }
        },
    ),
    row(QUERY_RANGE, |_| Offered(6, "range"), ask_range),
    row(
        QUERY.action("query-list", &["o"], "Open a saved or an earlier query"),
        |_| Offered(7, "queries"),
        |pane, _| {
            pane.query.known.begin();
            pane.screen = LogsScreen::Queries;
        },
    ),
    row(
        QUERY.action("save-query", &["w"], "Save the query under a name"),
        |_| Offered(9, "save"),
        name,
    ),
];

/// What is done with the answer.
const READING: &[ActionRow<AnswerPage>] = &[
    unsaid(Action::LEFT, |page, _| page.scroll(false)),
    unsaid(Action::RIGHT, |page, _| page.scroll(true)),
    row(
        QUERY.action(
            "sort-rows",
            &["s"],
            "Sort by the column of the cursor, the other way round, or not",
        ),
        |page| when_any(page, 4, "sort"),
        |page, _| page.sort_by_column(),
    ),
];

/// What asks for a text or leads to another screen.
const GOING_ON: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        |pane| match pane.query.answer() {
            Some(page) if page.row().is_some() => {
                Availability::offered_when(page.opens_event(), 3, "open event")
            }
            _ => Availability::Absent,
        },
        |pane, out| {
            if let Some(place) = pane.query.locate(out) {
                pane.visit_stream(&place, out);
            }
        },
    ),
    row(
        Action::FILTER,
        |pane| match pane.query.answer() {
            Some(page) => Availability::when(page.table().count() > 0, 5, "filter"),
            None => Availability::Absent,
        },
        |pane, out| {
            if let Some(page) = pane.query.answer_mut() {
                page.narrow("");
            }
            pane.ask(LogsPrompt::Query(QueryPrompt::Filter), filter_prompt(), out);
        },
    ),
    row(
        QUERY.action("copy-cell", &["y"], "Copy the value"),
        |pane| match pane.query.answer() {
            Some(page) => when_any(page, 10, "copy"),
            None => Availability::Absent,
        },
        |pane, out| {
            let cell = pane.query.answer().and_then(AnswerPage::cell);
            match cell.map(|cell| pane.outgoing(cell)) {
                Some(cell) => out.copy(cell, "the value".to_owned()),
                None => out.notice(Severity::Info, "There is no value here."),
            }
        },
    ),
    row(
        QUERY.action("copy-answer-row", &["Y"], "Copy the row as JSON"),
        |pane| match pane.query.answer().and_then(AnswerPage::row) {
            Some(_) => Availability::Unsaid,
            None => Availability::Absent,
        },
        |pane, out| {
            let row = pane.query.answer().and_then(AnswerPage::row_json);
            if let Some(row) = row {
                out.copy(pane.outgoing(&row), "the row".to_owned());
            }
        },
    ),
    row(
        QUERY.action(
            "export-answer",
            &["x"],
            "Write the rows shown to a file, as CSV or JSON",
        ),
        |pane| match pane.query.answer() {
            Some(page) => when_any(page, 8, "export"),
            None => Availability::Absent,
        },
        ask_export,
    ),
    row(Action::BACK, |_| Offered(11, "back"), leave),
];

fn answer(pane: &LogsPane) -> Option<&AnswerPage> {
    pane.query.answer()
}

fn answer_mut(pane: &mut LogsPane) -> Option<&mut AnswerPage> {
    pane.query.answer_mut()
}

/// There as long as a row is shown.
fn when_any(page: &AnswerPage, rank: u8, word: &'static str) -> Availability {
    Availability::when(page.row().is_some(), rank, word)
}

fn ask_range(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let hint = "an age such as 3h or 7d, a time in UTC such as 14:05, or two of them: 3h to 1h";
    let prompt = Prompt::line("Range", hint, &pane.query.range);
    pane.ask(LogsPrompt::Query(QueryPrompt::Range), prompt, out);
}

fn ask_export(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let path = out.now.strftime("query-%Y%m%d-%H%M%S.csv").to_string();
    let hint = "the path of a new file; one that ends in .json becomes JSON, any other CSV";
    let prompt = Prompt::line("Export to", hint, &path);
    pane.ask(LogsPrompt::Query(QueryPrompt::Export), prompt, out);
}

/// Stops what runs, takes the filter off, or goes back to the rows of the log.
fn leave(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    if pane.query.stop(out) {
        return;
    }
    match pane.query.answer_mut() {
        Some(answer) if !answer.filter().is_empty() => answer.narrow(""),
        _ => pane.show_rows(),
    }
}

/// Opens the query screen on these groups; the first time with the editor.
pub(super) fn open(pane: &mut LogsPane, groups: Vec<String>, out: &mut Outbox<'_>) {
    let is_first = pane.query.text.is_empty();
    pane.query.open(groups, out);
    pane.screen = LogsScreen::Query;
    if is_first {
        edit(pane, out);
    }
}
