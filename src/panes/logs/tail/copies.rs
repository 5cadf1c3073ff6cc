//! Rows that leave the screen: copied, exported. Secrets are taken out unless the user wants them.

use super::{Tail, filter_words};
use crate::logs::{Export, Filter, Redactor, RowId, written_time as time};
use crate::text::{neutralise, thousands};

/// The most rows that are copied; more belong into a file.
const MOST: usize = 10_000;
/// The most bytes that are copied when there are several rows: so that a key press never waits for long.
const MOST_BYTES: usize = 1 << 20;

/// The messages of the selection or of the row under the cursor, and what they are in words: also how many were
/// left out because there are too many.
pub(in crate::panes::logs) fn copy(tail: &Tail) -> Option<(String, String)> {
    let (rows, all) = copied(tail)?;
    let mut text = String::new();
    let mut taken = 0;
    let mut redactor = Redactor::default();
    for (row, raw) in tail.rows().buffer().raws(&rows) {
        if taken > 0 {
            if text.len() + raw.len() > MOST_BYTES {
                break;
            }
            text.push('\n');
        }
        let message = raw.trim_end_matches(['\n', '\r']);
        match tail.rows().stream_of(row).filter(|_| !tail.look.secrets) {
            Some(source) => {
                text.push_str(&redactor.redact((&source.group, &source.stream), message));
            }
            None => text.push_str(&tail.look.outgoing(message)),
        }
        taken += 1;
    }
    let what = match (taken, all) {
        (0, _) => return None,
        (1, 1) => "1 event".to_owned(),
        (taken, all) if taken == all => format!("{all} events"),
        (taken, all) => {
            format!("only the first {taken} of {all} events, the rest is too much: export it")
        }
    };
    Some((text, what))
}

/// The rows to copy, as many as can be, and how many there are.
fn copied(tail: &Tail) -> Option<(Vec<RowId>, usize)> {
    let cursor = tail.reader().cursor()?;
    if let Some(selected) = tail.selected() {
        return Some(selected.first_ids(MOST));
    }
    Some(if tail.is_on_bundle() {
        tail.order().bundles().members(cursor.row, MOST)
    } else {
        (vec![cursor.row], 1)
    })
}

/// The selected rows, else all that pass the filters, on their way to a file.
pub(in crate::panes::logs) fn export(tail: &Tail, path: &str) -> Export {
    let rows = tail.rows().buffer().snapshot();
    let selected = tail.selected().map(|selected| selected.ids());
    Export {
        header: header(tail, selected.as_deref()),
        rows: match selected {
            Some(selected) => rows.only(selected),
            None => rows,
        },
        path: path.to_owned(),
        redacts: !tail.look.secrets,
    }
}

/// What an export says before its rows.
fn header(tail: &Tail, selected: Option<&[RowId]>) -> String {
    let target = tail.job().target();
    let mut lines = vec![format!("groups: {}", target.groups.join(", "))];
    lines.extend(extent_words(tail, selected));
    if !target.pattern.is_empty() {
        lines.push(format!("filter pattern: {}", target.pattern));
    }
    lines.extend(tail.rows().buffer().filters().iter().map(filter_line));
    lines.push(losses(tail));
    let secrets = if tail.look.secrets {
        "as they are"
    } else {
        "redacted"
    };
    lines.push(format!("secrets: {secrets}"));
    let lines = lines.iter().map(|line| format!("# {}\n", neutralise(line)));
    lines.collect()
}

/// How many rows an export has of how many, and from when to when.
fn extent_words(tail: &Tail, selected: Option<&[RowId]>) -> [String; 2] {
    let rows = tail.rows().visible();
    let (passing, all) = tail.rows().event_counts();
    let time_ms = |row: RowId| tail.order().time_ms(row);
    let at = |ms: Option<i64>| ms.map_or("nothing".to_owned(), time);
    let (count, first, last) = match selected {
        Some(selected) => {
            let (some, all) = (thousands(selected.len()), thousands(passing));
            let times = || selected.iter().filter_map(|row| time_ms(*row));
            let count = format!("events: {some} selected of {all}");
            (count, times().min(), times().max())
        }
        None => (
            format!("events: {} of {}", thousands(passing), thousands(all)),
            rows.row_at(0).and_then(time_ms),
            rows.last().and_then(time_ms),
        ),
    };
    [count, format!("range: {} to {}", at(first), at(last))]
}

fn filter_line(filter: &Filter) -> String {
    let how = if filter.leaves_out { "without" } else { "only" };
    format!("{how}: {}", filter_words(&filter.condition))
}

/// What is known to be missing.
fn losses(tail: &Tail) -> String {
    let status = tail.job().status();
    let open = status.map_or(0, |status| status.gaps);
    let dropped = status.map_or(0, |status| status.dropped);
    format!(
        "gaps: {} announced, {open} open; dropped: {dropped}; no longer kept: {}",
        tail.job().announced_gaps(),
        tail.rows().evicted()
    )
}
