//! The rows of the tail: what is done with them.

mod finding;
mod ways_on;

use crate::effect::{Outbox, Severity};
use crate::keys::{Action, Scope};
use crate::panes::logs::tail::{Filters, Phase, TailReader, copies};
use crate::panes::logs::{LogsPane, Tail};
use crate::panes::screen::{ActionRow, Availability, Move, Moves, Screen, Table, row, unsaid};
use Availability::Offered;
use finding::{find_error, find_mark, find_match};
pub use ways_on::{
    EXPORT_ROWS, FILTER_IN, FILTER_LIST, FILTER_OUT, LOAD_FROM, SERVER_PATTERN, SHOW_GROUPS,
};

const LOGS: &Scope = &Scope::of_screen("logs", "Log tail");

/// Switches all filters off or on.
pub const FILTERS_OFF: Action =
    LOGS.action("filters-off", &["V"], "Switch all filters off, or on again");
/// Goes to the next error.
pub const NEXT_ERROR: Action = LOGS.action("next-error", &["e"], "Next error");
/// Goes to the error before.
pub const PREVIOUS_ERROR: Action = LOGS.action("previous-error", &["E"], "Previous error");
/// Copies rows.
pub const COPY_ROWS: Action = LOGS.action("copy-rows", &["y"], "Copy the row or the selection");

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: LOGS,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, _| {
            if let Some(tail) = &mut pane.tail {
                move_by(tail, step);
            }
        }),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, READING),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, NARROWING),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, SHOWING),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, LEAVING),
        &Table::new(ways_on::ASKING),
        &Table::new(ways_on::GOING_ON),
    ],
};

fn move_by(tail: &mut Tail, step: Move) {
    let page = isize::try_from(tail.height())
        .unwrap_or(1)
        .saturating_sub(1);
    tail.move_reader(|reader, order| match step {
        Move::Rows(rows) => reader.step(order, rows),
        Move::Pages(pages) => reader.page(order, page * pages),
        Move::First => reader.go_to_first(order),
        Move::Last => reader.follow(),
    });
}

/// Going through the rows.
const READING: &[ActionRow<Tail>] = &[
    row(
        LOGS.action("follow-pause", &["space"], "Pause, or follow again"),
        |tail| {
            let is_following = tail.reader().is_following();
            Offered(5, if is_following { "pause" } else { "follow" })
        },
        |tail, _| {
            tail.move_reader(|reader, order| {
                if reader.is_following() {
                    reader.pause(order);
                } else {
                    reader.follow();
                }
            });
        },
    ),
    unsaid(Action::LEFT, |tail, _| tail.reader_mut().scroll(false)),
    unsaid(Action::RIGHT, |tail, _| tail.reader_mut().scroll(true)),
    row(
        LOGS.action("next-match", &["n"], "Next match of the search"),
        |tail| Availability::offered_when(tail.matches().is_some(), 3, "next"),
        |tail, out| find_match(tail, true, out),
    ),
    row(
        LOGS.action("previous-match", &["N"], "Previous match of the search"),
        |tail| Availability::offered_when(tail.matches().is_some(), 4, "previous"),
        |tail, out| find_match(tail, false, out),
    ),
    row(
        NEXT_ERROR,
        |_| Offered(10, "error"),
        |tail, out| find_error(tail, true, out),
    ),
    unsaid(PREVIOUS_ERROR, |tail, out| find_error(tail, false, out)),
    unsaid(
        LOGS.action("next-minute", &["]"], "First row of the next minute"),
        |tail, _| tail.move_reader(|reader, order| reader.go_to_minute(order, true)),
    ),
    unsaid(
        LOGS.action("previous-minute", &["["], "First row of the minute before"),
        |tail, _| tail.move_reader(|reader, order| reader.go_to_minute(order, false)),
    ),
    unsaid(
        LOGS.action(
            "mark-row",
            &["m"],
            "Mark or unmark the row; times are told from it",
        ),
        |tail, _| tail.move_reader(TailReader::toggle_mark),
    ),
    unsaid(
        LOGS.action("next-mark", &["'"], "Next mark"),
        |tail, out| find_mark(tail, true, out),
    ),
    unsaid(
        LOGS.action("previous-mark", &["\""], "Previous mark"),
        |tail, out| find_mark(tail, false, out),
    ),
];

/// Choosing which rows there are.
const NARROWING: &[ActionRow<Tail>] = &[
    unsaid(FILTERS_OFF, toggle_filters),
    row(
        LOGS.action(
            "stream-context",
            &["c"],
            "Show the row among all rows of its stream",
        ),
        |_| Offered(11, "context"),
        Tail::toggle_context,
    ),
    row(
        Action::REFRESH,
        |tail| {
            let is_over = !matches!(tail.job().phase(), Phase::Following(_));
            Availability::when(is_over, 0, "follow again")
        },
        Tail::restart,
    ),
    unsaid(
        LOGS.action("stop-tail", &["X"], "Stop following; the rows stay"),
        stop,
    ),
];

/// How rows are shown.
const SHOWING: &[ActionRow<Tail>] = &[
    row(
        LOGS.action(
            "fold-invocations",
            &["i"],
            "Fold Lambda invocations into one row each, or not",
        ),
        |_| Offered(16, "fold"),
        |tail, _| tail.look.folds = !tail.look.folds,
    ),
    unsaid(
        LOGS.action(
            "unfold-row",
            &["o"],
            "Unfold or fold the invocation of the row",
        ),
        |tail, out| {
            if !tail.toggle_fold() {
                out.notice(Severity::Info, "The row is of no folded invocation.");
            }
        },
    ),
    row(
        LOGS.action(
            "time-mode",
            &["t"],
            "Times in UTC, local, as an age, or none",
        ),
        |_| Offered(14, "time"),
        |tail, _| tail.look.time = tail.look.time.next(tail.reader().has_mark()),
    ),
    row(
        LOGS.action("wrap-lines", &["w"], "Wrap long lines, or not"),
        |_| Offered(15, "wrap"),
        |tail, _| tail.look.wrap = !tail.look.wrap,
    ),
    unsaid(
        LOGS.action(
            "text-colours",
            &["C"],
            "Show the colours that events give their texts, or not",
        ),
        |tail, _| tail.look.colours = !tail.look.colours,
    ),
    unsaid(
        LOGS.action("histogram", &["H"], "Show or hide the histogram"),
        |tail, _| tail.look.histogram = !tail.look.histogram,
    ),
];

/// What is taken out of the tail: the selected rows, or the row under the cursor.
const LEAVING: &[ActionRow<Tail>] = &[
    unsaid(
        LOGS.action("select-rows", &["s"], "Begin or end a selection of rows"),
        |tail, _| tail.move_reader(TailReader::toggle_selection),
    ),
    row(
        COPY_ROWS,
        |tail| Offered(if tail.reader().is_selecting() { 1 } else { 17 }, "copy"),
        |tail, out| {
            if let Some((text, what)) = copies::copy(tail) {
                out.copy(text, what);
                tail.reader_mut().unselect();
            }
        },
    ),
    unsaid(
        LOGS.action(
            "secrets",
            &["Y"],
            "Copy and export secrets as they are, or redacted",
        ),
        toggle_secrets,
    ),
];

fn toggle_filters(tail: &mut Tail, out: &mut Outbox<'_>) {
    if tail.filters().list().is_empty() {
        let key = out.context.keymap.way_to(FILTER_IN);
        let words = format!("There is no filter; {key} adds one.");
        return out.notice(Severity::Info, words);
    }
    tail.change_filters(Filters::toggle_all, out);
}

fn toggle_secrets(tail: &mut Tail, out: &mut Outbox<'_>) {
    tail.look.secrets = !tail.look.secrets;
    let words = if tail.look.secrets {
        "Copies and exports hold secrets as they are."
    } else {
        "Copies and exports have secrets taken out."
    };
    out.notice(Severity::Info, words);
}

fn stop(tail: &mut Tail, out: &mut Outbox<'_>) {
    let words = if tail.stop(out) {
        let key = out.context.keymap.way_to(Action::REFRESH);
        format!("Stopped following; {key} follows again.")
    } else {
        "Nothing is being followed.".to_owned()
    };
    out.notice(Severity::Info, words);
}
