//! Filters and searches find what a plain look at each row finds, in old rows and in new ones.

use proptest::prelude::*;

use super::{buffer, elsewhere, event, hits, look_for, run, set, visible};
use crate::logs::buffer::{Bounds, Buffer, Filter, FilterCondition, Matcher};
use crate::logs::{FieldPath, Level, Marker, MarkerKind};

fn keep(condition: FilterCondition) -> Filter {
    Filter {
        condition,
        leaves_out: false,
        is_on: true,
    }
}

fn leave_out(condition: FilterCondition) -> Filter {
    Filter {
        leaves_out: true,
        ..keep(condition)
    }
}

fn text(pattern: &str) -> FilterCondition {
    FilterCondition::Text(Matcher::literal(pattern).unwrap())
}

#[test]
fn filters_narrow_what_is_shown_and_new_rows_too() {
    let mut buffer = buffer(vec![
        event(0, "alpha one"),
        event(1, "beta one"),
        event(2, "alpha two"),
    ]);
    set(
        &mut buffer,
        vec![keep(text("alpha")), leave_out(text("two"))],
    );
    assert_eq!(visible(&buffer), ["alpha one"]);
    buffer.append(vec![event(3, "alpha three"), event(4, "alpha two again")]);
    assert_eq!(visible(&buffer), ["alpha one", "alpha three"]);
    set(&mut buffer, Vec::new());
    assert_eq!(visible(&buffer).len(), 5);
}

#[test]
fn shares_of_a_scan_find_together_what_one_alone_finds() {
    let mut buffer = buffer(Vec::new());
    for batch in 0..300 {
        let events = (0..60).map(|n| event(batch * 60 + n, &format!("{n} {}", "long ".repeat(30))));
        buffer.append(events.collect());
    }
    look_for(&mut buffer, Matcher::regex("^[0-9]*7 ").unwrap());
    let alone = hits(&buffer);
    assert_eq!(alone.len(), 300 * 6);
    for workers in [1, 2, 3, 8] {
        let other = buffer.search(Some(Matcher::literal("nothing").unwrap()));
        run(&mut buffer, other);
        let scan = buffer
            .search(Some(Matcher::regex("^[0-9]*7 ").unwrap()))
            .unwrap();
        let end = scan.end();
        let shares = scan.start_shared(workers);
        assert_eq!(shares.len(), workers);
        for mut part in shares.into_iter().rev().flatten() {
            part.is_last = false;
            buffer.found(&part);
        }
        assert!(!buffer.hits().unwrap().is_complete());
        buffer.found(&end);
        assert!(buffer.hits().unwrap().is_complete());
        assert_eq!(hits(&buffer), alone);
    }
}

#[test]
fn a_filter_that_is_off_shows_all() {
    let mut buffer = buffer(vec![event(0, "a"), event(1, "b")]);
    let off = Filter {
        is_on: false,
        ..keep(text("a"))
    };
    assert_eq!(buffer.filter(vec![off]), []);
    assert_eq!(visible(&buffer), ["a", "b"]);
    assert_eq!(buffer.filters().len(), 1);
}

#[test]
fn rows_are_filtered_by_what_is_known_of_them() {
    let mut buffer = buffer(vec![
        event(
            0,
            r#"{"level":"ERROR","user":{"id":"7"},"requestId":"8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f"}"#,
        ),
        event(1, r#"{"level":"INFO","user":{"id":7}}"#),
        elsewhere("two", 2, "[WARN] slow"),
        event(3, "END RequestId: r Tenant Id: green light"),
        event(4, r#"{"tenantId":"green"}"#),
    ]);
    let request = crate::logs::RequestId::parse("8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f").unwrap();
    for (condition, expected) in [
        (FilterCondition::Level(Level::Warn), vec![0, 2]),
        (
            FilterCondition::Field(FieldPath::parse("user.id").unwrap(), "7".to_owned()),
            vec![0, 1],
        ),
        (
            FilterCondition::Field(FieldPath::parse("user.name").unwrap(), "7".to_owned()),
            vec![],
        ),
        (FilterCondition::Stream("two".to_owned()), vec![2]),
        (
            FilterCondition::Group("/aws/lambda/checkout".to_owned()),
            vec![0, 1, 2, 3, 4],
        ),
        (FilterCondition::Request(request), vec![0]),
        (FilterCondition::Tenant("green".to_owned()), vec![4]),
        (FilterCondition::Tenant("green light".to_owned()), vec![3]),
    ] {
        set(&mut buffer, vec![keep(condition.clone())]);
        let (all, view) = (buffer.all(), buffer.visible());
        let positions = view
            .ids(0..9)
            .into_iter()
            .map(|id| all.position(id).unwrap());
        assert_eq!(positions.collect::<Vec<_>>(), expected, "{condition:?}");
    }
}

#[test]
fn rulers_pass_every_filter_and_can_be_searched_for() {
    let mut buffer = buffer(vec![event(0, "a")]);
    buffer.rule(&Marker {
        time_ms: super::START,
        kind: MarkerKind::Gap,
        text: "sampled".to_owned(),
    });
    set(&mut buffer, vec![keep(text("nothing"))]);
    assert_eq!(visible(&buffer), ["sampled"]);
    look_for(&mut buffer, Matcher::literal("a").unwrap());
    assert_eq!(hits(&buffer), ["sampled"]);
}

#[test]
fn a_search_follows_the_filters_and_steps_both_ways() {
    let mut buffer = buffer(
        (0..9)
            .zip(["x", "y", "z"].iter().cycle())
            .map(|(n, word)| event(n, &format!("{word} {n}")))
            .collect(),
    );
    look_for(&mut buffer, Matcher::regex("^[xy] [0-5]$").unwrap());
    assert_eq!(hits(&buffer), ["x 0", "y 1", "x 3", "y 4"]);
    let scans = buffer.filter(vec![leave_out(text("y"))]);
    assert_eq!(scans.len(), 2);
    run(&mut buffer, scans);
    assert_eq!(hits(&buffer), ["x 0", "x 3"]);
    let (found, all) = (buffer.hits().unwrap(), buffer.all());
    let middle = all.row_at(2).unwrap();
    let position = |row: Option<crate::logs::RowId>| row.and_then(|row| all.position(row));
    assert_eq!(position(found.after(middle)), Some(3));
    assert_eq!(position(found.before(middle)), Some(0));
    assert_eq!(found.after(all.row_at(3).unwrap()), None);
    assert_eq!(found.before(all.row_at(0).unwrap()), None);
}

#[test]
fn answers_to_an_older_question_are_refused() {
    let mut buffer = buffer(vec![event(0, "a"), event(1, "b")]);
    let old = buffer.search(Some(Matcher::literal("a").unwrap())).unwrap();
    look_for(&mut buffer, Matcher::literal("b").unwrap());
    let part = old.start().next_chunk().unwrap();
    assert!(!buffer.found(&part));
    assert_eq!(hits(&buffer), ["b"]);
    assert!(buffer.search(None).is_none() && buffer.hits().is_none());
}

#[test]
fn rows_that_come_during_a_scan_are_found_once() {
    let mut buffer = buffer(vec![event(0, "x 0")]);
    let scan = buffer.search(Some(Matcher::literal("x").unwrap())).unwrap();
    buffer.append(vec![event(1, "x 1")]);
    run(&mut buffer, [scan]);
    assert_eq!(hits(&buffer), ["x 0", "x 1"]);
    assert!(buffer.hits().unwrap().is_complete());
}

#[test]
fn the_newest_rows_are_found_first() {
    let filler = "x".repeat(500);
    let mut buffer = Buffer::new(Bounds::default());
    buffer.append(
        (0..5_000)
            .map(|n| event(n, &format!("{n} {filler}")))
            .collect(),
    );
    let scan = buffer.search(Some(Matcher::literal("x").unwrap())).unwrap();
    let mut scanning = scan.start();
    let part = scanning.next_chunk().unwrap();
    assert!(buffer.found(&part) && !part.is_last);
    assert!(part.rows.len() < buffer.all().len());
    let (found, all) = (buffer.hits().unwrap(), buffer.all());
    assert_eq!(found.last(), all.last());
    assert!(!found.is_complete());
}

#[test]
fn a_snapshot_is_not_changed_by_what_comes_after() {
    let mut buffer = buffer(vec![event(0, "a\tb")]);
    let snapshot = buffer.snapshot();
    buffer.append(vec![event(1, "c")]);
    let rows: Vec<(String, String)> = snapshot.rows().map(|(row, raw)| (row.text, raw)).collect();
    assert_eq!(rows, [("a    b".to_owned(), "a\tb".to_owned())]);
    assert_eq!(snapshot, snapshot.clone());
    assert_ne!(snapshot, buffer.snapshot());
}

const PATTERNS: [&str; 14] = [
    "a",
    "^b",
    "b$",
    r"\s+a",
    r"(?s)a.*b",
    "[^a]",
    r"\bab\b",
    "a|b$",
    "",
    r"\Aa",
    r"b\z",
    "(?-m)^a$",
    "é.",
    "A",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_search_finds_what_a_look_at_each_row_finds(
        texts in prop::collection::vec("[abAé \n]{0,8}", 0..40),
        regex in 0..PATTERNS.len(),
        literal in "[abA ]{1,2}",
        sealed in 0_i64..40,
    ) {
        let mut buffer = Buffer::new(Bounds::default());
        for (number, text) in (0..).zip(&texts) {
            buffer.append(vec![event(number, text)]);
            if number == sealed {
                buffer.blocks.seal(&mut buffer.packer);
            }
        }
        for matcher in [Matcher::regex(PATTERNS[regex]).unwrap(), Matcher::literal(&literal).unwrap()] {
            let expected: Vec<String> = super::messages(&buffer).into_iter().filter(|text| matcher.is_match(text)).collect();
            look_for(&mut buffer, matcher.clone());
            prop_assert_eq!(hits(&buffer), expected.clone(), "{:?}", matcher);
            // The same, of rows that come while it is searched for.
            let mut second = Buffer::new(Bounds::default());
            let scan = second.search(Some(matcher));
            run(&mut second, scan);
            for (number, text) in (0..).zip(&texts) {
                second.append(vec![event(number, text)]);
            }
            prop_assert_eq!(hits(&second), expected);
        }
    }

    #[test]
    fn shares_in_any_order_find_what_a_look_at_each_row_finds(
        rows in prop::collection::vec((0_i64..500, "[abA ]{0,6}"), 0..200),
        literal in "[abA]{1,2}",
        per_block in 1_usize..5,
        workers in 1_usize..9,
        turns in prop::collection::vec(0_usize..8, 1..20),
    ) {
        let mut buffer = Buffer::new(Bounds::default());
        for (number, (after_ms, text)) in rows.iter().enumerate() {
            buffer.append(vec![event(*after_ms, text)]);
            if number % per_block == 0 {
                buffer.blocks.seal(&mut buffer.packer);
            }
        }
        let matcher = Matcher::literal(&literal).unwrap();
        let expected: Vec<String> = super::messages(&buffer).into_iter().filter(|text| matcher.is_match(text)).collect();
        let scan = buffer.search(Some(matcher)).unwrap();
        let end = scan.end();
        let mut shares = scan.start_shared(workers);
        let (mut found, mut turns) = (0, turns.into_iter().cycle());
        while !shares.is_empty() {
            let at = turns.next().unwrap_or(0) % shares.len();
            match shares[at].next_chunk() {
                Some(mut part) => {
                    part.is_last = false;
                    found += part.rows.len();
                    prop_assert!(buffer.found(&part));
                    prop_assert_eq!(buffer.hits().unwrap().len(), found);
                }
                None => drop(shares.remove(at)),
            }
        }
        prop_assert!(buffer.found(&end) && buffer.hits().unwrap().is_complete());
        prop_assert_eq!(hits(&buffer), expected);
    }
}
