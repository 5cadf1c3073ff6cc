//! The list of runs: its order, its filter, its notes, and all of its columns.

use crate::app::App;
use crate::app::fixture::*;
use crate::effect::{Job, JobReport, Msg, Problem};
use crate::power::RunOrder;

fn names(app: &App) -> Vec<&str> {
    let entries = app.panes.tuning.runs.entries();
    entries.map(|entry| entry.run.name.as_str()).collect()
}

fn with_runs() -> App {
    ready_with(context(), &runs(), &[])
}

#[test]
fn the_order_of_the_saved_runs_is_switched() {
    let mut app = with_runs();
    assert_eq!(
        names(&app)[..2],
        ["dynamodb-reads", "checkout-api-production"]
    );
    press(&mut app, "o");
    assert_eq!(app.panes.tuning.runs.library.order(), RunOrder::Name);
    assert_eq!(app.notices.current().unwrap().text, "Runs by name.");
    // The examples keep theirs.
    assert_eq!(
        names(&app)[..3],
        ["checkout-api-production", "dynamodb-reads", "no-op"]
    );
    press(&mut app, "o o o o o");
    assert_eq!(app.panes.tuning.runs.library.order(), RunOrder::Newest);
}

#[test]
fn the_run_below_a_deleted_one_is_selected_in_any_order() {
    let mut app = with_runs();
    press(&mut app, "o g d");
    assert_eq!(names(&app)[0], "dynamodb-reads");
    let selected = app.panes.tuning.runs.selected();
    assert_eq!(selected.unwrap().run.name, "dynamodb-reads");
    press(&mut app, "u");
    assert_eq!(
        names(&app)[..2],
        ["checkout-api-production", "dynamodb-reads"]
    );
}

#[test]
fn the_filter_looks_at_all_that_is_shown_and_at_days() {
    let mut app = with_runs();
    for (filter, shown) in [
        ("2026-11-20", &["checkout-api-production"][..]),
        ("1024 mb dynamodb", &["dynamodb-reads"][..]),
        ("today eu-west-1", &["dynamodb-reads"][..]),
        ("yesterday", &["checkout-api-production"][..]),
        ("last year", &[][..]),
    ] {
        press(&mut app, "/");
        write(&mut app, filter);
        assert_eq!(names(&app), shown, "{filter}");
        press(&mut app, "esc");
        assert_eq!(names(&app).len(), 10);
    }
}

#[test]
fn a_note_is_shown_and_found_at_once_and_taken_back_when_it_fails() {
    let mut app = with_runs();
    press(&mut app, "a");
    write(&mut app, "before the upgrade");
    let effects = press(&mut app, "enter");
    let (task, job) = jobs(&effects)[0];
    let Job::NoteRun(_, note) = job else {
        panic!("{job:?}");
    };
    assert_eq!(note, "before the upgrade");
    press(&mut app, "/");
    write(&mut app, "upgrade");
    assert_eq!(names(&app), ["dynamodb-reads"]);
    press(&mut app, "esc");
    let failed = JobReport::Failed(Problem::other("The store is busy."));
    app.update(Msg::Task(task, failed));
    let runs = &app.panes.tuning.runs;
    assert!(runs.entries().all(|entry| entry.run.note.is_empty()));
}

#[test]
fn an_example_takes_no_note() {
    let mut app = with_runs();
    press(&mut app, "G a");
    assert!(app.prompt.is_none());
    let notice = &app.notices.current().unwrap().text;
    assert!(notice.contains("cannot be noted on"), "{notice}");
}

#[test]
fn the_wide_list_is_left_as_it_was_entered() {
    let mut app = with_runs();
    press(&mut app, "W");
    assert!(app.panes.tuning.runs.look.wide);
    press(&mut app, "esc");
    assert!(!app.panes.tuning.runs.look.wide);
}
