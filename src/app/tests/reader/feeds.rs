//! Feeds: fetched, added, removed, and how they fare.

use super::*;
use crate::effect::Problem;

#[test]
fn what_is_due_is_fetched_behind_what_is_stored() {
    let mut real = context();
    real.source = Backend::Aws;
    let mut app = ready(real);
    let effects = press(&mut app, "1");
    let fetch = reader_jobs(&effects)
        .into_iter()
        .find(|(_, job)| matches!(job, ReaderJob::Fetch(_)));
    let (task, job) = fetch.unwrap();
    assert_eq!(job, &ReaderJob::Fetch(Fetch::Due));
    serve(&mut app, effects.clone());
    assert_eq!(app.panes.articles.browsing().list().articles().len(), 5);
    let effects = app.update(Msg::Task(
        task,
        JobReport::Reader(ReaderReport::Fetched(Some(2))),
    ));
    serve(&mut app, effects);
    assert_eq!(app.panes.articles.fetching().unwrap().new, 2);
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(reader_jobs(&effects).len(), 2, "feeds and list again");
    assert!(app.panes.articles.fetching().is_none());
    assert_eq!(notice(&app), "There are 2 new articles.");
}

#[test]
fn an_offline_session_fetches_nothing_and_says_so() {
    let mut offline = context();
    offline.offline = true;
    let mut app = reader_with(offline);
    let left = read(&mut app, "r");
    assert!(reader_jobs(&left).is_empty(), "{left:?}");
    assert!(notice(&app).contains("--offline"));
}

#[test]
fn a_feed_is_added_by_a_prompt_and_shown() {
    let mut app = reader();
    press(&mut app, "a");
    write(&mut app, "https://new.example");
    let effects = press(&mut app, "enter");
    let (task, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::Follow("https://new.example".into()));
    let report = JobReport::Reader(ReaderReport::Followed(FeedId(2), true));
    let effects = app.update(Msg::Task(task, report));
    serve(&mut app, effects);
    assert_eq!(
        app.panes.articles.browsing().tree().feed().unwrap().id,
        FeedId(2)
    );
    press(&mut app, "a");
    write(&mut app, "nowhere");
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other(
            "'nowhere' was not added: there is no such file",
        )),
    ));
    assert!(notice(&app).contains("was not added"));
}

#[test]
fn a_feed_is_removed_after_a_yes() {
    let mut app = reader();
    read(&mut app, "D");
    assert!(notice(&app).contains("Choose the feed"));
    read(&mut app, "h j j D");
    assert!(app.overlay.is_some());
    let effects = press(&mut app, "y");
    let (task, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::Unfollow(FeedId(1)));
    let effects = app.update(Msg::Task(task, JobReport::Done));
    assert_eq!(reader_jobs(&effects).len(), 2);
}

#[test]
fn health_in_front_no_article_is_changed_that_is_out_of_sight() {
    let mut app = reader();
    press(&mut app, "h j j i");
    assert!(app.panes.articles.browsing().health().is_some());
    assert!(press(&mut app, "s m M A w").is_empty());
    assert!(app.prompt.is_none());
    let words: Vec<&str> = app.front().offers().iter().map(|offer| offer.1).collect();
    assert_eq!(words, ["fetch", "remove", "close"]);
}

#[test]
fn health_is_shown_for_the_feed_in_front_and_fetches_only_that() {
    let mut app = reader();
    read(&mut app, "h G k i");
    assert_eq!(
        app.panes.articles.browsing().health().unwrap().id,
        FeedId(2)
    );
    let left = read(&mut app, "r");
    assert_eq!(
        reader_jobs(&left)[0].1,
        &ReaderJob::Fetch(Fetch::One(FeedId(2)))
    );
    press(&mut app, "esc");
    assert!(app.panes.articles.browsing().health().is_none());
}

#[test]
fn a_fetch_that_failed_does_not_say_that_nothing_is_new() {
    let mut real = context();
    real.source = Backend::Aws;
    let mut app = ready(real);
    fails(&mut app, "1");
    assert!(app.notices.is_empty(), "the tree shows what failed unasked");
    fails(&mut app, "r");
    assert_eq!(
        notice(&app),
        "1 feed failed, see ! in the list of feeds; i tells why. There are no new articles."
    );
}

/// Presses a key that fetches; the one feed fails.
fn fails(app: &mut App, key: &str) {
    let effects = press(app, key);
    let jobs = reader_jobs(&effects);
    let mut fetches = jobs
        .iter()
        .filter(|(_, job)| matches!(job, ReaderJob::Fetch(_)));
    let (task, _) = *fetches.next().unwrap();
    let failed = JobReport::Reader(ReaderReport::Fetched(None));
    app.update(Msg::Task(task, failed));
    app.update(Msg::Task(task, JobReport::Done));
}

#[test]
fn what_becomes_due_is_fetched_while_the_pane_stays_open() {
    let mut real = context();
    real.source = Backend::Aws;
    let mut app = ready(real);
    app.update(Msg::Tick(at("2026-11-21T10:15:00Z")));
    let effects = press(&mut app, "1");
    let (first, _) = fetch(&effects).unwrap();
    serve(&mut app, effects);
    app.update(Msg::Task(first, JobReport::Done));
    let effects = app.update(Msg::Tick(at("2026-11-21T10:15:30Z")));
    assert!(effects.is_empty(), "{effects:?}");
    let effects = app.update(Msg::Tick(at("2026-11-21T10:16:00Z")));
    let (second, which) = fetch(&effects).unwrap();
    assert_eq!(which, Fetch::Due);
    let effects = app.update(Msg::Task(second, JobReport::Done));
    assert!(effects.is_empty(), "nothing was due: {effects:?}");
    press(&mut app, "3");
    assert!(
        app.update(Msg::Tick(at("2026-11-21T11:00:00Z"))).is_empty(),
        "nobody looks at the feeds"
    );
}

fn fetch(effects: &[Effect]) -> Option<(crate::task::TaskId, Fetch)> {
    let mut jobs = reader_jobs(effects).into_iter();
    jobs.find_map(|(id, job)| match job {
        ReaderJob::Fetch(which) => Some((id, *which)),
        _ => None,
    })
}

#[test]
fn a_feed_that_was_added_closes_no_article() {
    let mut app = reader();
    press(&mut app, "a");
    write(&mut app, "https://slow.example");
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    read(&mut app, "enter");
    let report = JobReport::Reader(ReaderReport::Followed(FeedId(2), true));
    let effects = app.update(Msg::Task(task, report));
    serve(&mut app, effects);
    assert_eq!(reading(&app), Some("a"));
    assert!(notice(&app).contains("in the list of feeds"));
}
