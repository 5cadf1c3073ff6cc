//! Says of each group from when its first events are: the newest come first, and what is older is not here.

use std::collections::HashMap;
use std::sync::Arc;

use super::TailRows;
use crate::effect::Outbox;
use crate::logs::{Marker, MarkerKind, group_label, short_time};
use crate::panes::logs::screens::tail::LOAD_FROM;
use crate::text::counted;

/// Puts a mark above the oldest event of each group.
pub(super) fn rule(rows: &mut TailRows, out: &Outbox<'_>) {
    let key = out.context.keymap.way_to(LOAD_FROM);
    for (group, (count, oldest_ms)) in first_events(rows) {
        let events = counted(count, "event", "newest events").unwrap_or_default();
        let label = group_label(&group, rows.home()).into_owned();
        let from = short_time(oldest_ms);
        rows.rule(&Marker {
            time_ms: oldest_ms.saturating_sub(1),
            kind: MarkerKind::Course,
            text: format!("{label}: {events}, from {from} UTC; {key} loads earlier ones"),
        });
    }
}

/// How many events of each group there are, and the time of the oldest in Unix milliseconds, in order of time.
fn first_events(rows: &TailRows) -> Vec<(Arc<str>, (usize, i64))> {
    let all = rows.buffer().all();
    let mut groups: HashMap<Arc<str>, (usize, i64)> = HashMap::new();
    for id in all.ids(0..all.len()) {
        let source = rows.stream_of(id);
        let Some((source, brief)) = source.zip(rows.buffer().brief(id)) else {
            continue;
        };
        let first = (0, brief.time_ms);
        let (count, oldest_ms) = groups.entry(Arc::clone(&source.group)).or_insert(first);
        *count += 1;
        *oldest_ms = brief.time_ms.min(*oldest_ms);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(a, (_, a_ms)), (b, (_, b_ms))| a_ms.cmp(b_ms).then_with(|| a.cmp(b)));
    groups
}
