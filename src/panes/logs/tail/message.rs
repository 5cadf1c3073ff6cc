//! The event under the cursor as it came, with what is known beside its text.

use super::Tail;
use crate::logs::{RowId, written_time};
use crate::panes::logs::clock::distance;

/// An event as it came, and what is known beside its text.
#[derive(Debug)]
pub(in crate::panes::logs) struct Message {
    pub(in crate::panes::logs) row: RowId,
    pub(in crate::panes::logs) raw: String,
    pub(in crate::panes::logs) group: String,
    /// Its time, group and stream in one line.
    pub(in crate::panes::logs) facts: String,
    /// When `CloudWatch` Logs took it in, and how long after its time.
    pub(in crate::panes::logs) taken_in: String,
}

impl Message {
    /// The event under the cursor.
    pub(in crate::panes::logs) fn under_cursor(tail: &Tail) -> Option<Self> {
        let row = tail.reader().cursor()?.row;
        let buffer = tail.rows().buffer();
        let brief = buffer.brief(row)?;
        let time = written_time(brief.time_ms);
        let stream = tail.rows().stream_of(row)?;
        Some(Self {
            row,
            raw: buffer.raw(row)?,
            group: stream.group.to_string(),
            facts: format!("{time} {} {}", stream.group, stream.stream),
            taken_in: taken_in(brief.time_ms, brief.ingested_ms),
        })
    }

    /// Moves to the next event, or the one before, and tells it; marks and the like are skipped.
    pub(in crate::panes::logs) fn step(tail: &mut Tail, places: isize) -> Option<Self> {
        let mut from = tail.reader().cursor()?;
        loop {
            let to = tail.order().step(from, places);
            if to == from {
                return None;
            }
            tail.move_reader(|reader, order| reader.put_cursor(order, to));
            if let Some(message) = Self::under_cursor(tail) {
                return Some(message);
            }
            from = to;
        }
    }
}

/// When `CloudWatch` Logs took an event in, and how long after its own time.
fn taken_in(time_ms: i64, ingested_ms: i64) -> String {
    let delay = distance(ingested_ms.saturating_sub(time_ms));
    format!("taken in {}, {delay}", written_time(ingested_ms))
}

/// The log group of the row under the cursor, else the only one that is followed.
pub(in crate::panes::logs) fn group_under_cursor(tail: &Tail) -> Option<String> {
    let cursor = tail.reader().cursor();
    let stream = cursor.and_then(|cursor| tail.rows().stream_of(cursor.row));
    match (stream, tail.job().target().groups.as_slice()) {
        (Some(stream), _) => Some(stream.group.to_string()),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}
