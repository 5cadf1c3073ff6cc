//! The queries that are remembered.

use crate::effect::Outbox;
use crate::keys::{Action, Scope};
use crate::panes::logs::query::edit;
use crate::panes::logs::{LogsPane, LogsScreen};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use Availability::Offered;

const QUERIES: &Scope = &Scope::of_screen("queries", "Saved and earlier queries");

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: QUERIES,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| pane.query.known.step(step.rows(out.page))),
        &Table::new(ROWS),
    ],
};

const ROWS: &[ActionRow<LogsPane>] = &[
    row(Action::OPEN, |pane| when_any(pane, 0, "edit"), take),
    row(
        QUERIES.action(
            "forget-query",
            &["d", "delete"],
            "Delete the saved query, or forget the earlier one",
        ),
        |pane| when_any(pane, 1, "delete"),
        |pane, out| pane.query.known.forget(&pane.query.groups, out),
    ),
    row(
        Action::BACK,
        |_| Offered(2, "back"),
        |pane, _| pane.screen = LogsScreen::Query,
    ),
];

/// There as long as a query is remembered.
fn when_any(pane: &LogsPane, rank: u8, word: &'static str) -> Availability {
    let selected = pane.query.known.selected(&pane.query.groups);
    Availability::when(selected.is_some(), rank, word)
}

/// Takes the query under the cursor into the editor.
fn take(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let selected = pane.query.known.selected(&pane.query.groups);
    if let Some(text) = selected.map(|known| known.query.clone()) {
        pane.query.text = text;
        pane.screen = LogsScreen::Query;
        edit(pane, out);
    }
}
