//! The list of the tail's filters.

use crate::effect::{Outbox, Prompt};
use crate::keys::{Action, Scope};
use crate::panes::logs::tail::filter_words;
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
                tail.step_filters(step.rows(out.page));
            }
        }),
        &Table::about(LogsPane::tail, LogsPane::tail_mut, ROWS),
        &Table::new(GOING_ON),
    ],
};

const ROWS: &[ActionRow<Tail>] = &[
    row(
        FILTERS.action("switch-filter", &["space"], "Switch the filter on or off"),
        |_| Offered(0, "on/off"),
        |tail, out| tail.change_filter(|filter| filter.is_on = !filter.is_on, out),
    ),
    row(
        FILTERS.action(
            "turn-filter",
            &["t"],
            "Turn the filter round: show only, or hide",
        ),
        |_| Offered(1, "show/hide"),
        |tail, out| tail.change_filter(|filter| filter.leaves_out = !filter.leaves_out, out),
    ),
    row(
        FILTERS.action("remove-filter", &["d", "delete"], "Remove the filter"),
        |_| Offered(3, "remove"),
        Tail::remove_filter,
    ),
];

const GOING_ON: &[ActionRow<LogsPane>] = &[
    row(Action::OPEN, |_| Offered(2, "edit"), edit),
    row(
        Action::BACK,
        |_| Offered(4, "back"),
        |pane, _| pane.screen = LogsScreen::Tail,
    ),
];

fn edit(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(tail) = pane.tail() else { return };
    let place = tail.filter_cursor();
    let Some(filter) = tail.filters().0.get(place) else {
        return;
    };
    let question = LogsPrompt::Filter {
        place: Some(place),
        hides: filter.leaves_out,
    };
    let text = filter_words(&filter.condition);
    let hint = "a regular expression, or level>=warn, stream=NAME, $.field=value";
    pane.ask(question, Prompt::line("Filter", hint, &text), out);
}
