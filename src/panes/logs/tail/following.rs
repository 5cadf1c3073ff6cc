//! A value that is followed through all groups: the rows that hold it alone are shown, whatever the filters say.

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
    let any: Vec<String> = ids.iter().map(|id| regex::escape(id)).collect();
    let matcher = Matcher::regex(&any.join("|")).ok();
    let Some(matcher) = matcher.filter(|_| !ids.is_empty()) else {
        return false;
    };
    follow(tail, &ids.join(" or "), FilterCondition::Text(matcher), out);
    true
}

/// Shows the rows of all groups that meet a condition; the value is how it is told.
pub(in crate::panes::logs) fn follow(
    tail: &mut Tail,
    value: &str,
    condition: FilterCondition,
    out: &mut Outbox<'_>,
) {
    let value = text::neutralise(value.trim()).into_owned();
    let rows = ShownAlone::Value(value, condition);
    tail.change_filters(|filters| filters.show_alone(Some(rows)), out);
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
