//! Pictures of the logs pane.

use super::pictures::pictures;
use super::{draw, lines};
use crate::app::App;
use crate::app::fixture::logs::*;
use crate::app::fixture::*;
use crate::effect::{Job, JobReport, Msg, Problem};
use crate::logs::statistics::{GroupFigures, LoadedEvents, Statistics};
use crate::logs::{Marker, MarkerKind, TailMode, TailStatus, Tailing};
use crate::task::TaskId;

const GROUP: &str = "/ecs/alpha/gunicorn";
const ID: &str = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";

fn tailing(groups: &[&str]) -> (App, TaskId) {
    let mut app = ready(context());
    let task = followed(&mut app, groups);
    (app, task)
}

/// Rows of every kind from two groups.
fn mixed() -> (App, TaskId) {
    let (mut app, task) = tailing(&[GROUP, "/ecs/alpha/beat"]);
    let json = r#"{"level":"warn","msg":"slow query","ms":1204,"table":"orders"}"#;
    let trace = "ERROR Traceback (most recent call last):\n  File \"app.py\", line 12, in view\n    raise ValueError(\"no order\")\nValueError: no order";
    let mut rows = numbered(GROUP, 0..12);
    rows.push(event(GROUP, "web/1", 12_300, json));
    rows.push(event(
        "/ecs/alpha/beat",
        "beat/1",
        12_500,
        "DEBUG Scheduler: sending due task tidy-up",
    ));
    rows.push(event(GROUP, "web/2", 13_000, trace));
    rows.push(event(
        GROUP,
        "web/2",
        13_500,
        "\u{1b}[32mGET\u{1b}[0m /orders 200 12ms 漢字 🚀",
    ));
    events(&mut app, task, rows);
    let time_ms = at("2026-11-21T10:10:12.400Z").as_millisecond();
    let marker = Marker {
        time_ms,
        kind: MarkerKind::Gap,
        text: "gap 00:00:07, refilling".to_owned(),
    };
    tell_tail(&mut app, task, Tailing::Marker(marker));
    tell_tail(&mut app, task, Tailing::Status(tail_status(TailMode::Live)));
    (app, task)
}

#[test]
fn groups_to_choose_from() {
    let mut app = ready(context());
    let effects = press(&mut app, "2");
    pictures("groups-listing", &mut app, false);
    let (id, _) = *jobs(&effects).last().unwrap();
    let why = "AWS refused DescribeLogGroups: AccessDeniedException: not authorized.";
    app.update(Msg::Task(id, JobReport::Failed(Problem::other(why))));
    pictures("groups-failed", &mut app, false);
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space w");
    write(&mut app, "hashes");
    press(&mut app, "enter j j");
    pictures("groups", &mut app, true);
    press(&mut app, "/");
    write(&mut app, "ecs beat");
    pictures("groups-filtered", &mut app, false);
}

#[test]
fn no_group_at_all() {
    let mut app = ready(context());
    for (id, _) in jobs(&press(&mut app, "2")) {
        app.update(Msg::Task(id, JobReport::Done));
    }
    pictures("groups-none", &mut app, false);
}

#[test]
fn a_tail_before_its_first_row() {
    let (mut app, task) = tailing(&[GROUP]);
    pictures("tail-connecting", &mut app, false);
    tell_tail(
        &mut app,
        task,
        Tailing::Status(TailStatus {
            rate: 0.0,
            lag_ms: None,
            recovered: 0,
            ..tail_status(TailMode::Live)
        }),
    );
    pictures("tail-empty", &mut app, false);
    let why = "The credentials have expired; log in again (aws sso login), and the tail goes on where it was.";
    tell_tail(
        &mut app,
        task,
        Tailing::Status(tail_status(TailMode::Waiting(why.into()))),
    );
    pictures("tail-expired", &mut app, false);
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other(
            "AWS refused FilterLogEvents for '/ecs/alpha/gunicorn': AccessDeniedException.",
        )),
    ));
    pictures("tail-denied", &mut app, false);
}

#[test]
fn what_to_do_about_credentials_is_told_whole_beside_the_rows() {
    let (mut app, task) = mixed();
    let why = "FilterLogEvents of '/ecs/alpha/gunicorn' failed: the AWS credentials are not valid any more; log in again (aws sso login), and the tail goes on where it was";
    let waiting = tail_status(TailMode::Waiting(why.into()));
    tell_tail(&mut app, task, Tailing::Status(waiting));
    pictures("tail-waiting", &mut app, false);
    let drawn = lines(&draw(&mut app, 80, 24)).join(" ");
    let words: Vec<&str> = drawn.split_whitespace().collect();
    assert!(words.join(" ").contains(why));
    assert!(drawn.contains("Traceback"));
}

#[test]
fn a_group_no_session_can_follow_says_so() {
    let mut app = ready(context());
    let effects = press(&mut app, "2");
    let (id, _) = *jobs(&effects).last().unwrap();
    let mut groups = groups();
    groups[0].class = crate::logs::LogClass::InfrequentAccess;
    app.update(Msg::Task(id, JobReport::Groups(groups)));
    app.update(Msg::Task(id, JobReport::Done));
    let drawn = lines(&draw(&mut app, 80, 24)).join("\n");
    assert_eq!(drawn.matches("(infrequent access)").count(), 1);
}

#[test]
fn a_tail_with_rows() {
    let (mut app, task) = mixed();
    pictures("tail", &mut app, true);
    tell_tail(
        &mut app,
        task,
        Tailing::Status(tail_status(TailMode::Polling(
            "StartLiveTail is not allowed".into(),
        ))),
    );
    press(&mut app, "k k m");
    events(&mut app, task, numbered(GROUP, 60..90));
    pictures("tail-paused", &mut app, true);
    press(&mut app, "w");
    pictures("tail-wrapped", &mut app, false);
    press(&mut app, "w l t");
    pictures("tail-sideways", &mut app, false);
    app.update(Msg::Task(task, JobReport::Done));
    pictures("tail-ended", &mut app, false);
}

#[test]
fn a_search_and_filters() {
    let (mut app, _) = mixed();
    press(&mut app, "/");
    let effects = write(&mut app, "request 1");
    scan(&mut app, &effects);
    pictures("tail-searching", &mut app, false);
    press(&mut app, "enter F");
    write(&mut app, "level>=error");
    let effects = press(&mut app, "enter");
    scan(&mut app, &effects);
    pictures("tail-filtered", &mut app, false);
    press(&mut app, "v");
    pictures("filters", &mut app, false);
}

#[test]
fn invocations_folded_and_unfolded() {
    let group = "/aws/lambda/hash-bun";
    let (mut app, task) = tailing(&[group]);
    for number in 0..4 {
        let id = format!("{number}f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f");
        events(&mut app, task, invocation(group, "a", number * 400, &id));
    }
    let mut last = invocation(group, "a", 9_000, "9f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f");
    last.truncate(2);
    events(&mut app, task, last);
    press(&mut app, "k k enter");
    pictures("tail-invocations", &mut app, true);
}

#[test]
fn one_event() {
    let (mut app, task) = tailing(&[GROUP]);
    let json = r#"{"level":"error","user":{"id":7,"roles":["admin","ops"]},"stack":"ValueError: no order\n  at view\n  at main","ms":12.5}"#;
    events(&mut app, task, vec![event(GROUP, "web/1", 0, json)]);
    press(&mut app, "enter j j j");
    pictures("event", &mut app, true);
    press(&mut app, "space");
    pictures("event-folded", &mut app, false);
}

#[test]
fn a_very_long_line_and_a_long_trace_are_drawn_at_every_size() {
    let (mut app, task) = tailing(&[GROUP]);
    let long = "x".repeat(200_000);
    let trace = "  at f (x.js:1:2)\n".repeat(5_000);
    events(
        &mut app,
        task,
        vec![
            event(GROUP, "web/1", 0, &long),
            event(GROUP, "web/1", 1, &trace),
            event(GROUP, "web/1", 2, ""),
        ],
    );
    for keys in [
        "", "w", "k", "enter", "w", "l l", "G", "[", "w", "esc", "k k",
    ] {
        press(&mut app, keys);
        for columns in [1, 40, 41, 59, 60, 80, 130] {
            for rows in [1, 12, 13, 24, 50] {
                super::draw(&mut app, columns, rows);
            }
        }
    }
}

#[test]
fn only_ascii_is_drawn_where_only_ascii_can_be() {
    let mut context = context();
    context.ascii = true;
    let mut app = ready(context);
    let task = followed(&mut app, &[GROUP]);
    events(&mut app, task, numbered(GROUP, 0..9));
    press(&mut app, "k m j");
    let picture = super::lines(&super::draw(&mut app, 80, 24)).join("\n");
    assert!(picture.is_ascii(), "{picture}");
    insta::assert_snapshot!("tail-ascii-80x24", picture);
}

#[test]
fn statistics_side_by_side() {
    let (mut app, _) = tailing(&[
        "/aws/lambda/hash-bun",
        "/aws/lambda/snap",
        "/aws/lambda/gone",
    ]);
    let effects = press(&mut app, "S");
    let counting: Vec<TaskId> = jobs(&effects).iter().map(|(id, _)| *id).collect();
    pictures("statistics-counting", &mut app, false);
    let mut statistics = Statistics::new();
    for (ms, id) in [(0, ID), (1_000, "11111111-0c1e-4b57-9d3a-0f6c1c2d3e4f")] {
        for event in invocation("/aws/lambda/hash-bun", "s", ms, id) {
            statistics.take(&event.stream, &event.message, event.time_ms);
        }
    }
    let counted = JobReport::Counted(GroupFigures::Invocations(Box::new(statistics.summary())));
    app.update(Msg::Task(counting[0], counted));
    let progress = JobReport::Counting {
        events: 1_200,
        reached_ms: None,
    };
    app.update(Msg::Task(counting[1], progress));
    let why = "'/aws/lambda/gone' is not there any more.";
    app.update(Msg::Task(
        counting[2],
        JobReport::Failed(Problem::other(why)),
    ));
    pictures("statistics", &mut app, false);
    press(&mut app, "G");
    pictures("statistics-end", &mut app, false);
}

#[test]
fn patterns_of_messages() {
    let (mut app, task) = tailing(&[GROUP, "/aws/lambda/snap"]);
    events(&mut app, task, numbered(GROUP, 0..400));
    let late = event(GROUP, "web/1", 500_000, "WARN disk /dev/sda1 is full");
    events(&mut app, task, vec![late]);
    press(&mut app, "P");
    pictures("patterns-folding", &mut app, false);
    press(&mut app, "c");
    write(&mut app, "2026-11-21T10:15:00Z");
    let effects = press(&mut app, "enter");
    for (id, job) in jobs(&effects) {
        if let Job::FoldMessages(rows, split_ms) = job {
            let mut groups = LoadedEvents::new(rows, *split_ms);
            for (row, raw) in rows.rows() {
                groups.take(&row, &raw);
            }
            app.update(Msg::Task(id, JobReport::Folded(groups.summaries())));
        }
    }
    pictures("patterns", &mut app, true);
}

#[test]
fn lines_there_is_no_room_for_are_counted_where_all_were_read() {
    let (mut app, task) = tailing(&[GROUP]);
    events(
        &mut app,
        task,
        vec![event(GROUP, "web/1", 0, &"y".repeat(3_000))],
    );
    press(&mut app, "w");
    let drawn = lines(&draw(&mut app, 80, 24));
    let shown = drawn.iter().filter(|line| line.contains("yyy"));
    let columns = drawn.iter().map(|line| line.matches('y').count()).max();
    let left = 3_000_usize.div_ceil(columns.unwrap()) - shown.count();
    let words = format!("... {left} more lines; enter shows all");
    assert!(drawn.join("\n").contains(&words), "{words} {drawn:#?}");
    let long = event(GROUP, "web/1", 1, &"x".repeat(200_082));
    events(&mut app, task, vec![long]);
    let drawn = lines(&draw(&mut app, 80, 24));
    let last = drawn.iter().rfind(|line| line.contains("...")).unwrap();
    assert!(
        last.trim_end().ends_with("... more; enter shows all"),
        "{drawn:#?}"
    );
}

#[test]
fn a_row_that_is_cut_at_the_right_ends_with_a_sign() {
    for (ascii, sign) in [(false, "›"), (true, ">")] {
        let mut context = context();
        context.ascii = ascii;
        let mut app = ready(context);
        let task = followed(&mut app, &[GROUP]);
        let long = event(GROUP, "web/1", 0, &"x".repeat(100));
        let wide = event(GROUP, "web/1", 1, &"漢".repeat(100));
        events(
            &mut app,
            task,
            vec![long, wide, event(GROUP, "web/1", 2, "short")],
        );
        let ends = |app: &mut App| {
            let drawn = lines(&draw(app, 80, 24));
            let rows = drawn.iter().filter(|line| line.contains("10:10:00"));
            rows.map(|line| line.trim_end().ends_with(sign))
                .collect::<Vec<_>>()
        };
        assert_eq!(ends(&mut app), [true, true, false]);
        press(&mut app, "l");
        assert_eq!(ends(&mut app), [false, true, false]);
        press(&mut app, "w");
        assert!(!ends(&mut app).contains(&true));
    }
}

#[test]
fn a_group_that_only_queries_read_says_so_once_in_the_statistics() {
    let (mut app, _) = tailing(&["/demo/archive"]);
    let effects = press(&mut app, "S");
    let (id, _) = jobs(&effects)[0];
    let why = Problem::other("Nothing else reads it: Q asks Logs Insights.");
    app.update(Msg::Task(id, JobReport::Failed(why)));
    let screen = lines(&draw(&mut app, 80, 24)).join("\n");
    assert_eq!(
        screen.matches("Nothing else reads it").count(),
        1,
        "{screen}"
    );
    assert!(!screen.contains("failed"), "{screen}");
}
