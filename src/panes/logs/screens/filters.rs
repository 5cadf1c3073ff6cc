//! The list of the tail's filters.

use crate::effect::{Outbox, Prompt, Severity};
use crate::keys::{Action, Scope};
use crate::logs::{Filter, ListKind, SavedList};
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
            let saved = pane.saved.of(ListKind::Filters).count();
            if let Some(tail) = &mut pane.tail {
                let rows = step.rows(out.page);
                tail.change_filters(|filters| filters.step(rows, saved), out);
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
];

const GOING_ON: &[ActionRow<LogsPane>] = &[
    row(
        Action::OPEN,
        |pane| match (saved_here(pane), pane.tail()) {
            (Some(_), _) => Offered(2, "use"),
            (None, Some(tail)) => when_any(tail, 2, "edit"),
            (None, None) => Availability::Absent,
        },
        open,
    ),
    row(
        FILTERS.action(
            "remove-filter",
            &["d", "delete"],
            "Remove the filter, or delete the saved ones",
        ),
        |pane| match (saved_here(pane), pane.tail()) {
            (Some(_), _) => Offered(3, "delete"),
            (None, Some(tail)) => when_any(tail, 3, "remove"),
            (None, None) => Availability::Absent,
        },
        remove,
    ),
    row(
        FILTERS.action("save-filters", &["w"], "Save the filters under a name"),
        |pane| {
            let has_any = pane
                .tail()
                .is_some_and(|tail| !tail.filters().list().is_empty());
            Availability::when(has_any, 5, "save")
        },
        |pane, out| {
            let hint = "the name of saved filters replaces them";
            let prompt = Prompt::line("Save filters as", hint, "");
            pane.ask(LogsPrompt::NameFilters, prompt, out);
        },
    ),
    row(
        Action::BACK,
        |_| Offered(4, "back"),
        |pane, _| pane.screen = LogsScreen::Tail,
    ),
];

/// There as long as there is a filter under the cursor.
fn when_any(tail: &Tail, rank: u8, word: &'static str) -> Availability {
    let filters = tail.filters();
    Availability::when(filters.cursor() < filters.list().len(), rank, word)
}

/// The saved filters under the cursor: they stand below those that count.
fn saved_here(pane: &LogsPane) -> Option<&SavedList> {
    let filters = pane.tail()?.filters();
    let place = filters.cursor().checked_sub(filters.list().len())?;
    pane.saved.of(ListKind::Filters).nth(place)
}

/// Uses the saved filters under the cursor in place of those that count, or edits the one there.
fn open(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(saved) = saved_here(pane).cloned() else {
        return edit(pane, out);
    };
    let Some(tail) = &mut pane.tail else { return };
    let mut read = Ok(());
    tail.change_filters(|filters| read = filters.replace(&saved.entries), out);
    match read {
        Ok(()) => pane.screen = LogsScreen::Tail,
        Err(why) => {
            let words = format!("The filters {} cannot be used: {why}.", saved.name);
            out.notice(Severity::Error, words);
        }
    }
}

/// Deletes the saved filters under the cursor, or removes the one there.
fn remove(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let saved = saved_here(pane).cloned();
    if let Some(saved) = saved {
        let said = format!("Deleted the filters {}.", saved.name);
        let entries = Vec::new();
        let none = SavedList { entries, ..saved };
        pane.saved.save(none, said, out);
    } else if let Some(tail) = &mut pane.tail {
        tail.change_filters(Filters::remove, out);
    }
    let left = pane.saved.of(ListKind::Filters).count();
    if let Some(tail) = &mut pane.tail {
        tail.change_filters(|filters| filters.step(0, left), out);
    }
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
