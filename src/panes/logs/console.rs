//! The AWS console at a log group, and at the stream of an event from its time on.

use super::tail::message::group_under_cursor;
use super::{LogsPane, PickerRow, Tail};
use crate::effect::{Outbox, Severity};
use crate::logs::{ConsolePage, RowId, group_name};
use crate::panes::open_console;

/// Opens the group under the cursor of the picker.
pub(super) fn open_group(pane: &LogsPane, out: &mut Outbox<'_>) {
    let Some(PickerRow::Group(group)) = pane.picker.selected() else {
        return;
    };
    let home = group.home().or_else(|| pane.picker.home().cloned());
    let region = home.map(|home| home.region);
    let own = region.or_else(|| out.context.region.clone());
    let there = ConsolePage::of_group(group.key(), own.as_deref());
    open_console(there.as_ref(), &group.name, out);
}

/// Whether a group is under the cursor of the picker.
pub(super) fn has_group(pane: &LogsPane) -> bool {
    matches!(pane.picker.selected(), Some(PickerRow::Group(_)))
}

/// Opens the stream of the row under the cursor, from the time of the row on; beside the events the group.
pub(super) fn open_under_cursor(tail: &Tail, out: &mut Outbox<'_>) {
    let row = tail.reader().cursor().map(|cursor| cursor.row);
    if row.is_some_and(|row| open_row(tail, row, out)) {
        return;
    }
    let Some(group) = group_under_cursor(tail) else {
        return out.notice(Severity::Info, "This row is of no single log group.");
    };
    let own = own_region(tail, out);
    let there = ConsolePage::of_group(&group, own.as_deref());
    open_console(there.as_ref(), group_name(&group), out);
}

/// Opens the stream of a row from the time of the row on; says whether the row has one.
pub(super) fn open_row(tail: &Tail, row: RowId, out: &mut Outbox<'_>) -> bool {
    let brief = tail.rows().buffer().brief(row);
    let Some((source, brief)) = tail.rows().stream_of(row).zip(brief) else {
        return false;
    };
    let own = own_region(tail, out);
    let there =
        ConsolePage::of_stream(&source.group, &source.stream, brief.time_ms, own.as_deref());
    open_console(
        there.as_ref(),
        &format!("the stream {}", source.stream),
        out,
    );
    true
}

/// Where the session works, as far as that is known.
fn own_region(tail: &Tail, out: &Outbox<'_>) -> Option<String> {
    let home = tail.rows().home().map(|home| home.region.clone());
    home.or_else(|| out.context.region.clone())
}
