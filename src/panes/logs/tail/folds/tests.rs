//! What is known of invocations, and that it is forgotten.

use super::*;
use crate::app::fixture::logs::invocation;

const LAMBDA: &str = "/aws/lambda/hash-bun";

/// Takes invocations of four lines each, from a row on; tells what is hidden and shown.
fn take(folds: &mut Folds, from: u64, count: u64) -> Vec<FoldChange> {
    let mut changes = Vec::new();
    let mut row = from;
    for number in 0..count {
        let id = format!("8f5b1c9e-0c1e-4b57-9d3a-{:012x}", from + number);
        for event in invocation(LAMBDA, "a", i64::try_from(number * 10).unwrap(), &id) {
            folds.take(RowId::from_number(row), &event, &mut changes);
            row += 1;
        }
    }
    changes
}

fn row(number: u64) -> RowId {
    RowId::from_number(number)
}

#[test]
fn every_row_but_the_first_is_hidden() {
    let mut folds = Folds::new(1);
    let changes = take(&mut folds, 100, 2);
    let hidden: Vec<u64> = changes.iter().map(|it| it.row.number()).collect();
    assert_eq!(hidden, [101, 102, 103, 105, 106, 107]);
    assert!(changes.iter().all(|it| it.hidden));
    assert_eq!(folds.head(row(107)), Some(row(104)));
    assert_eq!(folds.beside(row(106), -1), Some(row(105)));
    assert_eq!(folds.beside(row(107), 1), None);
    assert_eq!(folds.last(row(104)), Some(row(107)));
}

#[test]
fn nothing_is_kept_of_rows_that_were_dropped() {
    let mut folds = Folds::new(1);
    for round in 0..200 {
        take(&mut folds, round * 400, 100);
        let mut changes = Vec::new();
        folds.forget(
            std::slice::from_ref(&(round * 400..round * 400 + 400)),
            &mut changes,
        );
        assert_eq!(changes.iter().filter(|it| it.hidden).count(), 0);
    }
    assert_eq!((folds.known.len(), folds.owners.len()), (0, 0));
    assert!(folds.groups.values().all(|group| group.numbers.is_empty()));
}

#[test]
fn rows_that_came_early_and_stand_late_stay_known_when_later_ones_are_dropped() {
    let mut folds = Folds::new(1);
    take(&mut folds, 0, 30);
    // History came last and is dropped first: it is the oldest by time.
    folds.forget(std::slice::from_ref(&(40..120)), &mut Vec::new());
    assert_eq!(folds.head(row(39)), Some(row(36)));
    assert_eq!(folds.head(row(40)), None);
    assert_eq!(folds.known.len(), 10);
    folds.forget(std::slice::from_ref(&(0..40)), &mut Vec::new());
    assert_eq!((folds.known.len(), folds.owners.len()), (0, 0));
}

#[test]
fn the_next_row_stands_for_an_invocation_whose_first_was_dropped() {
    let mut folds = Folds::new(1);
    take(&mut folds, 0, 1);
    let mut changes = Vec::new();
    folds.forget(std::slice::from_ref(&(0..2)), &mut changes);
    let shown = FoldChange {
        row: row(2),
        hidden: false,
    };
    assert_eq!(changes.last(), Some(&shown));
    assert_eq!(folds.head(row(3)), Some(row(2)));
    assert!(folds.heads(row(2)).is_some());
}

#[test]
fn rows_of_invocations_there_is_no_room_for_stand_for_themselves() {
    let mut folds = Folds::new(50);
    let changes = take(&mut folds, 0, LEAST as u64 + 10);
    assert_eq!(folds.known.len(), LEAST);
    let shown = changes.iter().filter(|it| !it.hidden);
    assert_eq!(shown.count(), 30);
    assert_eq!(folds.head(row(3)), None);
    assert_eq!(folds.head(row(43)), Some(row(40)));
}
