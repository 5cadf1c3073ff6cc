//! Marks: shown at once, kept by the store, undone as one.

use super::*;
use crate::effect::Problem;

#[test]
fn marks_show_at_once_and_can_be_undone() {
    let mut app = reader();
    let effects = press(&mut app, "m");
    assert!(app.panes.articles.browsing().selected().unwrap().read);
    serve(&mut app, effects);
    let undone = press(&mut app, "u");
    assert_eq!(
        reader_jobs(&undone)[0].1,
        &ReaderJob::Mark(
            MarkScope::These(vec![ArticleId("a".into())]),
            Mark::Read(false)
        )
    );
    assert!(!app.panes.articles.browsing().selected().unwrap().read);
    serve(&mut app, undone);
    read(&mut app, "s");
    assert!(app.panes.articles.browsing().selected().unwrap().starred);
}

#[test]
fn what_stands_above_is_marked_also_in_a_list_of_unread_articles() {
    let mut app = reader();
    read(&mut app, "U j enter esc");
    assert_eq!(selected(&app), "b", "it was read and stays in its row");
    let effects = press(&mut app, "M");
    let above = MarkScope::These(vec![ArticleId("a".into())]);
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(above, Mark::Read(true)),
        "a list the store makes now has no article b to count from"
    );
    serve(&mut app, effects);
    assert!(press(&mut app, "M").is_empty());
    assert_eq!(notice(&app), "They were all read already.");
}

#[test]
fn all_are_marked_in_the_store_and_undone_as_one() {
    let mut app = reader();
    let effects = press(&mut app, "A");
    let all = MarkScope::All(Shelf::All.filter(false).unwrap());
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(all, Mark::Read(true))
    );
    serve(&mut app, effects);
    assert_eq!(notice(&app), "3 articles are read now; u undoes it.");
    assert!(
        app.panes
            .articles
            .browsing()
            .list()
            .articles()
            .iter()
            .all(|article| article.read)
    );
    read(&mut app, "u");
    let unread = app
        .panes
        .articles
        .browsing()
        .list()
        .articles()
        .iter()
        .filter(|article| !article.read);
    assert_eq!(unread.count(), 3);
}

#[test]
fn a_mark_the_store_refused_is_taken_back() {
    let mut app = reader();
    let effects = press(&mut app, "m");
    let (task, _) = reader_jobs(&effects)[0];
    let effects = app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The disk is full.")),
    ));
    assert_eq!(notice(&app), "The disk is full.");
    serve(&mut app, effects);
    assert!(
        !app.panes.articles.browsing().selected().unwrap().read,
        "the list was loaded again"
    );
}

#[test]
fn an_undo_the_store_refused_can_be_tried_again() {
    let mut app = reader();
    read(&mut app, "m");
    let effects = press(&mut app, "u");
    assert!(app.notices.is_empty(), "nothing is undone yet");
    let (task, _) = reader_jobs(&effects)[0];
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("The disk is full.")),
    ));
    assert_eq!(notice(&app), "The disk is full.");
    read(&mut app, "u");
    assert_eq!(notice(&app), "1 article is unread now.");
    read(&mut app, "u");
    assert_eq!(notice(&app), "Nothing was marked in this session.");
}

#[test]
fn a_mark_that_changed_nothing_is_called_by_its_name() {
    let mut app = reader();
    for (key, told) in [
        ("s", "They were all starred already."),
        ("m", "They were all read already."),
    ] {
        let effects = press(&mut app, key);
        let (task, _) = reader_jobs(&effects)[0];
        app.update(Msg::Task(
            task,
            JobReport::Reader(ReaderReport::Marked(Vec::new())),
        ));
        assert_eq!(notice(&app), told);
    }
}

#[test]
fn what_stands_below_is_marked_also_what_was_not_loaded() {
    let mut app = reader();
    let effects = press(&mut app, "j B");
    let filter = Box::new(Shelf::All.filter(false).unwrap());
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(
            MarkScope::Below(filter, ArticleId("b".into())),
            Mark::Read(true)
        )
    );
    let mut found = reader();
    press(&mut found, "/");
    let effects = write(&mut found, "queue");
    serve(&mut found, effects);
    read(&mut found, "enter");
    let effects = press(&mut found, "B");
    let both = MarkScope::These(vec![ArticleId("a".into()), ArticleId("b".into())]);
    assert_eq!(
        reader_jobs(&effects)[0].1,
        &ReaderJob::Mark(both, Mark::Read(true))
    );
}
