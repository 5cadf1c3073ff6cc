//! The patterns of the messages that are loaded.

use crate::effect::{Outbox, Prompt};
use crate::keys::{Action, Scope};
use crate::panes::logs::patterns::PatternList;
use crate::panes::logs::prompts::SINCE_HINT;
use crate::panes::logs::tail::Filters;
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use Availability::Offered;

const PATTERNS: &Scope = &Scope::of_screen("patterns", "Patterns of messages");

/// Compares what came before a time with what came since.
pub const COMPARE_PATTERNS: Action = PATTERNS.action(
    "compare-patterns",
    &["c"],
    "Compare with what came before a time: which patterns are new",
);

/// The patterns that the reader left for the rows of one of them.
#[derive(Debug)]
pub(in crate::panes::logs) struct LeftPatterns {
    list: Box<PatternList>,
    /// The filters before, and with the one for the pattern.
    before: Filters,
    after: Filters,
}

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: PATTERNS,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| {
            if let Some(list) = list_mut(pane) {
                list.step(step.rows(out.page));
            }
        }),
        &Table::new(ROWS),
        &Table::about(list, list_mut, GROUPS),
    ],
};

const ROWS: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        |pane| when_chosen(pane, 0, "show its events"),
        |pane, out| filter(pane, false, out),
    ),
    row(
        PATTERNS.action(
            "hide-pattern",
            &["F"],
            "Add a filter: hide the events of the pattern",
        ),
        |pane| when_chosen(pane, 2, "hide its events"),
        |pane, out| filter(pane, true, out),
    ),
    row(
        COMPARE_PATTERNS,
        |_| Offered(1, "what is new"),
        |pane, out| {
            pane.ask(
                LogsPrompt::ComparePatterns,
                Prompt::line("New since", SINCE_HINT, ""),
                out,
            );
        },
    ),
    row(
        Action::REFRESH,
        |_| Offered(3, "fold again"),
        |pane, out| {
            let split_ms = list(pane).and_then(PatternList::shown);
            let split_ms = split_ms.and_then(|(_, summary, _)| summary.span.split_ms);
            pane.show_patterns(split_ms, out);
        },
    ),
    row(Action::BACK, |_| Offered(5, "back"), leave),
];

/// The groups, of which one is on the screen.
const GROUPS: &[ActionRow<PatternList>] = &[
    row(
        Action::LEFT,
        |list| Availability::when(list.has(-1), 4, "group before"),
        |list, _| list.turn(-1),
    ),
    row(
        Action::RIGHT,
        |list| Availability::when(list.has(1), 4, "next group"),
        |list, _| list.turn(1),
    ),
];

fn list(pane: &LogsPane) -> Option<&PatternList> {
    match &pane.screen {
        LogsScreen::Patterns(list) => Some(list),
        _ => None,
    }
}

fn list_mut(pane: &mut LogsPane) -> Option<&mut PatternList> {
    match &mut pane.screen {
        LogsScreen::Patterns(list) => Some(list),
        _ => None,
    }
}

fn when_chosen(pane: &LogsPane, rank: u8, word: &'static str) -> Availability {
    let chosen = list(pane).and_then(PatternList::chosen);
    Availability::when(chosen.is_some(), rank, word)
}

/// Goes to the tail with one more filter; a way leads back.
fn filter(pane: &mut LogsPane, hides: bool, out: &mut Outbox<'_>) {
    let Some(condition) = list(pane).and_then(PatternList::condition) else {
        return;
    };
    let Some(tail) = &mut pane.tail else { return };
    let before = tail.filters().clone();
    tail.change_filters(|filters| filters.put(None, condition, hides), out);
    if let LogsScreen::Patterns(list) = std::mem::replace(&mut pane.screen, LogsScreen::Tail) {
        let after = tail.filters().clone();
        pane.left_patterns = Some(LeftPatterns {
            list,
            before,
            after,
        });
    }
}

/// Goes back from the rows of a pattern to the list; the filters are as they were, unless the reader changed them since.
pub(super) fn come_back(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(left) = pane.left_patterns.take() else {
        return;
    };
    if let Some(tail) = &mut pane.tail
        && *tail.filters() == left.after
    {
        tail.change_filters(|filters| *filters = left.before, out);
    }
    pane.screen = LogsScreen::Patterns(left.list);
}

fn leave(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    if let Some(list) = list(pane) {
        list.stop(out);
    }
    pane.screen = LogsScreen::Tail;
}
