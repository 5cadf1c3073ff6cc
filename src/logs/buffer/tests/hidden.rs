//! Rows that are hidden because another one stands for them.

use super::super::{Bounds, Buffer, RowId};
use crate::logs::{EventOrigin, LogEvent};

/// Takes an event a millisecond for each number, and tells their rows.
fn append(buffer: &mut Buffer, numbers: std::ops::Range<i64>) -> Vec<RowId> {
    let event = |number: i64| LogEvent {
        group: "/aws/lambda/checkout".into(),
        stream: "one".into(),
        time_ms: 1_700_000_000_000 + number,
        ingested_ms: 1_700_000_000_000 + number,
        message: format!("row {number}"),
        id: None,
        origin: EventOrigin::Live,
    };
    let placement = buffer.append(numbers.map(event).collect());
    placement.rows.into_iter().map(|(row, _)| row).collect()
}

#[test]
fn hidden_rows_are_left_out_until_they_are_shown_again() {
    let mut buffer = Buffer::default();
    let ids = append(&mut buffer, 0..2_000);
    for row in ids.iter().filter(|row| row.number() % 10 != 3) {
        buffer.hide(*row, true);
        buffer.hide(*row, true);
    }
    assert_eq!((buffer.shown().len(), buffer.all().len()), (200, 2_000));
    assert_eq!(buffer.shown().row_at(1), Some(ids[13]));
    assert_eq!(buffer.shown().near(ids[14]), 2);
    let late = append(&mut buffer, 14..15);
    assert_eq!(buffer.shown().position(late[0]), Some(2));
    for _ in 0..2 {
        buffer.hide(ids[4], false);
    }
    assert_eq!(buffer.shown().position(ids[4]), Some(1));
    assert_eq!(buffer.shown().len(), 202);
    assert_eq!(buffer.shown().histogram().total().total(), 202);
}

#[test]
fn what_was_dropped_is_told_and_no_longer_shown() {
    let mut buffer = Buffer::new(Bounds {
        rows: 5_000,
        ..Bounds::default()
    });
    let ids = append(&mut buffer, 0..4_900);
    for row in ids.iter().skip(1).step_by(2) {
        buffer.hide(*row, true);
    }
    assert!(buffer.dropped().is_empty());
    append(&mut buffer, 5_000..5_200);
    let gone: u64 = buffer.dropped().iter().map(|ids| ids.end - ids.start).sum();
    assert_eq!(gone, buffer.evicted());
    assert!(gone > 0 && buffer.dropped().iter().any(|ids| ids.contains(&0)));
    let all = buffer.all().ids(0..buffer.all().len());
    let is_shown = |row: &RowId| row.number() >= 4_900 || row.number().is_multiple_of(2);
    let left: Vec<RowId> = all.into_iter().filter(is_shown).collect();
    assert_eq!(buffer.shown().ids(0..5_000), left);
    append(&mut buffer, 5_200..5_201);
    assert!(buffer.dropped().is_empty());
}
