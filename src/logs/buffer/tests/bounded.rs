//! The log never outgrows its bounds, drops the oldest, and loses nothing below them.

use proptest::prelude::*;

use super::{START, event, messages, set};
use crate::logs::buffer::{Bounds, Buffer, Filter, FilterCondition, Matcher};
use crate::logs::{EventOrigin, Level, LogEvent};

#[test]
fn the_oldest_rows_go_first_and_are_counted() {
    let mut buffer = Buffer::new(Bounds {
        rows: 10_000,
        ..Bounds::default()
    });
    for number in 0..25_000 {
        buffer.append(vec![event(number, &format!("row {number}"))]);
    }
    let left = buffer.all().len() as u64;
    assert!((5_000..=10_000).contains(&left), "{left}");
    assert_eq!(buffer.evicted() + left, 25_000);
    let expected: Vec<String> = (25_000 - left..25_000)
        .map(|n| format!("row {n}"))
        .collect();
    assert_eq!(messages(&buffer), expected);
    assert_eq!(u64::from(buffer.all().histogram().total().total()), left);
}

#[test]
fn messages_that_are_mostly_escape_sequences_do_not_pile_up_in_one_block() {
    let mut buffer = Buffer::default();
    let message = format!("{}red", "\u{1b}[31m".repeat(20_000));
    let placed = buffer.append((0..40).map(|number| event(number, &message)).collect());
    assert!(buffer.blocks.len() >= 10, "{}", buffer.blocks.len());
    assert!(buffer.bytes() < 1 << 20, "{}", buffer.bytes());
    assert_eq!(buffer.raw(placed.rows[0].0), Some(message));
}

#[test]
fn old_history_goes_before_what_came_live() {
    let mut buffer = Buffer::new(Bounds {
        rows: 3_000,
        ..Bounds::default()
    });
    let filler = "x".repeat(200);
    for number in 0..1_000 {
        buffer.append(vec![event(86_400_000 + number, &filler)]);
    }
    for number in 0..9_000 {
        let old = LogEvent {
            origin: EventOrigin::History,
            ..event(number, &filler)
        };
        buffer.append(vec![old]);
    }
    let live = buffer.all().len() - buffer.all().at_time(START + 86_400_000);
    assert_eq!(live, 1_000);
}

#[test]
fn a_name_of_a_dropped_row_leads_nowhere() {
    let mut buffer = Buffer::new(Bounds {
        rows: 5_000,
        ..Bounds::default()
    });
    let first = buffer.append(vec![event(0, "first")]).rows[0].0;
    for number in 1..12_000 {
        buffer.append(vec![event(number, "x")]);
    }
    assert_eq!(buffer.brief(first), None);
    assert_eq!(buffer.text(first), None);
    assert_eq!(buffer.visible().position(first), None);
    assert_eq!(buffer.visible().near(first), 0);
}

#[test]
fn filtered_rows_are_dropped_with_the_others() {
    let mut buffer = Buffer::new(Bounds {
        rows: 6_000,
        ..Bounds::default()
    });
    set(
        &mut buffer,
        vec![Filter {
            condition: FilterCondition::Text(Matcher::literal("keep").unwrap()),
            leaves_out: false,
            is_on: true,
        }],
    );
    for number in 0..20_000 {
        buffer.append(vec![event(
            number,
            if number % 5 == 0 { "keep" } else { "other" },
        )]);
    }
    let (all, visible) = (buffer.all(), buffer.visible());
    let kept = all
        .ids(0..all.len())
        .into_iter()
        .filter(|id| buffer.text(*id).as_deref() == Some("keep"));
    assert_eq!(visible.ids(0..visible.len()), kept.collect::<Vec<_>>());
    assert_eq!(
        visible.histogram().total().of(Level::Unknown) as usize,
        visible.len()
    );
}

#[test]
fn an_event_larger_than_the_bound_is_dropped_and_counted() {
    let mut buffer = Buffer::new(Bounds {
        bytes: 20_000,
        ..Bounds::default()
    });
    let noise: String = (0..100_000_u32)
        .map(|n| char::from_u32(33 + (n.wrapping_mul(2_654_435_761) >> 25) % 90).unwrap())
        .collect();
    buffer.append(vec![event(0, &noise)]);
    assert!(buffer.bytes() <= 20_000);
    assert_eq!((buffer.all().len(), buffer.evicted()), (0, 1));
    buffer.append(vec![event(1, "small")]);
    assert_eq!(messages(&buffer), ["small"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_bound_is_never_exceeded_and_nothing_is_lost_unseen(
        lengths in prop::collection::vec((0_usize..3_000, 0_i64..400_000), 1..400),
        bytes in 30_000_usize..300_000,
    ) {
        let mut buffer = Buffer::new(Bounds { bytes, ..Bounds::default() });
        for (number, (length, time)) in lengths.iter().enumerate() {
            let message: String = (0..*length).map(|at| char::from(b"abcdefghijklmnopqrstuvwxyz"[(at * at + number * 7) % 26])).collect();
            buffer.append(vec![event(*time, &message)]);
            prop_assert!(buffer.bytes() <= bytes);
            let counted: usize = (0..buffer.blocks.len()).map(|at| buffer.blocks.at(at).unwrap().bytes()).sum();
            prop_assert_eq!(counted, buffer.blocks.bytes());
            prop_assert_eq!(buffer.all().len() as u64 + buffer.evicted(), number as u64 + 1);
            prop_assert_eq!(buffer.all().len(), buffer.blocks.rows());
        }
    }

    #[test]
    fn below_the_bound_every_message_comes_back_as_it_came(texts in prop::collection::vec("\\PC{0,30}|[\\x00-\\x20\u{1b}\u{9b}a\u{202e}]{0,12}", 1..80)) {
        let mut buffer = Buffer::new(Bounds::default());
        for (number, text) in (0..).zip(&texts) {
            buffer.append(vec![event(number, text)]);
            if number % 30 == 29 {
                buffer.blocks.seal(&mut buffer.packer);
            }
        }
        let ids = buffer.all().ids(0..usize::MAX);
        let raw: Vec<String> = ids.iter().map(|id| buffer.raw(*id).unwrap()).collect();
        prop_assert_eq!(raw, texts);
        for row in buffer.rows(&ids) {
            prop_assert!(!row.text.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
