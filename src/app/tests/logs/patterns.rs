//! Patterns of messages: folded from what is loaded, followed in the tail as filters.

use super::*;
use crate::effect::{Effect, Job, JobReport, Problem};
use crate::logs::statistics::LoadedEvents;
use crate::panes::logs::LogsScreen;
use crate::panes::logs::patterns::PatternList;

/// Does the job that folds messages, as the worker does.
fn fold(app: &mut App, effects: &[Effect]) {
    for (id, job) in jobs(effects) {
        if let Job::FoldMessages(rows, split_ms) = job {
            let mut groups = LoadedEvents::new(rows, *split_ms);
            for (row, raw) in rows.rows() {
                groups.take(&row, &raw);
            }
            app.update(Msg::Task(id, JobReport::Folded(groups.summaries())));
        }
    }
}

fn opened(app: &mut App, keys: &str) {
    let effects = press(app, keys);
    fold(app, &effects);
}

fn list(app: &App) -> &PatternList {
    match &app.panes.logs.screen {
        LogsScreen::Patterns(list) => list,
        other => panic!("{other:?}"),
    }
}

fn told(app: &App) -> Vec<(u64, bool, String)> {
    let (_, summary, _) = list(app).shown().unwrap();
    let told = summary.templates.iter().map(|it| {
        let is_new = summary.span.split_ms.is_some() && it.sights.is_new();
        (it.sights.count, is_new, it.words.clone())
    });
    told.collect()
}

#[test]
fn alike_rows_are_a_pattern_and_enter_shows_its_rows() {
    let (mut app, _) = following(100);
    opened(&mut app, "P");
    let words = |level: &str| format!("{level} request <num> answered");
    assert_eq!(
        told(&app),
        [(90, false, words("INFO")), (10, false, words("ERROR"))]
    );
    let effects = press(&mut app, "j enter");
    scan(&mut app, &effects);
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
    assert_eq!(tail(&app).rows().visible().len(), 10);
    press_and_scan(&mut app, "esc");
    assert_eq!(list(&app).cursor(), 1);
    assert!(tail(&app).filters().list().is_empty());
    let effects = press(&mut app, "enter");
    scan(&mut app, &effects);
    opened(&mut app, "P");
    assert!(list(&app).is_filtered);
    assert_eq!(told(&app), [(10, false, words("ERROR"))]);
    let effects = press(&mut app, "F");
    scan(&mut app, &effects);
    assert_eq!(tail(&app).rows().visible().len(), 0);
}

#[test]
fn what_is_new_since_a_time_comes_first() {
    let (mut app, task) = following(20);
    let late = event(GROUP, "web/1", 60_000, "disk /dev/sda1 is full");
    events(&mut app, task, vec![late]);
    opened(&mut app, "P");
    assert_eq!(told(&app)[0].0, 18);
    press(&mut app, "c");
    write(&mut app, "2026-11-21T10:10:30Z");
    let effects = press(&mut app, "enter");
    fold(&mut app, &effects);
    let told = told(&app);
    assert_eq!(told[0], (1, true, "disk <path> is full".to_owned()));
    assert!(told[1..].iter().all(|(_, is_new, _)| !is_new));
    press(&mut app, "c");
    write(&mut app, "when");
    press(&mut app, "enter");
    assert!(app.prompt.is_some(), "a time that is none keeps the prompt");
}

#[test]
fn each_group_has_its_patterns_and_going_back_stops_folding() {
    let mut app = ready(context());
    app.update(Msg::Resized(80, 24));
    let task = followed(&mut app, &[GROUP, "/ecs/alpha/beat"]);
    let beat = event("/ecs/alpha/beat", "b", 5, "beat");
    events(&mut app, task, numbered(GROUP, 0..5));
    events(&mut app, task, vec![beat]);
    opened(&mut app, "P");
    assert_eq!(told(&app), [(1, false, "beat".to_owned())]);
    press(&mut app, "right right");
    assert_eq!(told(&app)[0].0, 5);
    press(&mut app, "left");
    assert_eq!(told(&app).len(), 1);
    let effects = press(&mut app, "r");
    let before = press(&mut app, "esc");
    let cancelled = before.iter().any(|it| matches!(it, Effect::Cancel(_)));
    assert!(cancelled && !jobs(&effects).is_empty());
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
}

#[test]
fn a_job_that_fails_says_why() {
    let (mut app, _) = following(3);
    let effects = press(&mut app, "P");
    let (task, _) = jobs(&effects)[0];
    let failed = JobReport::Failed(Problem::other("No."));
    app.update(Msg::Task(task, failed));
    assert_eq!(list(&app).chosen(), None);
    assert!(press(&mut app, "enter F").is_empty());
}
