//! A value that is followed through all groups: the rows that hold it alone are shown, whatever the filters say, with all
//! rows of an invocation whose request id it is.

use std::sync::Arc;

use super::filters::ShownAlone;
use super::{Filters, Tail, TailReader};
use crate::effect::Outbox;
use crate::logs::{FilterCondition, Matcher, RowId, correlation_ids};
use crate::text;

/// Shows the rows of all groups that hold an id of the row under the cursor, or lets the filters count again. Says whether
/// there was anything to do.
pub(in crate::panes::logs) fn toggle_ids(tail: &mut Tail, out: &mut Outbox<'_>) -> bool {
    if tail.filters().followed_value().is_some() {
        tail.change_filters(Filters::leave_alone, out);
        return true;
    }
    let cursor = tail.move_reader(TailReader::hold_cursor);
    let ids = cursor.map_or_else(Vec::new, |cursor| ids(tail, cursor.row));
    follow(tail, &ids, out)
}

/// Shows the rows of all groups that hold one of these ids, and the other rows of the invocations that are called so. Says
/// whether there is an id.
pub(in crate::panes::logs) fn follow(
    tail: &mut Tail,
    ids: &[String],
    out: &mut Outbox<'_>,
) -> bool {
    let matcher = match ids {
        [only] => Matcher::literal(only),
        ids => {
            let any: Vec<String> = ids.iter().map(|id| regex::escape(id)).collect();
            Matcher::regex(&any.join("|"))
        }
    };
    let Some(matcher) = matcher.ok().filter(|_| !ids.is_empty()) else {
        return false;
    };
    let value = text::neutralise(&ids.join(" or ")).into_owned();
    show(tail, value, matcher, out);
    true
}

/// What came lately may belong to an invocation that is followed without saying so.
pub(super) fn keep_up(tail: &mut Tail, out: &mut Outbox<'_>) {
    let filters = tail.filters();
    let followed = filters.followed_value().zip(filters.followed_condition());
    if let Some((value, FilterCondition::Together(matcher, rows))) = followed
        && tail.rows().rows_of(matcher) != **rows
    {
        let (value, matcher) = (value.to_owned(), matcher.clone());
        show(tail, value, matcher, out);
    }
}

fn show(tail: &mut Tail, value: String, matcher: Matcher, out: &mut Outbox<'_>) {
    let rows = Arc::new(tail.rows().rows_of(&matcher));
    let shown = ShownAlone::Value(value, FilterCondition::Together(matcher, rows));
    tail.change_filters(|filters| filters.show_alone(Some(shown)), out);
}

/// The ids of a row: those in its text, and that of its invocation.
fn ids(tail: &Tail, row: RowId) -> Vec<String> {
    let rows = tail.order().rows(&[row]);
    let Some(row) = rows.first() else {
        return Vec::new();
    };
    let request = row.brief.request.map(|id| id.to_string());
    let invocation = tail.rows().invocation_of(row.brief.id);
    let mut ids: Vec<String> = Vec::new();
    let told = correlation_ids(&row.text).into_iter().map(str::to_owned);
    for id in told.chain(request).chain(invocation) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
