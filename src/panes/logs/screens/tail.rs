//! The rows of the tail: what is done with them.

mod finding;
mod leaving;
mod ways_on;

use crate::effect::{Outbox, Severity};
use crate::keys::{Action, Scope};
use crate::panes::logs::tail::{Filters, Phase, TailReader, copies, following};
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
/// Follows an id through all groups.
pub const FOLLOW_VALUE: Action = LOGS.action(
    "follow-id",
    &["*"],
    "Follow the row's request or trace through all groups, or no longer",
);
/// Shows fewer rows around each that passes.
const LESS_AROUND: Action = LOGS.action(
    "less-around",
    &["-"],
    "Fewer events around each that passes the filters",
);
/// Stops following.
const STOP_TAIL: Action = LOGS.action("stop-tail", &["X"], "Stop following; the events stay");
/// Copies rows.
pub const COPY_ROWS: Action = LOGS.action(
    "copy-rows",
    &["y"],
    "Copy the event, those the row stands for, or the selection",
);

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
    let page = isize::try_from(tail.areas(tail.reader().body()).rows.height)
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
            "Show the event among all events of its stream",
        ),
        |_| Offered(11, "context"),
        Tail::toggle_context,
    ),
    row(
        FOLLOW_VALUE,
        |tail| match tail.filters().followed_value() {
            Some(_) => Offered(2, "all again"),
            None => Offered(11, "follow id"),
        },
        follow_ids,
    ),
    row(
        LOGS.action(
            "more-around",
            &["+"],
            "More events around each that passes the filters",
        ),
        |tail| Availability::offered_when(is_filtered(tail), 10, "around"),
        |tail, out| change_around(tail, true, out),
    ),
    unsaid(LESS_AROUND, |tail, out| change_around(tail, false, out)),
    row(
        Action::REFRESH,
        |tail| {
            let is_over = !matches!(tail.job().phase(), Phase::Following(_));
            Availability::when(is_over, 0, "follow again")
        },
        |tail, out| tail.begin_anew(|_| {}, out),
    ),
    unsaid(STOP_TAIL, stop),
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
        |tail, out| {
            tail.look.folds = !tail.look.folds;
            tail.look_around(out);
        },
    ),
    unsaid(
        LOGS.action(
            "fold-alike",
            &["z"],
            "Fold alike neighbouring events into one row with a count, or not",
        ),
        fold_alike,
    ),
    unsaid(
        LOGS.action(
            "unfold-row",
            &["o"],
            "Unfold or fold the invocation or the alike events",
        ),
        |tail, out| {
            if !tail.toggle_fold() {
                out.notice(Severity::Info, "The row stands for one event only.");
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
    unsaid(
        LOGS.action(
            "delay",
            &["D"],
            "Show or hide how long after its time an event was taken in",
        ),
        |tail, _| tail.look.delay = !tail.look.delay,
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
    unsaid(
        LOGS.action(
            "histogram-cursor",
            &["B"],
            "Move over the histogram with left and right; open goes there",
        ),
        focus_histogram,
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

fn fold_alike(tail: &mut Tail, out: &mut Outbox<'_>) {
    if tail.look.around > 0 && is_filtered(tail) {
        let key = out.context.keymap.way_to(LESS_AROUND);
        let words = format!(
            "Alike events are not folded while events around others are shown; {key} shows fewer of these."
        );
        return out.notice(Severity::Info, words);
    }
    tail.look.alike = !tail.look.alike;
    tail.look_around(out);
}

/// Whether rows are left out that can be shown around others.
fn is_filtered(tail: &Tail) -> bool {
    !tail.filters().is_in_context() && !tail.rows().buffer().filters().is_empty()
}

fn change_around(tail: &mut Tail, more: bool, out: &mut Outbox<'_>) {
    if !is_filtered(tail) {
        let key = out.context.keymap.way_to(FILTER_IN);
        let words = format!("No filter leaves events out; {key} adds one.");
        return out.notice(Severity::Info, words);
    }
    tail.look.change_around(more);
    tail.look_around(out);
}

fn follow_ids(tail: &mut Tail, out: &mut Outbox<'_>) {
    if !following::toggle_ids(tail, out) {
        let key = |action| out.context.keymap.way_to(action);
        let words = format!(
            "The row names no request and no trace; {} opens it, and {} follows the value there.",
            key(Action::OPEN),
            key(FOLLOW_VALUE)
        );
        out.notice(Severity::Info, words);
    }
}

fn toggle_filters(tail: &mut Tail, out: &mut Outbox<'_>) {
    if tail.filters().list().is_empty() {
        let key = out.context.keymap.way_to(FILTER_IN);
        let words = format!("There is no filter; {key} adds one.");
        return out.notice(Severity::Info, words);
    }
    tail.change_filters(Filters::toggle_all, out);
}

/// Lets keys move the histogram's cursor, where it can be seen, or the rows again.
fn focus_histogram(tail: &mut Tail, out: &mut Outbox<'_>) {
    tail.reader_mut().toggle_histogram();
    let areas = tail.areas(tail.reader().body());
    if tail.reader().is_on_histogram() && areas.histogram.height == 0 {
        tail.reader_mut().leave_histogram();
        out.notice(Severity::Info, "There is no room for the histogram.");
    }
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
