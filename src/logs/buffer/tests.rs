//! The store as a whole: order, bounds, filters and searches, against the plain way of doing each.

mod alike;
mod around;
mod bounded;
mod found;
mod hidden;
mod ordered;

use std::sync::Arc;

use super::{Bounds, Buffer, BufferScan, Filter, Matcher, RowId, ScanResult};
use crate::logs::{EventOrigin, LogEvent};

/// A time all tests count from.
const START: i64 = 1_700_000_000_000;

/// An event at so many milliseconds after the start, taken in 20 ms later.
fn event(after_ms: i64, message: &str) -> LogEvent {
    LogEvent {
        group: "/aws/lambda/checkout".into(),
        stream: "one".into(),
        time_ms: START + after_ms,
        ingested_ms: START + after_ms + 20,
        message: message.to_owned(),
        id: None,
        origin: EventOrigin::Live,
    }
}

/// An event of another stream.
fn elsewhere(stream: &str, after_ms: i64, message: &str) -> LogEvent {
    LogEvent {
        stream: Arc::from(stream),
        ..event(after_ms, message)
    }
}

/// A store with these events, each taken on its own.
fn buffer(events: Vec<LogEvent>) -> Buffer {
    let mut buffer = Buffer::new(Bounds::default());
    for event in events {
        buffer.append(vec![event]);
    }
    buffer
}

/// The messages of all rows, in order.
fn messages(buffer: &Buffer) -> Vec<String> {
    texts(buffer, &buffer.all().ids(0..buffer.all().len()))
}

/// The messages of the visible rows, in order.
fn visible(buffer: &Buffer) -> Vec<String> {
    texts(buffer, &buffer.visible().ids(0..buffer.visible().len()))
}

/// The messages of the rows that were searched for, in order.
fn hits(buffer: &Buffer) -> Vec<String> {
    let hits = buffer.hits().unwrap();
    texts(buffer, &hits.ids(0..hits.len()))
}

fn texts(buffer: &Buffer, ids: &[RowId]) -> Vec<String> {
    buffer.rows(ids).into_iter().map(|row| row.text).collect()
}

/// Runs scans to their end.
fn run(buffer: &mut Buffer, scans: impl IntoIterator<Item = BufferScan>) {
    for scan in scans {
        let found: Vec<ScanResult> = scan.start().collect();
        assert!(found.last().unwrap().is_last);
        for part in found {
            assert!(buffer.found(&part));
        }
    }
}

fn set(buffer: &mut Buffer, filters: Vec<Filter>) {
    let scans = buffer.filter(filters);
    run(buffer, scans);
}

fn look_for(buffer: &mut Buffer, matcher: Matcher) {
    let scan = buffer.search(Some(matcher));
    run(buffer, scan);
}
