//! Terms set apart, the histogram's cursor, where the reader is, and when rows were taken in.

use super::*;
use crate::panes::logs::tail::SetApart;

/// What is set apart in the last line, and how.
fn apart(app: &App) -> Vec<(&str, SetApart)> {
    let line = tail(app).reader().lines().last().unwrap();
    let found = line.found.iter();
    found
        .map(|(range, apart)| (&line.text[range.clone()], *apart))
        .collect()
}

#[test]
fn terms_are_highlighted_beside_the_search_until_they_are_typed_again() {
    let (mut app, _) = following(3);
    submit(&mut app, "#", "request");
    submit(&mut app, "#", "2 answered");
    submit(&mut app, "/", "info");
    let expected = [
        ("INFO", SetApart::Search),
        ("request", SetApart::Term(0)),
        ("2 answered", SetApart::Term(1)),
    ];
    assert_eq!(apart(&app), expected);
    submit(&mut app, "#", "request");
    assert_eq!(apart(&app).len(), 2);
    submit(&mut app, "#", "");
    assert_eq!(apart(&app), [("INFO", SetApart::Search)]);
}

#[test]
fn a_value_is_highlighted_from_its_event() {
    let (mut app, _) = following(3);
    press(&mut app, "enter #");
    assert_eq!(
        app.notices.current().unwrap().text,
        "The value is highlighted in the tail."
    );
    press(&mut app, "esc esc");
    assert_eq!(
        apart(&app),
        [("INFO request 2 answered", SetApart::Term(0))]
    );
}

#[test]
fn the_histogram_has_a_cursor_that_goes_to_a_time() {
    let (mut app, _) = following(60);
    press(&mut app, "B h h");
    assert!(tail(&app).reader().is_on_histogram() && tail(&app).reader().is_following());
    let strip = tail(&app).reader().histogram_strip();
    let column = strip.cursor.unwrap();
    assert_eq!(column + 3, strip.bars.len());
    assert_eq!(strip.counts(column).total(), 1);
    press(&mut app, "enter");
    assert!(!tail(&app).reader().is_on_histogram());
    assert_eq!(cursor(&app), "ERROR request 57 answered");
    press(&mut app, "B h esc");
    assert_eq!(cursor(&app), "ERROR request 57 answered");
    assert_eq!(tail(&app).reader().sideways(), 0);
}

#[test]
fn a_held_reader_is_told_where_they_are() {
    let (mut app, _) = following(100);
    assert_eq!(tail(&app).place(), None);
    press(&mut app, "g j");
    let start = at("2026-11-21T10:10:00Z").as_millisecond();
    assert_eq!(tail(&app).place(), Some((2, 100, Some(start))));
}

#[test]
fn a_key_shows_how_late_rows_were_taken_in() {
    let (mut app, _) = following(3);
    press(&mut app, "D");
    let time = &tail(&app).reader().lines()[0].time;
    assert!(time.ends_with(" +0.200s"), "{time:?}");
    assert_eq!(tail(&app).gutters().0, time.chars().count());
    press(&mut app, "t t t D");
    assert_eq!(tail(&app).gutters().0, 0);
}

#[test]
fn a_filter_that_is_set_while_paused_fills_the_screen() {
    let (mut app, _) = following(400);
    press(&mut app, "g ctrl-d");
    submit(&mut app, "f", "request [0-9]*[02468] ");
    assert_eq!(texts(&app).len(), height(&app));
    let row = tail(&app).place().unwrap().0;
    assert!(
        (8..12).contains(&row),
        "the reader is near where they were: row {row}"
    );
    submit(&mut app, "f", "level>=error|nothing");
    press_and_scan(&mut app, "v d esc");
    assert_eq!(texts(&app).len(), height(&app));
}
