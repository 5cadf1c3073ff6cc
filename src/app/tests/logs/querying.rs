//! The query screen: asking, stopping, reading the answer, the stream of an event, what is remembered.

use super::*;
use crate::app::fixture::query::*;
use crate::effect::{Effect, Job, JobReport, Problem, QueryJob, QueryReport};
use crate::logs::query::{KnownQuery, LogPlace, QueryProgress};
use crate::logs::{Marker, MarkerKind, Tailing};
use crate::panes::logs::query::QueryPhase;
use crate::panes::logs::tail::Phase;
use crate::panes::logs::{LogQuery, LogsScreen};

fn query(app: &App) -> &LogQuery {
    &app.panes.logs.query
}

fn notice(app: &App) -> &str {
    &app.notices.current().expect("a notice").text
}

/// The jobs about queries among effects.
fn query_jobs(effects: &[Effect]) -> Vec<(TaskId, QueryJob)> {
    let all = jobs(effects).into_iter();
    all.filter_map(|(id, job)| match job {
        Job::Query(job) => Some((id, job.clone())),
        _ => None,
    })
    .collect()
}

fn tell_query(app: &mut App, task: TaskId, report: QueryReport) -> Vec<Effect> {
    app.update(Msg::Task(task, JobReport::Query(report)))
}

/// A session whose tail was left for a query that was answered with rows of events.
fn answered() -> (App, TaskId) {
    let (mut app, task) = following(20);
    let asked = run_query(&mut app);
    answer(&mut app, asked, QueryProgress::Complete, event_rows());
    (app, task)
}

#[test]
fn the_followed_groups_are_asked_what_the_editor_holds() {
    let (mut app, _) = following(5);
    press(&mut app, "Q");
    assert!(app.prompt.as_ref().unwrap().multiline);
    write(&mut app, "0");
    let (_, request) = asked(&press(&mut app, "ctrl-s")).unwrap();
    assert_eq!(request.groups, [GROUP]);
    assert!(request.query.ends_with("| limit 2000"), "{}", request.query);
    assert_eq!(request.to_s - request.from_s, 3_600);
    assert!(query(&app).is_running() && app.prompt.is_none());
}

#[test]
fn the_groups_of_the_picker_are_asked_without_following_them() {
    let mut app = ready(context());
    group_picker(&mut app);
    press(&mut app, "space space Q");
    let (_, request) = asked(&press(&mut app, "ctrl-s")).unwrap();
    assert_eq!(
        request.groups,
        ["/aws/lambda/hash-bun", "/aws/lambda/hash-node"]
    );
    assert!(app.panes.logs.tail().is_none());
}

#[test]
fn what_was_typed_stays_when_the_editor_is_left() {
    let (mut app, _) = following(5);
    press(&mut app, "Q");
    write(&mut app, "5");
    assert!(asked(&press(&mut app, "esc")).is_none());
    assert!(query(&app).text.ends_with("limit 2005"));
    let (_, request) = asked(&press(&mut app, "r")).unwrap();
    assert!(request.query.ends_with("limit 2005"));
}

#[test]
fn an_empty_query_is_not_asked() {
    let (mut app, _) = following(5);
    press(&mut app, "Q esc");
    app.panes.logs.query.text = "x".to_owned();
    press(&mut app, "e backspace");
    assert!(asked(&press(&mut app, "ctrl-s")).is_none());
    assert_eq!(
        app.prompt.as_ref().unwrap().error.as_deref(),
        Some("type a query")
    );
}

#[test]
fn tab_completes_a_word_of_the_query() {
    let (mut app, _) = following(5);
    press(&mut app, "Q enter");
    write(&mut app, "|");
    press(&mut app, "space");
    write(&mut app, "fil");
    press(&mut app, "tab");
    let prompt = app.prompt.as_ref().unwrap();
    assert!(prompt.text().ends_with("| filter"), "{}", prompt.text());
    assert_eq!(prompt.offers.as_deref(), Some("filter  filterIndex"));
    write(&mut app, "I");
    press(&mut app, "tab");
    let prompt = app.prompt.as_ref().unwrap();
    assert!(prompt.text().ends_with("| filterIndex "));
    assert_eq!(
        (prompt.offers.as_deref(), &query(&app).text),
        (None, &prompt.text())
    );
}

#[test]
fn esc_stops_a_query_and_what_it_had_found_stays() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    tell_query(&mut app, task, QueryReport::Progress(query_reading(2)));
    assert_eq!(press(&mut app, "esc"), [Effect::Cancel(task)]);
    // Once is enough, and the screen stays.
    assert!(press(&mut app, "esc X").is_empty());
    assert!(matches!(app.panes.logs.screen, LogsScreen::Query));
    let broken = QueryProgress::Broken("Cancelled".to_owned());
    answer(&mut app, task, broken, event_rows());
    assert_eq!(query(&app).answer().unwrap().rows().len(), 3);
    press(&mut app, "esc");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
}

#[test]
fn a_query_that_is_asked_anew_stops_the_one_before() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    let effects = press(&mut app, "e ctrl-s");
    assert!(effects.contains(&Effect::Cancel(task)));
    let (newer, _) = asked(&effects).unwrap();
    // The older one's last word changes nothing.
    let broken = QueryProgress::Broken("Cancelled".to_owned());
    answer(&mut app, task, broken, event_rows());
    assert!(query(&app).is_running());
    answer(&mut app, newer, QueryProgress::Complete, Vec::new());
    assert_eq!(query(&app).answer().unwrap().table().count(), 0);
}

#[test]
fn an_answer_that_comes_while_another_screen_is_in_front_is_told() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    app.panes.logs.screen = LogsScreen::Tail;
    answer(&mut app, task, QueryProgress::Complete, event_rows());
    assert_eq!(notice(&app), "The query was answered: 3 rows.");
    press(&mut app, "Q");
    assert!(app.prompt.is_none() && query(&app).answer().is_some());
}

#[test]
fn a_failure_stands_in_place_of_the_rows() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    let why = Problem::other("StartQuery was refused: unexpected symbol (line 2, column 3)");
    app.update(Msg::Task(task, JobReport::Failed(why)));
    assert!(
        matches!(&query(&app).phase, QueryPhase::Failed(why) if why.sentence.contains("line 2"))
    );
    assert!(asked(&press(&mut app, "r")).is_some());
}

#[test]
fn the_range_may_be_an_age_or_two_times() {
    let (mut app, _) = following(5);
    press(&mut app, "Q esc t ctrl-u");
    write(&mut app, "2h to 1h");
    press(&mut app, "enter");
    let (_, request) = asked(&press(&mut app, "r")).unwrap();
    assert_eq!(request.to_s - request.from_s, 3_600);
    press(&mut app, "t ctrl-u");
    write(&mut app, "1h to 2h");
    press(&mut app, "enter");
    assert!(app.prompt.as_ref().unwrap().error.is_some());
}

#[test]
fn rows_are_sorted_filtered_copied_and_exported_as_they_are_shown() {
    let (mut app, _) = answered();
    press(&mut app, "s s");
    assert_eq!(query(&app).answer().unwrap().rows(), [2, 1, 0]);
    press(&mut app, "/");
    write(&mut app, "slow 12.000");
    press(&mut app, "enter");
    assert_eq!(query(&app).answer().unwrap().rows(), [0]);
    let copied = press(&mut app, "y");
    assert_eq!(copied, [Effect::Copy("2026-11-21 10:10:12.000".to_owned())]);
    press(&mut app, "x ctrl-u");
    write(&mut app, "/tmp/slow.json");
    let effects = press(&mut app, "enter");
    let [(task, QueryJob::Export(export))] = &query_jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (&export.rows[..], &*export.path),
        (&[0][..], "/tmp/slow.json")
    );
    app.update(Msg::Task(
        *task,
        JobReport::Exported("/tmp/slow.json".to_owned()),
    ));
    assert_eq!(notice(&app), "Wrote /tmp/slow.json.");
    // The filter is taken off before the screen is left.
    press(&mut app, "esc");
    assert_eq!(query(&app).answer().unwrap().rows().len(), 3);
    assert!(matches!(app.panes.logs.screen, LogsScreen::Query));
}

#[test]
fn enter_asks_for_the_record_and_opens_the_event_in_its_stream() {
    let (mut app, followed_task) = answered();
    let effects = press(&mut app, "j enter");
    let [(locating, job)] = &query_jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    let wanted = QueryJob::Locate {
        pointer: "ptr-b".to_owned(),
        groups: vec![GROUP.to_owned()],
    };
    assert_eq!(*job, wanted);
    let place = LogPlace {
        group: GROUP.to_owned(),
        stream: "web/1".to_owned(),
        time_ms: at("2026-11-21T10:10:10Z").as_millisecond(),
    };
    let located = QueryReport::Located(Some(place.clone()));
    let effects = tell_query(&mut app, *locating, located);
    let (around, job) = query_jobs(&effects)[0].clone();
    assert_eq!(job, QueryJob::ReadAround(place));
    let end = Marker {
        time_ms: at("2026-11-21T10:25:10Z").as_millisecond(),
        kind: MarkerKind::Course,
        text: "nothing after was read".to_owned(),
    };
    // The last two come together with the rows or after them, as it happens.
    let told = |told| Msg::Task(around, JobReport::Tail(Box::new(told)));
    app.update_all([
        told(Tailing::Events(numbered(GROUP, 5..15))),
        told(Tailing::Marker(end)),
        Msg::Task(around, JobReport::Done),
    ]);
    assert!(
        cursor(&app).contains("request 10 answered"),
        "{}",
        cursor(&app)
    );
    // Meanwhile the followed tail goes on, and it is there again after two steps back.
    events(&mut app, followed_task, numbered(GROUP, 20..30));
    assert_eq!(tail(&app).rows().count(), 11);
    press(&mut app, "esc");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Query));
    assert_eq!(query(&app).answer().unwrap().cursor().0, 1);
    press(&mut app, "esc");
    assert!(matches!(app.panes.logs.screen, LogsScreen::Tail));
    assert_eq!(tail(&app).rows().count(), 30);
    let phase = tail(&app).job().phase();
    assert_eq!(*phase, Phase::Following(followed_task));
}

#[test]
fn a_row_that_tells_its_place_needs_no_record() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    let row = answer_row(&[
        ("@timestamp", "2026-11-21 10:10:03.000"),
        ("@log", "123456789012:/ecs/beta/beat"),
        ("@logStream", "beat/1"),
    ]);
    answer(&mut app, task, QueryProgress::Complete, vec![row]);
    let effects = press(&mut app, "enter");
    let [(_, QueryJob::ReadAround(place))] = &query_jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (&*place.group, &*place.stream),
        ("/ecs/beta/beat", "beat/1")
    );
    // Other groups are followed in place of the tail that waits, not of the look into the stream.
    press(&mut app, "a g");
    follow_task(&press(&mut app, "enter"));
    assert_eq!(tail(&app).job().target().groups, ["/aws/lambda/hash-bun"]);
    assert!(tail(&app).job().target().streams.is_empty());
}

#[test]
fn a_row_of_several_events_opens_none_and_says_so() {
    let (mut app, _) = following(5);
    let task = run_query(&mut app);
    answer(&mut app, task, QueryProgress::Complete, count_rows());
    assert!(query_jobs(&press(&mut app, "enter")).is_empty());
    assert!(notice(&app).starts_with("This row does not stand for one event"));
}

#[test]
fn queries_that_were_asked_are_remembered_and_those_with_a_name_stand_first() {
    let (mut app, _) = following(5);
    let effects = press(&mut app, "Q");
    let (loading, job) = query_jobs(&effects)[0].clone();
    assert_eq!(job, QueryJob::LoadKnown);
    let saved = KnownQuery {
        name: Some("errors".to_owned()),
        query: "filter @message like /ERROR/".to_owned(),
        groups: vec![GROUP.to_owned()],
        at: at("2026-11-20T10:00:00Z"),
    };
    let elsewhere = KnownQuery {
        name: Some("a first one".to_owned()),
        groups: vec!["/other".to_owned()],
        ..saved.clone()
    };
    let known = QueryReport::Known(vec![elsewhere, saved]);
    tell_query(&mut app, loading, known);
    app.update(Msg::Task(loading, JobReport::Done));
    let effects = press(&mut app, "ctrl-s");
    let kept = query_jobs(&effects);
    assert!(
        matches!(&kept[1].1, QueryJob::Keep(it) if it.name.is_none()),
        "{kept:?}"
    );
    press(&mut app, "o");
    let groups = [GROUP.to_owned()];
    let list = query(&app).known.list(&groups);
    let names: Vec<_> = list.iter().map(|it| it.name.as_deref()).collect();
    assert_eq!(names, [Some("errors"), None, Some("a first one")]);
    press(&mut app, "enter");
    assert_eq!(
        app.prompt.as_ref().unwrap().text(),
        "filter @message like /ERROR/"
    );
    press(&mut app, "esc o j j d");
    assert_eq!(query(&app).known.list(&groups).len(), 2);
}

#[test]
fn a_query_is_saved_under_a_name() {
    let (mut app, _) = following(5);
    press(&mut app, "Q esc w");
    write(&mut app, "newest rows");
    let effects = press(&mut app, "enter");
    let [(task, QueryJob::Keep(kept))] = &query_jobs(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(kept.name.as_deref(), Some("newest rows"));
    app.update(Msg::Task(*task, JobReport::Done));
    assert_eq!(notice(&app), "Saved the query newest rows.");
    // What the store refuses is not shown as saved.
    press(&mut app, "w");
    write(&mut app, "second");
    let effects = press(&mut app, "enter");
    let (task, _) = query_jobs(&effects)[0];
    let why = Problem::other("The disk is full.");
    let again = app.update(Msg::Task(task, JobReport::Failed(why)));
    assert!(query_jobs(&again).is_empty());
    let names = query(&app).known.list(&[]);
    assert!(names.iter().all(|it| it.name.as_deref() != Some("second")));
}

#[test]
fn offline_nothing_is_asked() {
    let mut app = ready(crate::effect::AppContext {
        offline: true,
        ..context()
    });
    press(&mut app, "2 Q");
    assert!(asked(&press(&mut app, "ctrl-s")).is_none());
    assert!(notice(&app).contains("offline"));
}
