//! Going to the next match, error or mark, and saying so where there is none.

use super::{NEXT_ERROR, PREVIOUS_ERROR};
use crate::effect::{Outbox, Severity};
use crate::keys::Action;
use crate::panes::logs::Tail;
use crate::panes::logs::tail::jumps::{ErrorSearch, LOOKED};

/// Goes to the next match, or the one before.
pub(super) fn find_match(tail: &mut Tail, below: bool, out: &mut Outbox<'_>) {
    let Some(hits) = tail.rows().hits() else {
        let key = out.context.keymap.way_to(Action::FILTER);
        let words = format!("Nothing is searched for; {key} searches.");
        return out.notice(Severity::Info, words);
    };
    let found = match tail.reader().cursor() {
        Some(cursor) if below => hits.after(cursor.row),
        Some(cursor) => hits.before(cursor.row),
        None => hits.last(),
    };
    match found {
        Some(row) => tail.go_to_match(row),
        None if hits.is_empty() => out.notice(Severity::Info, "No event matches."),
        None => tell_none("match", below, out),
    }
}

/// Goes to the next error, or the one before. Where many rows are none it goes as far as it has looked, and says so.
pub(super) fn find_error(tail: &mut Tail, below: bool, out: &mut Outbox<'_>) {
    let Some(cursor) = tail.reader().cursor() else {
        return;
    };
    match tail.order().error_beside(cursor.row, below) {
        ErrorSearch::Found(row) => tail.go_to_row(row),
        ErrorSearch::NoError => tell_none("error", below, out),
        ErrorSearch::GaveUp(row) => {
            tail.go_to_row(row);
            let action = if below { NEXT_ERROR } else { PREVIOUS_ERROR };
            let (side, key) = (side(below), out.context.keymap.way_to(action));
            let words =
                format!("No error in the {LOOKED} events {side}; {key} looks on from here.");
            out.notice(Severity::Info, words);
        }
    }
}

/// Goes to the nearest mark below, or above.
pub(super) fn find_mark(tail: &mut Tail, below: bool, out: &mut Outbox<'_>) {
    let Some(cursor) = tail.reader().cursor() else {
        return;
    };
    let rows = tail.order().view();
    match tail.reader().marks().beside(&rows, cursor.row, below) {
        Some(row) => tail.go_to_row(row),
        None => tell_none("mark", below, out),
    }
}

fn tell_none(what: &str, below: bool, out: &mut Outbox<'_>) {
    let side = side(below);
    out.notice(Severity::Info, format!("No {what} {side}."));
}

const fn side(below: bool) -> &'static str {
    if below { "below" } else { "above" }
}
