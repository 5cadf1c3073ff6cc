//! Search and filters.

use super::*;
use crate::effect::Job;

#[test]
fn a_search_counts_while_it_is_typed_and_goes_to_a_match() {
    let (mut app, _) = following(100);
    press(&mut app, "/");
    let effects = write(&mut app, "request 4");
    scan(&mut app, &effects);
    let matches = tail(&app).matches().unwrap();
    assert_eq!(
        (matches.count, matches.is_complete, matches.number),
        (11, true, None)
    );
    press(&mut app, "enter");
    assert_eq!(cursor(&app), "INFO request 49 answered");
    press(&mut app, "N");
    assert_eq!(cursor(&app), "INFO request 48 answered");
    assert_eq!(tail(&app).matches().unwrap().number, Some(10));
    press(&mut app, "n n");
    assert_eq!(app.notices.current().unwrap().text, "No match below.");
    press(&mut app, "esc esc");
    assert_eq!(tail(&app).matches(), None);
}

#[test]
fn what_was_found_is_marked_on_the_screen() {
    let (mut app, _) = following(3);
    submit(&mut app, "/", "requ.st");
    let line = &tail(&app).reader().lines()[0];
    assert_eq!(&line.text[line.found[0].0.clone()], "request");
}

#[test]
fn a_search_that_is_no_expression_says_so_while_it_is_typed() {
    let (mut app, _) = following(3);
    press(&mut app, "/");
    write(&mut app, "(a");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.contains("no regular expression"), "{error}");
}

#[test]
fn filters_stack_and_each_can_be_switched() {
    let (mut app, _) = following(100);
    submit(&mut app, "f", "request [0-9]$|answered");
    submit(&mut app, "f", "level>=error");
    assert_eq!(tail(&app).rows().visible().len(), 10);
    submit(&mut app, "F", "request 97");
    assert_eq!(tail(&app).rows().visible().len(), 9);
    let effects = press(&mut app, "v G space");
    scan(&mut app, &effects);
    assert_eq!(tail(&app).rows().visible().len(), 10);
    let effects = press(&mut app, "esc V");
    scan(&mut app, &effects);
    assert_eq!(tail(&app).rows().visible().len(), 100);
    let effects = press(&mut app, "V");
    scan(&mut app, &effects);
    assert_eq!(
        (
            tail(&app).rows().visible().len(),
            tail(&app).filters().list().len()
        ),
        (10, 3)
    );
}

#[test]
fn filters_hold_for_rows_that_come_and_keep_the_reader_near() {
    let (mut app, task) = following(100);
    press(&mut app, "g j j j");
    submit(&mut app, "f", "ERROR");
    assert_eq!(cursor(&app), "ERROR request 7 answered");
    events(&mut app, task, numbered(GROUP, 100..120));
    assert_eq!(tail(&app).rows().visible().len(), 12);
    assert_eq!(cursor(&app), "ERROR request 7 answered");
}

#[test]
fn a_filter_is_edited_in_its_place() {
    let (mut app, _) = following(100);
    submit(&mut app, "f", "request 1");
    press(&mut app, "v enter");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "request 1");
    press(&mut app, "backspace");
    let mut effects = write(&mut app, "99");
    effects.extend(press(&mut app, "enter"));
    scan(&mut app, &effects);
    assert_eq!(
        (
            tail(&app).filters().list().len(),
            tail(&app).rows().visible().len()
        ),
        (1, 1)
    );
}

#[test]
fn the_context_of_a_match_is_its_stream_and_the_way_back() {
    let (mut app, task) = following(20);
    let other = (0..5)
        .map(|n| event(GROUP, "web/2", 2_100 + n, "INFO other"))
        .collect();
    events(&mut app, task, other);
    submit(&mut app, "f", "other");
    let effects = press(&mut app, "k c");
    scan(&mut app, &effects);
    assert!(tail(&app).filters().is_in_context());
    assert_eq!(texts(&app), ["INFO other"; 5]);
    let effects = press(&mut app, "esc");
    scan(&mut app, &effects);
    assert_eq!(tail(&app).rows().visible().len(), 5);
    assert!(!tail(&app).filters().is_in_context());
}

#[test]
fn the_server_pattern_is_checked_and_begins_the_tail_anew() {
    let (mut app, task) = following(20);
    press(&mut app, "p");
    write(&mut app, "{ $.level = ");
    assert!(app.prompt.as_ref().unwrap().error.is_some());
    press(&mut app, "enter");
    assert_eq!(app.prompt.as_ref().unwrap().title, "Pattern");
    press(&mut app, "ctrl-u");
    write(&mut app, "ERROR");
    let effects = press(&mut app, "enter");
    assert!(effects.contains(&crate::effect::Effect::Cancel(task)));
    let asked = jobs(&effects);
    let Job::Follow(wanted) = asked[0].1 else {
        panic!("{asked:?}");
    };
    assert_eq!(wanted.pattern, "ERROR");
}

#[test]
fn a_server_pattern_that_is_not_understood_is_sent_when_it_is_submitted_again() {
    let (mut app, _) = following(20);
    press(&mut app, "p");
    write(&mut app, "foo-bar");
    press(&mut app, "enter");
    let error = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(error.starts_with("enter again sends it"), "{error}");
    write(&mut app, "!");
    let effects = press(&mut app, "enter");
    assert!(jobs(&effects).is_empty() && app.prompt.is_some());
    let effects = press(&mut app, "enter");
    assert!(app.prompt.is_none());
    let Job::Follow(wanted) = jobs(&effects)[0].1 else {
        panic!("{effects:?}");
    };
    assert_eq!(wanted.pattern, "foo-bar!");
}

#[test]
fn an_event_is_opened_and_filtered_by_one_of_its_values() {
    let (mut app, task) = following(1);
    let json = r#"{"level":"WARN","user":{"id":7},"msg":"slow"}"#;
    events(&mut app, task, vec![event(GROUP, "web/1", 90_000, json)]);
    assert_eq!(texts(&app).last(), Some(&"slow user={...}"));
    press(&mut app, "enter j j j");
    let effects = press(&mut app, "p");
    assert_eq!(effects, [crate::effect::Effect::Copy("$.user.id".into())]);
    let effects = press(&mut app, "f");
    scan(&mut app, &effects);
    assert_eq!(tail(&app).rows().visible().len(), 1);
    assert_eq!(texts(&app), ["slow user={...}"]);
}

#[test]
fn a_pattern_the_service_reads_differently_is_warned_of_and_taken() {
    let (mut app, _) = following(1);
    press(&mut app, "p");
    write(&mut app, "?WARN ERROR");
    let warning = app.prompt.as_ref().unwrap().error.clone().unwrap();
    assert!(warning.contains("ignores ?terms"), "{warning}");
    press(&mut app, "enter");
    assert!(app.prompt.is_none());
    assert_eq!(tail(&app).job().target().pattern, "?WARN ERROR");
}

#[test]
fn a_search_begins_without_the_words_of_the_one_before() {
    let (mut app, _) = following(100);
    submit(&mut app, "/", "request 4");
    press(&mut app, "/");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "");
    write(&mut app, "request 9");
    press(&mut app, "enter");
    assert_eq!(tail(&app).matches().unwrap().pattern, "request 9");
}

/// The columns left of the screen, and whether each match on it is whole.
fn seen(app: &App, words: &str) -> (usize, bool) {
    let lines = tail(app).reader().lines().iter();
    let cursor = tail(app).reader().cursor().unwrap();
    let line = lines.clone().find(|line| line.spot == cursor).unwrap();
    let found = line.found.iter();
    let is_whole = found
        .clone()
        .any(|(found, _)| &line.text[found.clone()] == words);
    (tail(app).reader().sideways(), is_whole)
}

#[test]
fn a_match_out_of_sight_on_either_side_comes_onto_the_screen() {
    let (mut app, task) = following(3);
    let words = "Task timed out";
    let far = format!(
        "INFO {} {words} after 3 s {}",
        "x".repeat(200),
        "y".repeat(200)
    );
    let near = format!("{words} {}", "z".repeat(300));
    let rows = [near, far];
    let rows = (0..)
        .zip(rows)
        .map(|(n, text)| event(GROUP, "web/1", 60_000 + n, &text));
    events(&mut app, task, rows.collect());
    submit(&mut app, "/", words);
    let (sideways, is_whole) = seen(&app, words);
    assert!(
        is_whole && sideways > 150 && sideways < 206 - 10,
        "{sideways}"
    );
    assert!(texts(&app).iter().any(|text| text.ends_with("yyy")));
    press(&mut app, "N");
    assert_eq!(seen(&app, words), (0, true));
    press(&mut app, "n");
    assert_eq!(seen(&app, words), (sideways, true));
    press(&mut app, "h N");
    assert_eq!(seen(&app, words), (0, true));
}

#[test]
fn the_screen_stays_where_a_match_is_on_it() {
    let (mut app, task) = following(3);
    let text = format!("{}request 8 answered{}", "x".repeat(70), "y".repeat(200));
    events(&mut app, task, vec![event(GROUP, "web/1", 60_000, &text)]);
    press(&mut app, "l k");
    let before = tail(&app).reader().sideways();
    submit(&mut app, "/", "request 8");
    assert_eq!(seen(&app, "request 8"), (before, true));
    press(&mut app, "w h h h n");
    assert_eq!(tail(&app).reader().sideways(), 0);
}
