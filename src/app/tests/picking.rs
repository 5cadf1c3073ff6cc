//! The function picker.

use crate::app::fixture::*;
use crate::effect::{Job, JobReport, Msg, Problem};
use crate::panes::Load;

#[test]
fn pages_appear_as_they_arrive() {
    let mut app = ready(context());
    let effects = press(&mut app, "n");
    let (id, job) = jobs(&effects)[0];
    assert_eq!(job, &Job::ListFunctions);
    app.update(Msg::Task(
        id,
        JobReport::Functions(vec![function("b", 128)]),
    ));
    app.update(Msg::Task(
        id,
        JobReport::Functions(vec![function("a", 128)]),
    ));
    let names: Vec<_> = app
        .panes
        .tuning
        .functions
        .visible()
        .map(|f| f.name.clone())
        .collect();
    assert_eq!(names, ["a", "b"]);
    assert!(app.panes.tuning.functions.list.load().is_loading());
    app.update(Msg::Task(id, JobReport::Done));
    assert!(!app.panes.tuning.functions.list.load().is_loading());
}

#[test]
fn opening_again_does_not_list_again() {
    let mut app = ready(context());
    picker(&mut app);
    assert!(press(&mut app, "esc n").is_empty());
    assert_eq!(app.panes.tuning.functions.count(), 5);
}

#[test]
fn the_old_list_stays_until_the_new_one_is_whole() {
    let mut app = ready(context());
    picker(&mut app);
    let effects = press(&mut app, "r");
    let (id, _) = jobs(&effects)[0];
    app.update(Msg::Task(
        id,
        JobReport::Functions(vec![function("new", 128)]),
    ));
    assert_eq!(app.panes.tuning.functions.count(), 5);
    assert!(app.panes.tuning.functions.list.is_stale());
    app.update(Msg::Task(
        id,
        JobReport::Failed(Problem::other("Throttled.")),
    ));
    assert_eq!(app.panes.tuning.functions.count(), 5);
    assert_eq!(
        *app.panes.tuning.functions.list.load(),
        Load::Failed(Problem::other("Throttled."))
    );
}

#[test]
fn the_filter_looks_at_name_runtime_and_architecture() {
    let mut app = ready(context());
    picker(&mut app);
    press(&mut app, "/");
    write(&mut app, "arm64");
    let names: Vec<_> = app
        .panes
        .tuning
        .functions
        .visible()
        .map(|f| f.name.clone())
        .collect();
    assert_eq!(names, ["arm-worker"]);
    assert_eq!(
        app.panes.tuning.functions.selected().unwrap().name,
        "arm-worker"
    );
}

#[test]
fn an_empty_list_opens_no_plan() {
    let mut app = ready(context());
    press(&mut app, "n");
    assert!(press(&mut app, "enter").is_empty());
    assert_eq!(app.front().scope().name, "functions");
}

#[test]
fn offline_lists_nothing_and_says_so() {
    let mut context = context();
    context.offline = true;
    let mut app = ready(context);
    assert!(press(&mut app, "n").is_empty());
    assert!(app.notices.current().unwrap().text.contains("offline"));
}
