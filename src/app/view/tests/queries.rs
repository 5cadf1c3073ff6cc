//! Pictures of the query screen, in every state it can be in.

use super::pictures::pictures;
use super::{draw, lines};
use crate::app::App;
use crate::app::fixture::logs::*;
use crate::app::fixture::query::*;
use crate::app::fixture::*;
use crate::effect::{JobReport, Msg, Problem, QueryReport};
use crate::logs::query::{MOST_ANSWER_ROWS, QueryProgress};
use crate::task::TaskId;

/// A query of two groups that runs.
fn running() -> (App, TaskId) {
    let mut app = ready(context());
    followed(&mut app, &["/ecs/alpha/gunicorn", "/ecs/alpha/beat"]);
    let task = run_query(&mut app);
    (app, task)
}

#[test]
fn a_query_before_it_is_asked() {
    let mut app = ready(context());
    followed(&mut app, &["/ecs/alpha/gunicorn", "/ecs/alpha/beat"]);
    press(&mut app, "Q");
    pictures("query-editor", &mut app, true);
    press(&mut app, "esc");
    pictures("query-unasked", &mut app, false);
    let mut app = ready(context());
    press(&mut app, "2 Q esc");
    let drawn = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(drawn.contains("No log group is chosen"), "{drawn}");
}

#[test]
fn a_query_that_runs_and_one_that_is_stopped() {
    let (mut app, task) = running();
    let progress = QueryReport::Progress(query_reading(37));
    app.update(Msg::Task(task, JobReport::Query(progress)));
    pictures("query-running", &mut app, false);
    press(&mut app, "X");
    let drawn = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(drawn.contains("Stopping ..."), "{drawn}");
    let broken = QueryProgress::Broken("Cancelled".to_owned());
    answer(&mut app, task, broken, event_rows());
    pictures("query-stopped", &mut app, false);
}

#[test]
fn rows_of_events() {
    let (mut app, task) = running();
    answer(&mut app, task, QueryProgress::Complete, event_rows());
    press(&mut app, "j l");
    pictures("query-events", &mut app, true);
    press(&mut app, "/");
    write(&mut app, "number 99");
    pictures("query-filtered", &mut app, false);
}

#[test]
fn counts_over_time_with_a_strip_and_bars() {
    let (mut app, task) = running();
    answer(&mut app, task, QueryProgress::Complete, count_rows());
    press(&mut app, "l s");
    pictures("query-counts", &mut app, true);
    let mut ascii = ready(crate::effect::AppContext {
        ascii: true,
        ..context()
    });
    followed(&mut ascii, &["/ecs/alpha/gunicorn"]);
    let task = run_query(&mut ascii);
    answer(&mut ascii, task, QueryProgress::Complete, count_rows());
    let drawn = lines(&draw(&mut ascii, 80, 24)).join("\n");
    assert!(drawn.is_ascii(), "{drawn}");
}

#[test]
fn no_row_a_failure_and_an_answer_that_may_be_cut() {
    let (mut app, task) = running();
    answer(&mut app, task, QueryProgress::Complete, Vec::new());
    pictures("query-empty", &mut app, false);
    let (mut app, task) = running();
    let why = "StartQuery of '/ecs/alpha/gunicorn' was refused: unexpected symbol found filtre (line 2, column 3, at 'filtre')";
    app.update(Msg::Task(task, JobReport::Failed(Problem::other(why))));
    pictures("query-failed", &mut app, false);
    let (mut app, task) = running();
    let rows = (0..MOST_ANSWER_ROWS).map(|number| answer_row(&[("n", &number.to_string())]));
    answer(&mut app, task, QueryProgress::Complete, rows.collect());
    let drawn = lines(&draw(&mut app, 80, 24)).join("\n");
    assert!(drawn.contains("10,000 rows. CUT:"), "{drawn}");
}

#[test]
fn queries_that_are_remembered() {
    let (mut app, _) = running();
    press(&mut app, "w");
    write(&mut app, "newest rows");
    press(&mut app, "enter o");
    pictures("queries", &mut app, false);
}

#[test]
fn what_an_answer_holds_does_not_reach_the_terminal_as_it_is() {
    let (mut app, task) = running();
    let row = answer_row(&[
        ("a\u{1b}[2Jb", "x\u{1b}]52;c;aGk=\u{7}y\u{202e}z"),
        ("@message", "one\r\ntwo\u{200b}\u{9b}31m"),
    ]);
    answer(&mut app, task, QueryProgress::Complete, vec![row]);
    for size in [(80, 24), (40, 12)] {
        let drawn = lines(&draw(&mut app, size.0, size.1)).join("\n");
        let is_harmless =
            |c: char| c == '\n' || !(c.is_control() || "\u{202e}\u{200b}".contains(c));
        assert!(drawn.chars().all(is_harmless), "{drawn:?}");
    }
}
