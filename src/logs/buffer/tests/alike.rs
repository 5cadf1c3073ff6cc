//! Alike neighbours: the rows that lead are those a plain look at each row and the one above it finds.

use std::sync::Arc;

use proptest::prelude::*;

use super::{buffer, event, run, set, texts};
use crate::logs::LogEvent;
use crate::logs::buffer::{Bounds, Buffer, Filter, FilterCondition, LeadsAmong, Matcher, RowId};

fn look_alike(buffer: &mut Buffer, among: LeadsAmong) {
    let scan = buffer.look_alike(Some(among));
    run(buffer, scan);
}

fn leads(buffer: &Buffer) -> Vec<String> {
    let (leads, _) = buffer.leads().unwrap();
    texts(buffer, &leads.ids(0..leads.len()))
}

/// An event of a group that is of no function.
fn plain(after_ms: i64, message: &str) -> LogEvent {
    LogEvent {
        group: Arc::from("/ecs/web"),
        ..event(after_ms, message)
    }
}

#[test]
fn a_row_that_is_alike_to_the_one_above_it_does_not_lead() {
    let mut buffer = buffer(vec![
        plain(0, "took 1 ms"),
        plain(1, "took 2 ms"),
        plain(2, "ERROR took 3 ms"),
        event(3, "ERROR took 3 ms"),
        plain(4, "took 4 ms"),
    ]);
    assert!(buffer.leads().is_none());
    look_alike(&mut buffer, LeadsAmong::Visible);
    let all = [
        "took 1 ms",
        "ERROR took 3 ms",
        "ERROR took 3 ms",
        "took 4 ms",
    ];
    assert_eq!(leads(&buffer), all, "another group is not alike");
    buffer.append(vec![plain(5, "took 5 ms"), plain(6, "done")]);
    assert_eq!(leads(&buffer).len(), 5);
    assert_eq!(buffer.look_alike(None), None);
    assert!(buffer.leads().is_none());
}

#[test]
fn a_late_row_parts_a_run_and_hiding_it_joins_it_again() {
    let mut buffer = buffer(vec![plain(0, "a 1"), plain(10, "a 2"), plain(20, "a 3")]);
    look_alike(&mut buffer, LeadsAmong::Shown);
    assert_eq!(leads(&buffer), ["a 1"]);
    let late = buffer.append(vec![plain(15, "b")]).rows[0].0;
    assert_eq!(leads(&buffer), ["a 1", "b", "a 3"]);
    buffer.hide(late, true);
    assert_eq!(leads(&buffer), ["a 1"]);
    buffer.hide(late, false);
    assert_eq!(leads(&buffer), ["a 1", "b", "a 3"]);
}

#[test]
fn rows_of_a_function_may_stand_for_invocations_and_join_only_where_none_is_hidden() {
    let mut buffer = buffer(vec![
        event(0, "a 1"),
        event(1, "a 2"),
        event(2, "START RequestId: x"),
    ]);
    buffer.append(vec![event(3, "START RequestId: x")]);
    look_alike(&mut buffer, LeadsAmong::Shown);
    assert_eq!(leads(&buffer).len(), 4);
    look_alike(&mut buffer, LeadsAmong::Visible);
    assert_eq!(
        leads(&buffer).len(),
        3,
        "records of the platform are never alike"
    );
}

/// The rows that lead, found by a plain look.
fn plainly(buffer: &Buffer) -> Vec<RowId> {
    let rows = buffer.visible();
    let ids = rows.ids(0..rows.len());
    let text = |row: RowId| buffer.text(row).unwrap();
    let says = |row: RowId| text(row).replace(|c: char| c.is_ascii_digit(), "");
    let leads = |at: &usize| *at == 0 || says(ids[*at - 1]) != says(ids[*at]);
    (0..ids.len()).filter(leads).map(|at| ids[at]).collect()
}

proptest! {
    #[test]
    fn what_is_kept_up_to_date_is_what_a_plain_look_finds(
        rows in prop::collection::vec((0..400_i64, 0..3_u8), 1..120),
        looked_at in 0_usize..60,
        ends_at in 0_usize..60,
        filters: bool,
        most in 20_usize..200,
    ) {
        let mut buffer = Buffer::new(Bounds { rows: most, ..Bounds::default() });
        let mut scan = None;
        for (at, (after_ms, word)) in rows.iter().enumerate() {
            if at == looked_at {
                if filters {
                    let condition = FilterCondition::Text(Matcher::regex("[xz]").unwrap());
                    set(&mut buffer, vec![Filter { condition, leaves_out: false, is_on: true }]);
                }
                scan = buffer.look_alike(Some(LeadsAmong::Visible));
            }
            if at == looked_at + ends_at {
                run(&mut buffer, scan.take());
            }
            let word = ["x", "y", "z"][usize::from(*word)];
            buffer.append(vec![plain(*after_ms, &format!("{word} {at}"))]);
        }
        run(&mut buffer, scan);
        if let Some((leads, _)) = buffer.leads() {
            prop_assert_eq!(leads.ids(0..leads.len()), plainly(&buffer));
        }
    }
}
