//! The list of the tail's filters.

use crate::effect::{Outbox, Prompt};
use crate::keys::{Action, Scope};
use crate::logs::Filter;
use crate::panes::logs::tail::{Filters, filter_words};
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen, Tail};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use Availability::Offered;

const FILTERS: &Scope = &Scope::of_screen("filters", "Filters of the tail");

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: FILTERS,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| {
            if let Some(tail) = &mut pane.tail {
                let rows = step.rows(out.page);
                tail.change_filters(|filters| filters.step(rows), out);
            }
        }),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, ROWS),
        &Table::new(GOING_ON),
    ],
};

const ROWS: &[ActionRow<Tail>] = &[
    row(
        FILTERS.action("switch-filter", &["space"], "Switch the filter on or off"),
        |tail| when_any(tail, 0, "on/off"),
        |tail, out| change(tail, |filter| filter.is_on = !filter.is_on, out),
    ),
    row(
        FILTERS.action(
            "turn-filter",
            &["t"],
            "Turn the filter round: show only, or hide",
        ),
        |tail| when_any(tail, 1, "show/hide"),
        |tail, out| change(tail, |filter| filter.leaves_out = !filter.leaves_out, out),
    ),
    row(
        FILTERS.action("remove-filter", &["d", "delete"], "Remove the filter"),
        |tail| when_any(tail, 3, "remove"),
        |tail, out| tail.change_filters(Filters::remove, out),
    ),
];

const GOING_ON: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        |pane| match pane.tail() {
            Some(tail) => when_any(tail, 2, "edit"),
            None => Availability::Absent,
        },
        edit,
    ),
    row(
        Action::BACK,
        |_| Offered(4, "back"),
        |pane, _| pane.screen = LogsScreen::Tail,
    ),
];

/// There as long as there is a filter.
fn when_any(tail: &Tail, rank: u8, word: &'static str) -> Availability {
    Availability::when(!tail.filters().list().is_empty(), rank, word)
}

/// Changes the filter under the cursor.
fn change(tail: &mut Tail, change: fn(&mut Filter), out: &mut Outbox<'_>) {
    tail.change_filters(|filters| filters.change(change), out);
}

fn edit(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(tail) = pane.tail() else { return };
    let place = tail.filters().cursor();
    let Some(filter) = tail.filters().list().get(place) else {
        return;
    };
    let question = LogsPrompt::Filter {
        place: Some(place),
        hides: filter.leaves_out,
    };
    let text = filter_words(&filter.condition);
    let hint = "regular expression, or level>=warn, stream=, request=, tenant=, $.field=value";
    pane.ask(question, Prompt::line("Filter", hint, &text), out);
}
