//! Where the reader is: following, held, moving.

use super::*;
use crate::effect::{Copied, Effect, Job, JobReport, Problem};
use crate::logs::{Marker, MarkerKind, Tailing};
use crate::panes::logs::tail::Phase;

#[test]
fn the_newest_rows_are_followed() {
    let (mut app, task) = following(100);
    assert_eq!(texts(&app).last(), Some(&"INFO request 99 answered"));
    events(&mut app, task, numbered(GROUP, 100..103));
    assert_eq!(texts(&app).last(), Some(&"INFO request 102 answered"));
    assert!(tail(&app).reader().is_following());
}

#[test]
fn pausing_holds_every_line_where_it_is_while_rows_come_before_and_after() {
    let (mut app, task) = following(100);
    let before: Vec<String> = texts(&app).into_iter().map(str::to_owned).collect();
    press(&mut app, "space");
    let late = event(GROUP, "web/2", 10_500, "INFO came late");
    events(&mut app, task, vec![late]);
    for round in 1..20 {
        events(
            &mut app,
            task,
            numbered(GROUP, round * 100..round * 100 + 100),
        );
        assert_eq!(texts(&app), before);
    }
    assert_eq!(tail(&app).new_rows(), 1_900);
    press(&mut app, "space");
    assert_eq!(texts(&app).last(), Some(&"INFO request 1999 answered"));
    assert_eq!(tail(&app).new_rows(), 0);
}

#[test]
fn moving_up_pauses_and_the_end_follows_again() {
    let (mut app, _) = following(100);
    press(&mut app, "k");
    assert!(!tail(&app).reader().is_following());
    assert_eq!(cursor(&app), "INFO request 98 answered");
    press(&mut app, "g");
    assert_eq!(cursor(&app), "INFO request 0 answered");
    assert_eq!(texts(&app)[0], "INFO request 0 answered");
    press(&mut app, "ctrl-d");
    let page = height(&app) - 1;
    assert!(texts(&app)[0].contains(&format!("request {page} answered")));
    press(&mut app, "ctrl-u j j");
    assert_eq!(cursor(&app), "INFO request 2 answered");
    assert_eq!(texts(&app)[0], "INFO request 0 answered");
    press(&mut app, "G");
    assert!(tail(&app).reader().is_following());
}

#[test]
fn the_cursor_is_always_on_the_screen() {
    let (mut app, _) = following(60);
    press(&mut app, "w k");
    for keys in [
        "g", "ctrl-d", "ctrl-d", "k", "k", "e", "e", "E", "]", "[", "G", "ctrl-u", "ctrl-u",
        "ctrl-u",
    ] {
        press(&mut app, keys);
        for size in [(80, 24), (40, 12), (120, 40)] {
            app.update(Msg::Resized(size.0, size.1));
            cursor(&app);
        }
    }
}

#[test]
fn errors_minutes_and_times_are_gone_to() {
    let (mut app, _) = following(200);
    press(&mut app, "g e");
    assert_eq!(cursor(&app), "ERROR request 7 answered");
    press(&mut app, "e E E");
    assert_eq!(cursor(&app), "ERROR request 7 answered");
    assert!(
        app.notices
            .current()
            .unwrap()
            .text
            .starts_with("No error above")
    );
    press(&mut app, "]");
    assert_eq!(cursor(&app), "INFO request 60 answered");
    press(&mut app, "j [ [");
    assert_eq!(cursor(&app), "INFO request 0 answered");
    press(&mut app, "@");
    write(&mut app, "10:12:05");
    press(&mut app, "enter");
    assert_eq!(cursor(&app), "INFO request 125 answered");
    press(&mut app, "@");
    write(&mut app, "soon");
    press(&mut app, "enter");
    assert!(app.prompt.as_ref().unwrap().error.is_some());
}

#[test]
fn a_time_before_the_first_row_says_how_to_load_it() {
    let (mut app, task) = following(20);
    press(&mut app, "@");
    write(&mut app, "09:00");
    press(&mut app, "enter");
    assert_eq!(cursor(&app), "INFO request 0 answered");
    let told = &app.notices.current().unwrap().text;
    let words = "The events here begin at 2026-11-21T10:10:00.000Z; L loads earlier ones.";
    assert_eq!(told, words);
    press(&mut app, "L");
    write(&mut app, "2030-01-01T00:00:00Z");
    press(&mut app, "enter");
    assert!(app.prompt.as_ref().unwrap().error.is_some());
    press(&mut app, "ctrl-u");
    write(&mut app, "09:00");
    let effects = press(&mut app, "enter");
    assert!(effects.contains(&Effect::Cancel(task)));
    let asked = jobs(&effects);
    let Job::Follow(wanted) = asked[0].1 else {
        panic!("{asked:?}");
    };
    assert_eq!(wanted.since, Some(at("2026-11-21T09:00:00Z")));
    assert_eq!(wanted.groups, [GROUP]);
}

#[test]
fn marks_are_gone_to_and_times_are_told_from_the_last_one() {
    let (mut app, _) = following(50);
    press(&mut app, "g m j j j m t t t");
    assert_eq!(tail(&app).reader().lines()[0].time, "-3.000s");
    assert_eq!(tail(&app).reader().lines()[4].time, "+1.000s");
    press(&mut app, "\"");
    assert_eq!(cursor(&app), "INFO request 0 answered");
    press(&mut app, "'");
    assert_eq!(cursor(&app), "INFO request 3 answered");
}

#[test]
fn wrapping_and_scrolling_stay_while_rows_come() {
    let (mut app, task) = following(5);
    let long = format!("INFO {}end", "x".repeat(300));
    events(&mut app, task, vec![event(GROUP, "web/1", 60_000, &long)]);
    press(&mut app, "l");
    events(&mut app, task, numbered(GROUP, 100..101));
    assert_eq!(tail(&app).reader().sideways(), 40);
    assert!(tail(&app).reader().is_following());
    press(&mut app, "h w");
    events(&mut app, task, numbered(GROUP, 101..102));
    assert!(texts(&app).iter().any(|text| text.ends_with("end")));
}

#[test]
fn a_copy_has_no_secret_in_it_unless_asked_for() {
    let (mut app, task) = following(1);
    let secret = "INFO key AKIAIOSFODNN7EXAMPLE used";
    events(&mut app, task, vec![event(GROUP, "web/1", 60_000, secret)]);
    let copied = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    let text = copied(press(&mut app, "y"));
    assert!(!text.contains("IOSFODNN7EXAMPLE"), "{text}");
    press(&mut app, "Y");
    assert_eq!(copied(press(&mut app, "y")), secret);
    press(&mut app, "k s k");
    assert_eq!(copied(press(&mut app, "y")).lines().count(), 1);
}

#[test]
fn a_copy_of_too_many_rows_says_what_it_left_out() {
    let (mut app, task) = following(1);
    events(&mut app, task, numbered(GROUP, 1..12_000));
    let effects = press(&mut app, "s g y");
    let [Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(text.lines().count(), 10_000);
    app.update(Msg::Copied(Copied::Clipboard));
    let told = &app.notices.current().unwrap().text;
    let words = "Copied only the first 10000 of 12000 events, the rest is too much: export it.";
    assert_eq!(told, words);
}

#[test]
fn a_copy_of_long_rows_is_no_longer_than_a_mebibyte() {
    let (mut app, task) = following(1);
    let long = "x".repeat(300_000);
    let rows = (0..6).map(|n| event(GROUP, "web/1", 60_000 + n, &long));
    events(&mut app, task, rows.collect());
    let effects = press(&mut app, "s k k k k y");
    let [Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(text.lines().count(), 3);
    app.update(Msg::Copied(Copied::Clipboard));
    let told = &app.notices.current().unwrap().text;
    assert!(told.contains("the first 3 of 5 events"), "{told}");
}

#[test]
fn an_error_far_away_is_looked_for_in_steps() {
    let (mut app, task) = following(8);
    let quiet = (0..60_000).map(|n| event(GROUP, "web/1", 10_000 + n, "INFO all is well"));
    events(&mut app, task, quiet.collect());
    press(&mut app, "E");
    assert_eq!(cursor(&app), "INFO all is well");
    let told = app.notices.current().unwrap().text.clone();
    assert_eq!(
        told,
        "No error in the 50000 events above; E looks on from here."
    );
    press(&mut app, "E");
    assert_eq!(cursor(&app), "ERROR request 7 answered");
}

#[test]
fn a_ruler_stands_between_the_rows() {
    let (mut app, task) = following(3);
    let time_ms = at("2026-11-21T10:10:01.500Z").as_millisecond();
    let marker = Marker {
        time_ms,
        kind: MarkerKind::Gap,
        text: "gap 00:00:07, refilling".to_owned(),
    };
    tell_tail(&mut app, task, Tailing::Marker(marker));
    assert_eq!(texts(&app)[2], "gap 00:00:07, refilling");
}

#[test]
fn the_first_paint_says_of_each_group_from_when_its_events_are() {
    let (mut app, task) = following(3);
    tell_tail(&mut app, task, Tailing::Opened);
    let words = "3 newest events, from 11-21 10:10:00 UTC; L loads earlier ones";
    assert_eq!(texts(&app)[0], format!("{GROUP}: {words}"));
    assert_eq!(tail(&app).rows().event_counts(), (3, 3));
}

#[test]
fn an_export_counts_a_gap_once_although_two_rulers_tell_of_it() {
    let (mut app, task) = following(3);
    for (ms, tells, text) in [
        (
            1_000,
            MarkerKind::Gap,
            "gap: the session was over; refilling",
        ),
        (
            2_000,
            MarkerKind::Filled,
            "gap 00:00:01 filled: 1 event recovered",
        ),
        (
            2_500,
            MarkerKind::Unchecked,
            "unchecked 00:00:09: too many events",
        ),
        (2_600, MarkerKind::Course, "session renewed"),
    ] {
        let marker = Marker {
            time_ms: at("2026-11-21T10:10:00Z").as_millisecond() + ms,
            kind: tells,
            text: text.to_owned(),
        };
        tell_tail(&mut app, task, Tailing::Marker(marker));
    }
    press(&mut app, "x");
    let effects = press(&mut app, "enter");
    let asked = jobs(&effects);
    let Job::ExportRows(export) = asked[0].1 else {
        panic!("{asked:?}");
    };
    let header = &export.header;
    assert!(header.contains("# gaps: 2 announced, 0 open"), "{header}");
}

#[test]
fn stopping_keeps_the_rows_and_refresh_follows_again() {
    let (mut app, task) = following(3);
    assert!(press(&mut app, "X").contains(&Effect::Cancel(task)));
    assert_eq!(*tail(&app).job().phase(), Phase::Stopped);
    assert_eq!(tail(&app).rows().count(), 3);
    let again = follow_task(&press(&mut app, "r"));
    assert_eq!(*tail(&app).job().phase(), Phase::Following(again));
}

#[test]
fn a_tail_that_fails_says_why_and_keeps_what_it_has() {
    let (mut app, task) = following(3);
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("AWS refused StartLiveTail.")),
    ));
    assert_eq!(tail(&app).rows().count(), 3);
    assert_eq!(
        app.notices.current().unwrap().text,
        "AWS refused StartLiveTail."
    );
}

#[test]
fn reports_of_a_tail_that_was_left_are_dropped() {
    let (mut app, task) = following(3);
    press(&mut app, "X r");
    events(&mut app, task, numbered(GROUP, 0..10));
    assert_eq!(tail(&app).rows().count(), 0);
}

#[test]
fn rows_are_new_until_they_were_on_the_screen() {
    let (mut app, task) = following(100);
    press(&mut app, "space");
    events(&mut app, task, numbered(GROUP, 100..200));
    assert_eq!(tail(&app).new_rows(), 100);
    press(&mut app, "ctrl-d");
    let left = 100 - (height(&app) - 1);
    assert_eq!(tail(&app).new_rows(), left);
    press(&mut app, "ctrl-u ctrl-u");
    assert_eq!(tail(&app).new_rows(), left);
    press(&mut app, "@");
    write(&mut app, "10:13:19");
    press(&mut app, "enter");
    assert_eq!(
        (tail(&app).new_rows(), tail(&app).reader().is_following()),
        (0, false)
    );
    events(&mut app, task, numbered(GROUP, 200..203));
    assert_eq!(tail(&app).new_rows(), 3);
}
