//! From a log event to a plan: the JSON that is looked at, or the event that its invocation printed, becomes the payload.

use super::tail::message::{Message, group_under_cursor};
use super::{OpenedEvent, Tail};
use crate::effect::{Outbox, Severity};
use crate::logs::{RowId, function_of, is_arn, is_edge_group, json_in, printed_event};
use crate::panes::payload::bring;

/// The most rows of an invocation that are looked through for what it printed.
const MOST: usize = 200;

const NOTHING: &str = "There is no JSON here, and its invocation printed none.";

const NO_EVENT: &str = "No event of the function was printed here, nor by its invocation; in the opened event a value can be taken.";

/// Brings the value under the cursor of an event; from a line of plain text, the JSON behind it, else what the invocation
/// printed.
pub(super) fn bring_value(opened: &OpenedEvent, tail: &Tail, out: &mut Outbox<'_>) {
    let path = opened.path();
    let value = opened.value();
    let (from, text) = match (path, value) {
        (Some(path), Some(value)) => (path, value.into_owned()),
        _ => match json_in(opened.whole()) {
            Some(json) => ("the event".to_owned(), json.to_owned()),
            None => match printed_beside(tail, opened.row) {
                Some(text) => (THE_INVOCATION.to_owned(), text),
                None => return out.notice(Severity::Info, NOTHING),
            },
        },
    };
    let too_small = tail.rows().too_small(opened.row);
    bring((&from, &text), function(tail), too_small, out);
}

/// Brings what the row under the cursor printed, else the first that its invocation printed.
pub(super) fn bring_printed(tail: &Tail, out: &mut Outbox<'_>) {
    let Some(message) = Message::under_cursor(tail) else {
        return out.notice(Severity::Info, NO_EVENT);
    };
    let own = printed_event(&message.raw).filter(|_| !tail.is_on_bundle());
    let (from, text) = match (own, printed_beside(tail, message.row)) {
        (Some(text), _) => ("the event", text),
        (None, Some(text)) => (THE_INVOCATION, text),
        (None, None) => return out.notice(Severity::Info, NO_EVENT),
    };
    let too_small = tail.rows().too_small(message.row);
    bring((from, &text), function(tail), too_small, out);
}

const THE_INVOCATION: &str = "the first JSON that the invocation printed";

/// The first event that the invocation of a row printed.
fn printed_beside(tail: &Tail, row: RowId) -> Option<String> {
    let rows = tail.rows().of_invocation(row, MOST);
    let mut printed = tail.rows().buffer().raws(&rows);
    printed.find_map(|(_, raw)| printed_event(&raw))
}

/// The function that the row under the cursor is of, if it is one of this account and region.
fn function(tail: &Tail) -> Option<String> {
    let key = group_under_cursor(tail)?;
    let is_here = !is_arn(&key) && !is_edge_group(&key);
    function_of(&key).filter(|_| is_here).map(str::to_owned)
}
