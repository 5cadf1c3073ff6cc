//! The tree and the list: what is loaded when, what follows what, which articles are shown.

use super::*;
use crate::task::TaskId;

#[test]
fn nothing_is_loaded_before_the_pane_is_looked_at() {
    let mut app = ready(context());
    let effects = press(&mut app, "1");
    let jobs: Vec<_> = reader_jobs(&effects)
        .into_iter()
        .map(|(_, job)| job)
        .collect();
    assert_eq!(jobs[0], &ReaderJob::Furnish);
    assert!(matches!(jobs[1], ReaderJob::List(filter) if filter.limit == Some(200)));
    assert_eq!(jobs.len(), 2, "the demo fetches nothing unasked");
    assert!(reader_jobs(&press(&mut app, "3 1")).is_empty());
}

#[test]
fn the_list_follows_the_tree() {
    let mut app = reader();
    read(&mut app, "h j");
    assert_eq!(app.panes.articles.browsing().tree().shelf, Shelf::Starred);
    assert_eq!(selected(&app), "b");
    read(&mut app, "j");
    assert_eq!(
        app.panes.articles.browsing().tree().shelf,
        Shelf::Feed(FeedId(1))
    );
    assert_eq!(app.panes.articles.browsing().list().articles().len(), 3);
    read(&mut app, "l j");
    assert_eq!(selected(&app), "b");
    assert_eq!(app.panes.articles.browsing().focus(), Focus::List);
}

#[test]
fn an_overtaken_list_is_dropped() {
    let mut app = reader();
    let first = press(&mut app, "h j");
    let (old, _) = reader_jobs(&first)[0];
    let second = press(&mut app, "j");
    assert!(second.contains(&Effect::Cancel(old)));
    let late = ReaderReport::Listed(vec![article("late", 1, "Late", None)]);
    app.update(Msg::Task(old, JobReport::Reader(late)));
    serve(&mut app, second);
    assert!(
        app.panes
            .articles
            .browsing()
            .list()
            .articles()
            .iter()
            .all(|article| article.id.0 != "late")
    );
}

#[test]
fn only_unread_articles_can_be_listed_and_escape_shows_all() {
    let mut app = reader();
    read(&mut app, "U");
    assert_eq!(app.panes.articles.browsing().list().articles().len(), 3);
    read(&mut app, "enter esc");
    assert_eq!(
        app.panes.articles.browsing().list().articles().len(),
        3,
        "what was just read stays in its row"
    );
    read(&mut app, "esc");
    assert_eq!(app.panes.articles.browsing().list().articles().len(), 5);
}

#[test]
fn a_tag_makes_a_shelf_of_its_own() {
    let mut app = reader();
    press(&mut app, "T");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "aws");
    let effects = press(&mut app, "enter");
    serve(&mut app, effects);
    assert_eq!(
        app.panes.articles.browsing().tree().shelf,
        Shelf::Tag("aws".into())
    );
    read(&mut app, "h k j");
    assert_eq!(
        app.panes.articles.browsing().tree().shelf,
        Shelf::Tag("aws".into()),
        "it stays in the tree"
    );
}

/// A page of a long list that begins with this article.
fn page(from: usize) -> JobReport {
    let one = |number: usize| article(&format!("x{number}"), 1, "X", Some("2026-01-01"));
    JobReport::Reader(ReaderReport::Listed((from..from + 200).map(one).collect()))
}

/// The job that loads a page, and the article it is to begin after.
fn list(effects: &[Effect]) -> Option<(TaskId, Option<ArticleId>)> {
    let mut jobs = reader_jobs(effects).into_iter();
    jobs.find_map(|(id, job)| match job {
        ReaderJob::List(filter) => Some((id, filter.after.clone())),
        _ => None,
    })
}

fn long_list() -> App {
    let mut app = ready(context());
    let (task, _) = list(&press(&mut app, "1")).unwrap();
    app.update(Msg::Task(task, page(0)));
    app
}

#[test]
fn the_next_page_of_a_long_list_is_loaded_on_the_way_down() {
    let mut app = long_list();
    assert!(list(&press(&mut app, "j j j")).is_none());
    let (task, after) = list(&press(&mut app, "G")).unwrap();
    assert_eq!(after, Some(ArticleId("x199".into())));
    app.update(Msg::Task(task, page(199)));
    assert_eq!(
        app.panes.articles.browsing().list().articles().len(),
        399,
        "what came twice is there once"
    );
}

#[test]
fn the_next_page_of_a_long_list_is_loaded_on_the_way_from_article_to_article() {
    let mut app = long_list();
    let asked = (0..120).find_map(|_| list(&press(&mut app, "J")));
    assert_eq!(asked.unwrap().1, Some(ArticleId("x199".into())));
}
