//! What is kept for later: filters under a name, fields that rows of a group do not show.

use super::*;
use crate::effect::{Effect, Job, JobReport, Problem};
use crate::logs::{ListKind, SavedList};

/// The jobs that save lists among effects.
fn saved(effects: &[Effect]) -> Vec<(TaskId, SavedList)> {
    let jobs = jobs(effects).into_iter();
    let lists = jobs.filter_map(|(id, job)| match job {
        Job::SaveList(list) => Some((id, list.clone())),
        _ => None,
    });
    lists.collect()
}

fn filters(app: &App) -> Vec<String> {
    let lists = app.panes.logs.saved().of(ListKind::Filters);
    lists.map(|list| list.name.clone()).collect()
}

#[test]
fn filters_are_saved_under_a_name_and_used_again_from_the_list() {
    let (mut app, _) = following(100);
    submit(&mut app, "f", "request .7");
    submit(&mut app, "F", "level>=error");
    press(&mut app, "v space w");
    let mut effects = write(&mut app, "sevens");
    effects.extend(press(&mut app, "enter"));
    let (_, list) = saved(&effects).remove(0);
    assert_eq!(list.entries, ["off only request .7", "hide level>=error"]);
    press_and_scan(&mut app, "g d d");
    assert!(tail(&app).filters().list().is_empty());
    assert_eq!(filters(&app), ["sevens"]);
    press_and_scan(&mut app, "enter");
    assert_eq!(tail(&app).filters().list().len(), 2);
    assert_eq!(tail(&app).rows().visible().len(), 90);
    let effects = press(&mut app, "v G d");
    assert_eq!(saved(&effects)[0].1.entries.len(), 0);
    assert!(filters(&app).is_empty());
    assert_eq!(tail(&app).filters().cursor(), 1);
}

#[test]
fn a_field_is_hidden_in_the_rows_of_its_group_and_shown_again() {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    let task = followed(&mut app, &[GROUP, "/ecs/beta/beat"]);
    let json = r#"{"level":"info","msg":"hello","host":{"name":"a1"}}"#;
    let of = |group: &str| event(group, "s", 0, json);
    events(&mut app, task, vec![of(GROUP), of("/ecs/beta/beat")]);
    let effects = press(&mut app, "g enter j j j j x");
    let (id, list) = saved(&effects).remove(0);
    assert_eq!(
        (list.name.as_str(), list.entries),
        (GROUP, vec!["host".to_owned()])
    );
    app.update(Msg::Task(id, JobReport::Done));
    let words = &app.notices.current().unwrap().text;
    assert_eq!(
        words,
        "Events of /ecs/alpha/gunicorn show the field 'host' no longer."
    );
    press(&mut app, "esc");
    assert_eq!(texts(&app), ["hello", "hello host={...}"]);
    assert_eq!(tail(&app).hidden_fields, 1);
    let effects = press(&mut app, "g enter j j j x esc");
    assert_eq!(texts(&app)[0], "hello host={...}");
    let (id, _) = saved(&effects).remove(0);
    let why = Problem::other("the disk is full");
    app.update(Msg::Task(id, JobReport::Failed(why)));
    assert_eq!(app.notices.current().unwrap().text, "the disk is full");
    assert_eq!(texts(&app)[0], "hello");
}

#[test]
fn what_was_saved_is_loaded_once_when_groups_are_followed() {
    let mut app = ready(context());
    let follow = |app: &mut App, name: &str| {
        let key = name.to_owned();
        app.with_outbox(|panes, out| panes.logs.follow_groups(vec![key], out))
    };
    let effects = follow(&mut app, GROUP);
    let loads = jobs(&effects);
    let (id, _) = loads
        .iter()
        .find(|(_, job)| **job == Job::LoadLists)
        .unwrap();
    let list = SavedList {
        kind: ListKind::Filters,
        name: "errors".to_owned(),
        entries: vec!["only level>=error".to_owned()],
    };
    app.update(Msg::Task(*id, JobReport::Lists(vec![list])));
    app.update(Msg::Task(*id, JobReport::Done));
    assert_eq!(filters(&app), ["errors"]);
    let effects = follow(&mut app, "/ecs/beta/beat");
    assert!(
        jobs(&effects)
            .iter()
            .all(|(_, job)| **job != Job::LoadLists)
    );
}

#[test]
fn what_changes_while_the_lists_are_loaded_is_not_undone_by_an_answer_that_is_older() {
    let mut app = ready(context());
    press(&mut app, "2");
    let effects =
        app.with_outbox(|panes, out| panes.logs.follow_groups(vec![GROUP.to_owned()], out));
    let load = |effects: &[Effect]| {
        let loads = jobs(effects).into_iter();
        let mut loads = loads.filter(|(_, job)| **job == Job::LoadLists);
        loads.next().expect("a load").0
    };
    let first = load(&effects);
    submit(&mut app, "f", "request .7");
    press(&mut app, "v w");
    let mut effects = write(&mut app, "sevens");
    effects.extend(press(&mut app, "enter"));
    let (saving, list) = saved(&effects).remove(0);
    // What the store said before it had the list does not take it away,
    app.update(Msg::Task(first, JobReport::Lists(Vec::new())));
    assert_eq!(filters(&app), ["sevens"]);
    // and once it has it, it is asked again: that answer may have been older.
    let again = app.update(Msg::Task(saving, JobReport::Done));
    assert!(again.contains(&Effect::Cancel(first)), "{again:?}");
    let second = load(&again);
    let late = Problem::other("fault of the first load");
    app.update(Msg::Task(first, JobReport::Failed(late)));
    app.update(Msg::Task(second, JobReport::Lists(vec![list])));
    app.update(Msg::Task(second, JobReport::Done));
    assert_eq!(filters(&app), ["sevens"]);
    let notice = &app.notices.current().expect("a notice").text;
    assert_eq!(notice, "Saved the filters sevens.");
}
