//! The rows around those that pass are the ones a plain look at each stream finds, in old rows and in new ones.

use proptest::prelude::*;

use super::{buffer, elsewhere, event, run, set, texts};
use crate::logs::LogEvent;
use crate::logs::buffer::{Buffer, Filter, FilterCondition, Matcher};

fn hits_only() -> Vec<Filter> {
    vec![Filter {
        condition: FilterCondition::Text(Matcher::literal("hit").unwrap()),
        leaves_out: false,
        is_on: true,
    }]
}

fn look_around(buffer: &mut Buffer, lines: usize) {
    let scan = buffer.look_around(lines);
    run(buffer, scan);
}

fn surrounded(buffer: &Buffer) -> Vec<String> {
    let rows = buffer.surrounded().unwrap();
    texts(buffer, &rows.ids(0..rows.len()))
}

#[test]
fn rows_of_the_same_stream_stand_around_a_hit() {
    let mut buffer = buffer(vec![
        event(0, "a0"),
        event(1, "a1"),
        elsewhere("two", 2, "b0"),
        event(3, "a2"),
        event(4, "a hit"),
        elsewhere("two", 5, "b1"),
        event(6, "a3"),
        event(7, "a4"),
        event(8, "a5"),
    ]);
    assert_eq!(buffer.look_around(2), None, "nothing is filtered");
    set(&mut buffer, hits_only());
    look_around(&mut buffer, 2);
    assert_eq!(surrounded(&buffer), ["a1", "a2", "a hit", "a3", "a4"]);
    look_around(&mut buffer, 1);
    assert_eq!(surrounded(&buffer), ["a2", "a hit", "a3"]);
    look_around(&mut buffer, 0);
    assert!(buffer.surrounded().is_none());
}

#[test]
fn rows_that_come_while_it_is_looked_are_not_forgotten() {
    let mut buffer = buffer(vec![event(0, "a0"), event(1, "a1"), event(2, "a hit")]);
    set(&mut buffer, hits_only());
    let scan = buffer.look_around(2);
    buffer.append(vec![event(3, "a2"), event(4, "a3"), event(5, "a4")]);
    buffer.append(vec![event(6, "a5"), event(7, "another hit")]);
    assert!(buffer.surrounded().is_none());
    run(&mut buffer, scan);
    let all = ["a0", "a1", "a hit", "a2", "a3", "a4", "a5", "another hit"];
    assert_eq!(surrounded(&buffer), all);
    buffer.append(vec![event(8, "a6")]);
    assert_eq!(surrounded(&buffer).last().unwrap(), "a6");
}

#[test]
fn a_late_row_is_put_around_the_hit_it_stands_beside() {
    let mut buffer = buffer(vec![event(0, "a0"), event(10, "a hit"), event(20, "a1")]);
    set(&mut buffer, hits_only());
    look_around(&mut buffer, 1);
    buffer.append(vec![event(9, "late")]);
    assert_eq!(surrounded(&buffer), ["a0", "late", "a hit", "a1"]);
    buffer.append(vec![event(1, "a late hit")]);
    assert_eq!(surrounded(&buffer).len(), 5);
}

/// The rows around hits, found by a plain look at each stream.
fn plainly(rows: &[(u8, bool)], lines: usize) -> Vec<String> {
    let is_shown = |at: usize| {
        let stream = rows[at].0;
        let of_stream: Vec<usize> = (0..rows.len()).filter(|it| rows[*it].0 == stream).collect();
        let own = of_stream.iter().position(|it| *it == at).unwrap();
        let near = own.saturating_sub(lines)..(own + lines + 1).min(of_stream.len());
        rows[at].1 || of_stream[near].iter().any(|it| rows[*it].1)
    };
    let shown = (0..rows.len()).filter(|at| is_shown(*at));
    shown.map(|at| message(at, rows[at].1)).collect()
}

fn message(at: usize, hit: bool) -> String {
    format!("{at}{}", if hit { " hit" } else { "" })
}

proptest! {
    #[test]
    fn what_is_found_is_what_a_plain_look_finds(
        rows in prop::collection::vec((0..3_u8, prop::bool::weighted(0.2)), 0..60),
        filtered_at in 0_usize..60,
        scanned_at in 0_usize..60,
        lines in 1_usize..5,
    ) {
        let of = |at: usize| -> LogEvent {
            let (stream, hit) = rows[at];
            let after_ms = i64::try_from(at).unwrap();
            elsewhere(&stream.to_string(), after_ms, &message(at, hit))
        };
        let mut buffer = Buffer::default();
        let mut scan = None;
        for at in 0..rows.len() {
            if at == filtered_at {
                set(&mut buffer, hits_only());
                scan = buffer.look_around(lines);
            }
            if at == filtered_at + scanned_at {
                run(&mut buffer, scan.take());
            }
            buffer.append(vec![of(at)]);
        }
        if filtered_at < rows.len() {
            run(&mut buffer, scan);
            prop_assert_eq!(surrounded(&buffer), plainly(&rows, lines));
        }
    }
}
