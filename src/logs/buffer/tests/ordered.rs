//! Rows stand in order, late ones too, and keep their names.

use proptest::prelude::*;

use super::{START, buffer, event, messages};
use crate::logs::buffer::{Bounds, Buffer, Shift};
use crate::logs::{EventOrigin, Level, LogEvent, Marker, MarkerKind};

#[test]
fn a_late_row_is_inserted_in_place_and_moves_no_name() {
    let mut buffer = buffer(vec![event(0, "a"), event(2_000, "c")]);
    let last = buffer.visible().last().unwrap();
    let placement = buffer.append(vec![event(1_000, "b")]);
    assert_eq!(
        (placement.rows.len(), placement.inserted, placement.late),
        (1, 1, 0)
    );
    assert_eq!(messages(&buffer), ["a", "b", "c"]);
    assert_eq!(buffer.visible().position(last), Some(2));
    assert_eq!(buffer.text(last).as_deref(), Some("c"));
}

#[test]
fn a_row_that_is_very_late_is_appended_and_says_so() {
    let mut buffer = buffer(vec![event(0, "a"), event(300_000, "b")]);
    let placement = buffer.append(vec![event(108_000, "late")]);
    assert_eq!((placement.inserted, placement.late), (0, 1));
    assert_eq!(messages(&buffer), ["a", "b", "late"]);
    let brief = buffer.brief(placement.rows[0].0).unwrap();
    assert_eq!(brief.shift, Shift::Late(192_000));
    assert_eq!(brief.time_ms, START + 108_000);
}

#[test]
fn history_is_never_late() {
    let mut buffer = buffer(vec![event(7_200_000, "now")]);
    let old = LogEvent {
        origin: EventOrigin::History,
        ..event(0, "old")
    };
    assert_eq!(buffer.append(vec![old]).late, 0);
    assert_eq!(messages(&buffer), ["old", "now"]);
}

#[test]
fn a_clock_that_runs_ahead_holds_nobody_up() {
    let mut ahead = event(7_200_000, "ahead");
    ahead.ingested_ms = START + 10;
    let mut buffer = buffer(vec![event(0, "a"), ahead]);
    let name = buffer.all().last().unwrap();
    assert_eq!(buffer.watermark_ms(), Some(START + 10));
    buffer.append(vec![event(500, "b")]);
    assert_eq!(messages(&buffer), ["a", "ahead", "b"]);
    assert_eq!(buffer.brief(name).unwrap().shift, Shift::Ahead(7_199_990));
}

#[test]
fn a_row_a_little_ahead_stands_at_its_time_but_is_no_watermark() {
    let mut ahead = event(60_000, "ahead");
    ahead.ingested_ms = START;
    let buffer = buffer(vec![ahead, event(1_000, "b")]);
    assert_eq!(messages(&buffer), ["b", "ahead"]);
    assert_eq!(buffer.watermark_ms(), Some(START + 1_000));
}

#[test]
fn rulers_stand_at_their_time_and_are_no_events() {
    let mut buffer = buffer(vec![event(0, "a"), event(9_000, "b")]);
    let marker = buffer.rule(&Marker {
        time_ms: START + 5_000,
        kind: MarkerKind::Gap,
        text: "gap 00:00:07, refilling".to_owned(),
    });
    assert_eq!(messages(&buffer), ["a", "gap 00:00:07, refilling", "b"]);
    let row = buffer.rows(&[marker]).remove(0);
    assert!(row.brief.is_ruler() && row.source.is_none());
    assert_eq!(buffer.visible().histogram().total().total(), 2);
}

#[test]
fn two_identical_rows_are_two_rows() {
    let buffer = buffer(vec![event(0, "same"), event(0, "same")]);
    assert_eq!(messages(&buffer), ["same", "same"]);
}

#[test]
fn jumps_go_by_time_and_by_level() {
    let events = (0..100).map(|n| event(n * 1000, if n % 30 == 7 { "[ERROR] x" } else { "ok" }));
    let buffer = buffer(events.collect());
    let view = buffer.visible();
    assert_eq!(view.at_time(START + 50_000), 50);
    assert_eq!(view.at_time(START + 50_001), 51);
    assert_eq!(view.at_time(i64::MAX), 100);
    let grave = |row: &crate::logs::Brief| row.level >= Level::Error;
    let next = view.find_from(8, grave).and_then(|row| view.position(row));
    let before = view
        .find_before(37, grave)
        .and_then(|row| view.position(row));
    assert_eq!((next, before), (Some(37), Some(7)));
    assert_eq!(view.find_from(98, grave), None);
}

#[test]
fn a_long_row_shows_its_beginning_and_keeps_all() {
    let long = format!("begin\t{}\u{1b}[31m end", "x".repeat(1_000_000));
    let mut buffer = buffer(vec![event(0, &long)]);
    buffer.append(vec![event(1, "next")]);
    let row = buffer.rows(&buffer.all().ids(0..1)).remove(0);
    assert!(row.is_cut && row.text.len() < 9_000 && row.text.starts_with("begin    x"));
    assert_eq!(buffer.raw(row.brief.id).as_deref(), Some(long.as_str()));
    assert_eq!(buffer.text(row.brief.id).unwrap().len(), row.bytes + 3);
    assert!(buffer.bytes() < 100_000);
}

/// Events around the clock: in order, late, and ahead.
fn events() -> impl Strategy<Value = Vec<Vec<(i64, i64)>>> {
    let one = (
        0_i64..400_000,
        prop_oneof![Just(20_i64), 0_i64..90_000, Just(-3_600_000)],
    );
    prop::collection::vec(prop::collection::vec(one, 1..60), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_holds_whatever_comes(batches in events()) {
        let mut buffer = Buffer::new(Bounds { apart_ms: i64::MAX, ..Bounds::default() });
        let mut expected = Vec::new();
        for batch in batches {
            let mut batch: Vec<LogEvent> = batch.into_iter().map(|(time, lag)| LogEvent {
                ingested_ms: START + time + lag,
                ..event(time, "")
            }).collect();
            for event in &mut batch {
                event.message = format!("{}", expected.len());
                expected.push((event.time_ms, event.ingested_ms, expected.len()));
            }
            buffer.append(batch);
        }
        expected.sort_unstable();
        let expected: Vec<String> = expected.iter().map(|(_, _, number)| number.to_string()).collect();
        prop_assert_eq!(messages(&buffer), expected);
    }

    #[test]
    fn positions_and_names_lead_to_each_other(batches in events()) {
        let mut buffer = Buffer::new(Bounds::default());
        for batch in batches {
            let batch = batch.into_iter().map(|(time, lag)| LogEvent {
                ingested_ms: START + time + lag,
                ..event(time, "x")
            });
            buffer.append(batch.collect());
        }
        let view = buffer.all();
        let ids = view.ids(0..usize::MAX);
        prop_assert_eq!(ids.len(), view.len());
        let places: Vec<_> = ids.iter().map(|id| buffer.blocks.place(*id).unwrap()).collect();
        prop_assert!(places.is_sorted());
        for (position, id) in ids.iter().enumerate() {
            prop_assert_eq!(view.row_at(position), Some(*id));
            prop_assert_eq!(view.position(*id), Some(position));
        }
        for position in [0, 1, ids.len() / 2, ids.len()] {
            let mut before: Vec<_> = buffer.selections.all().order().before(position).collect();
            before.reverse();
            prop_assert_eq!(&before, &ids[..position.min(ids.len())]);
            let from: Vec<_> = buffer.selections.all().order().from(position).collect();
            prop_assert_eq!(&from, &ids[position.min(ids.len())..]);
        }
    }
}
