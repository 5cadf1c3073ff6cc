//! Where the reader is: kept while words are typed, and in an article that was left.

use std::sync::Arc;

use super::*;
use crate::articles::{Document, LayoutOptions, Markup, Text};
use crate::effect::OpenedArticle;

/// The number and the text of the first line on screen.
fn top(app: &App) -> (usize, String) {
    let reading = app.panes.articles.reading().unwrap();
    let (number, line) = reading.page().visible().next().unwrap();
    let words = line.spans.iter().map(|span| span.text.as_str()).collect();
    (number, words)
}

fn count(app: &App) -> Option<(usize, usize)> {
    app.panes.articles.reading().unwrap().find().count()
}

/// A session on a small screen in the middle of an article.
fn in_the_middle() -> App {
    let mut app = reader();
    app.update(Msg::Resized(80, 12));
    read(&mut app, "enter j j j j j");
    assert_eq!(top(&app).0, 5);
    app
}

/// Opens an article of this text in place of the selected one.
fn open_text(app: &mut App, source: &str) {
    let text = Text {
        markup: Markup::Html,
        source: source.to_owned(),
        base: None,
        enclosures: Vec::new(),
    };
    let (task, _) = reader_jobs(&press(app, "enter"))[0];
    let opened = OpenedArticle {
        document: Arc::new(Document::read(&text)),
        ..opened("a")
    };
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(opened)));
    let effects = app.update(Msg::Task(task, report));
    lay_out(app, &effects, &text);
}

/// Answers the job that lays a long article out, if there is one.
fn lay_out(app: &mut App, effects: &[Effect], text: &Text) {
    let jobs = reader_jobs(effects);
    let found = jobs.iter().find_map(|(id, job)| match job {
        ReaderJob::LayOut(_, width, _) => Some((*id, *width)),
        _ => None,
    });
    let Some((task, width)) = found else { return };
    let page = Document::read(text).lay_out(width, &LayoutOptions::default());
    let report = ReaderReport::LaidOut(Box::new(page));
    app.update(Msg::Task(task, JobReport::Reader(report)));
}

#[test]
fn words_that_are_not_there_leave_the_reader_where_the_find_began() {
    let mut app = in_the_middle();
    let before = top(&app);
    press(&mut app, "/");
    write(&mut app, "the end of");
    assert_ne!(top(&app), before, "the hit is further down");
    write(&mut app, "zzqx");
    assert_eq!((count(&app), top(&app)), (Some((0, 0)), before.clone()));
    press(&mut app, "enter");
    assert_eq!((count(&app), top(&app)), (Some((0, 0)), before));
}

#[test]
fn a_find_that_is_given_up_leads_back_and_one_that_is_kept_stays() {
    let mut app = in_the_middle();
    let before = top(&app);
    press(&mut app, "/");
    write(&mut app, "the end of");
    press(&mut app, "down esc");
    assert_eq!((count(&app), top(&app)), (None, before.clone()));
    press(&mut app, "/");
    write(&mut app, "the end of");
    press(&mut app, "enter");
    let hit = top(&app);
    assert_ne!(hit, before);
    press(&mut app, "esc");
    assert_eq!((count(&app), top(&app)), (None, hit));
}

#[test]
fn a_find_that_is_given_up_leads_back_to_the_same_text_on_another_width() {
    let mut app = in_the_middle();
    let before = top(&app);
    press(&mut app, "/");
    write(&mut app, "the end of");
    app.update(Msg::Resized(60, 12));
    press(&mut app, "esc");
    let word = before.1.split_whitespace().next().unwrap();
    assert!(top(&app).1.contains(word), "{before:?} {:?}", top(&app));
}

#[test]
fn an_article_that_is_opened_again_is_read_on_where_it_was_left() {
    let mut app = in_the_middle();
    let before = top(&app);
    read(&mut app, "esc enter");
    assert_eq!(top(&app), before, "left for the list");
    read(&mut app, "J");
    assert_eq!((reading(&app), top(&app).0), (Some("b"), 0));
    read(&mut app, "K");
    assert_eq!((reading(&app), top(&app)), (Some("a"), before));
}

#[test]
fn an_article_is_read_on_at_the_same_text_on_another_width() {
    let mut words: Vec<String> = (0..400).map(|n| format!("word{n}")).collect();
    words.insert(0, "<p>".to_owned());
    let source = words.join(" ");
    let mut app = reader();
    app.update(Msg::Resized(100, 20));
    open_text(&mut app, &source);
    read(&mut app, "space");
    let first = |app: &App| top(app).1.split(' ').next().unwrap().to_owned();
    let before = first(&app);
    read(&mut app, "esc");
    app.update(Msg::Resized(50, 20));
    open_text(&mut app, &source);
    assert!(top(&app).1.contains(&before), "{before} {:?}", top(&app));
    let narrow = first(&app);
    read(&mut app, "esc");
    app.update(Msg::Resized(100, 20));
    open_text(&mut app, &source);
    assert!(top(&app).1.contains(&narrow), "{narrow} {:?}", top(&app));
}

#[test]
fn a_long_article_that_is_left_before_it_is_laid_out_keeps_its_place() {
    let source = BODY.repeat(300);
    let mut app = reader();
    open_text(&mut app, &source);
    read(&mut app, "space space");
    let before = top(&app);
    read(&mut app, "esc");
    let (task, _) = reader_jobs(&press(&mut app, "enter"))[0];
    let text = Text {
        markup: Markup::Html,
        source: source.clone(),
        base: None,
        enclosures: Vec::new(),
    };
    let opened = OpenedArticle {
        document: Arc::new(Document::read(&text)),
        ..opened("a")
    };
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(opened)));
    app.update(Msg::Task(task, report));
    press(&mut app, "esc");
    open_text(&mut app, &source);
    assert_eq!(top(&app), before);
}

#[test]
fn a_search_shows_its_first_hit_unless_it_was_left_for_this_search() {
    let mut app = in_the_middle();
    read(&mut app, "G esc");
    press(&mut app, "/");
    let effects = write(&mut app, "queue");
    serve(&mut app, effects);
    read(&mut app, "enter enter");
    assert!(
        app.panes.articles.reading().unwrap().page().is_at_start(),
        "the hit"
    );
    read(&mut app, "j j j esc");
    let left = top(&app);
    read(&mut app, "esc enter");
    assert_eq!((reading(&app), top(&app)), (Some("a"), left));
}

fn kept(effects: &[Effect]) -> Vec<(&str, usize)> {
    let jobs = reader_jobs(effects).into_iter();
    jobs.filter_map(|(_, job)| match job {
        ReaderJob::KeepPlace(id, at) => Some((id.0.as_str(), at.characters)),
        _ => None,
    })
    .collect()
}

#[test]
fn the_place_outlives_the_session() {
    let mut app = in_the_middle();
    let effects = press(&mut app, "esc");
    let left = kept(&effects);
    assert_eq!((left.len(), left[0].0), (1, "a"));
    assert!(left[0].1 > 0);
    // The same place again is in the store already.
    let mut again = in_the_middle();
    let effects = press(&mut again, "q");
    assert_eq!(kept(&effects), left);
    assert!(effects.contains(&Effect::Quit));
    // Another session opens the article there.
    let mut next = reader();
    next.update(Msg::Resized(80, 12));
    let (task, _) = reader_jobs(&press(&mut next, "enter"))[0];
    let (_, job) = reader_jobs(&effects)[0];
    let ReaderJob::KeepPlace(_, at) = job else {
        panic!("{job:?}");
    };
    let opened = OpenedArticle {
        place: Some(*at),
        ..opened("a")
    };
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(opened)));
    next.update(Msg::Task(task, report));
    assert_eq!(top(&next).0, 5);
    assert!(kept(&press(&mut next, "esc")).is_empty(), "nothing moved");
}

#[test]
fn an_article_left_at_its_top_has_no_place() {
    let mut app = reader();
    read(&mut app, "enter");
    assert!(kept(&press(&mut app, "esc")).is_empty());
}
