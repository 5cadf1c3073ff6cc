//! The search over all articles.

use super::*;
use crate::panes::Load;

#[test]
fn each_letter_of_a_search_overtakes_the_search_before() {
    let mut app = reader();
    press(&mut app, "/");
    let first = press(&mut app, "q");
    let (old, _) = reader_jobs(&first)[0];
    let second = press(&mut app, "u");
    assert!(second.contains(&Effect::Cancel(old)));
    let late = JobReport::Reader(ReaderReport::Found(Vec::new()));
    app.update(Msg::Task(old, late));
    assert!(
        !app.panes
            .articles
            .browsing()
            .search()
            .unwrap()
            .is_answered()
    );
    serve(&mut app, second);
    assert_eq!(selected(&app), "a");
    read(&mut app, "down enter enter");
    assert_eq!(reading(&app), Some("b"));
    let find = app.panes.articles.reading().unwrap().find();
    assert_eq!(
        find.count().unwrap().0,
        1,
        "the words searched for are found in the text"
    );
    read(&mut app, "esc esc esc");
    assert!(app.panes.articles.browsing().search().is_none() && reading(&app).is_none());
}

#[test]
fn a_search_that_makes_no_sense_says_why_while_it_is_typed() {
    let mut app = reader();
    press(&mut app, "/");
    write(&mut app, "before:soon");
    let prompt = app.prompt.as_ref().unwrap();
    assert!(
        prompt
            .error
            .as_ref()
            .unwrap()
            .contains("'soon' is not a date")
    );
    press(&mut app, "esc");
    assert!(app.panes.articles.browsing().search().is_none());
}

#[test]
fn a_search_begins_without_the_words_of_the_one_before() {
    let mut app = reader();
    press(&mut app, "/");
    let effects = write(&mut app, "no-op");
    serve(&mut app, effects);
    read(&mut app, "enter /");
    assert_eq!(app.prompt.as_ref().unwrap().text(), "");
    let search = app.panes.articles.browsing().search().unwrap();
    assert!(!search.is_answered() && search.found().is_empty());
    write(&mut app, "lattice");
    assert_eq!(
        app.panes.articles.browsing().search().unwrap().text,
        "lattice"
    );
    read(&mut app, "esc");
    assert!(app.panes.articles.browsing().search().is_none());
}

#[test]
fn the_next_article_of_a_search_is_the_next_that_was_found() {
    let mut app = reader();
    press(&mut app, "/");
    let effects = write(&mut app, "qu");
    serve(&mut app, effects);
    read(&mut app, "enter enter");
    let hits = |app: &App| app.panes.articles.reading().unwrap().find().count();
    assert_eq!(reading(&app), Some("a"));
    assert!(hits(&app).is_some(), "the article has hits to move between");
    read(&mut app, "J");
    assert_eq!((reading(&app), selected(&app)), (Some("b"), "b"));
    assert!(hits(&app).is_some());
    read(&mut app, "J");
    assert_eq!(reading(&app), Some("b"), "only two were found");
    assert_eq!(notice(&app), "This is the last article that was found.");
    read(&mut app, "K");
    assert_eq!((reading(&app), selected(&app)), (Some("a"), "a"));
}

#[test]
fn a_search_is_kept_and_listed_like_a_feed() {
    let mut app = reader();
    press(&mut app, "/");
    let effects = write(&mut app, "queue");
    serve(&mut app, effects);
    read(&mut app, "enter S");
    let effects = press(&mut app, "enter");
    let search = crate::articles::SavedSearch {
        name: "queue".to_owned(),
        query: "queue".to_owned(),
    };
    let (_, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::SaveSearch(search.clone()));
    let mut next = reader();
    let (task, _) = reader_jobs(&press(&mut next, "r"))[0];
    let searches = ReaderReport::Searches(vec![search.clone()]);
    next.update(Msg::Task(task, JobReport::Reader(searches)));
    let effects = press(&mut next, "h j j");
    assert_eq!(
        next.panes.articles.browsing().tree().shelf,
        Shelf::Search(search)
    );
    let last = reader_jobs(&effects).into_iter().next_back();
    let Some((_, ReaderJob::List(filter))) = last else {
        panic!("{last:?}");
    };
    assert!(filter.query.is_some());
    let effects = press(&mut next, "D");
    let (_, job) = reader_jobs(&effects)[0];
    assert_eq!(job, &ReaderJob::RemoveSearch("queue".to_owned()));
}

#[test]
fn a_kept_search_that_is_not_understood_lists_and_marks_nothing() {
    for query in ["is:nothing", " "] {
        let mut app = reader();
        let (task, _) = reader_jobs(&press(&mut app, "r"))[0];
        let search = crate::articles::SavedSearch {
            name: "old".to_owned(),
            query: query.to_owned(),
        };
        let searches = ReaderReport::Searches(vec![search]);
        app.update(Msg::Task(task, JobReport::Reader(searches)));
        let effects = press(&mut app, "h j j");
        let jobs = reader_jobs(&effects).into_iter();
        let lists = jobs.filter(|(_, job)| matches!(job, ReaderJob::List(_)));
        assert_eq!(lists.count(), 1, "only the starred ones are listed");
        let list = app.panes.articles.browsing().list();
        assert!(list.articles().is_empty(), "{query}");
        let Load::Failed(why) = &list.load else {
            panic!("{:?}", list.load);
        };
        assert!(why.sentence.contains("'old' is broken"), "{why}");
        let effects = press(&mut app, "A");
        let none = ReaderJob::Mark(MarkScope::These(Vec::new()), Mark::Read(true));
        assert_eq!(reader_jobs(&effects)[0].1, &none);
    }
}

#[test]
fn the_next_unread_one_is_one_that_was_found() {
    let mut app = reader();
    read(&mut app, "/ q enter n");
    assert_eq!(reading(&app), Some("a"));
    read(&mut app, "n");
    assert_eq!(reading(&app), Some("b"));
    let effects = press(&mut app, "n");
    assert!(reader_jobs(&effects).is_empty(), "{effects:?}");
    assert_eq!(notice(&app), "Nothing that was found is unread.");
}

#[test]
fn a_query_that_cannot_be_read_is_not_taken() {
    let mut app = reader();
    read(&mut app, "/");
    for letter in "before:x".chars() {
        press(&mut app, &letter.to_string());
    }
    press(&mut app, "enter");
    assert!(app.prompt.is_some(), "the prompt stays open");
}
