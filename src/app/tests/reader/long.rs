//! Long articles are laid out by a job; the way back through what was read.

use std::sync::Arc;

use super::*;
use crate::articles::{Document, LayoutOptions, Markup, Text};
use crate::effect::{OpenedArticle, Problem};
use crate::task::TaskId;

/// An article that is too long to be laid out between two frames.
fn long() -> OpenedArticle {
    let text = Text {
        markup: Markup::Html,
        source: BODY.repeat(300),
        base: None,
        enclosures: Vec::new(),
    };
    OpenedArticle {
        document: Arc::new(Document::read(&text)),
        ..opened("a")
    }
}

/// A session in which a long article was opened, and the job that lays it out.
fn opening_long() -> (App, TaskId, usize) {
    let mut app = reader();
    let effects = press(&mut app, "enter");
    let (task, _) = reader_jobs(&effects)[0];
    let report = JobReport::Reader(ReaderReport::Opened(Box::new(long())));
    let effects = app.update(Msg::Task(task, report));
    let (task, width) = laying_out(&effects).unwrap();
    (app, task, width)
}

fn laying_out(effects: &[Effect]) -> Option<(TaskId, usize)> {
    let mut jobs = reader_jobs(effects).into_iter();
    jobs.find_map(|(id, job)| match job {
        ReaderJob::LayOut(_, width, _) => Some((id, *width)),
        _ => None,
    })
}

fn page(width: usize) -> JobReport {
    let page = long().document.lay_out(width, &LayoutOptions::default());
    JobReport::Reader(ReaderReport::LaidOut(Box::new(page)))
}

fn lines(app: &App) -> usize {
    app.panes
        .articles
        .reading()
        .unwrap()
        .page()
        .layout()
        .lines
        .len()
}

#[test]
fn a_long_article_is_laid_out_by_a_job() {
    let (mut app, task, width) = opening_long();
    assert_eq!((reading(&app), lines(&app)), (Some("a"), 0));
    press(&mut app, "space j G");
    assert_eq!(reading(&app), Some("a"), "nothing is at its end yet");
    assert!(app.update(Msg::Task(task, page(width))).is_empty());
    assert!(lines(&app) > 1000);
    assert!(app.panes.articles.reading().unwrap().page().is_at_start());
}

#[test]
fn another_width_overtakes_the_page_under_way() {
    let (mut app, old, width) = opening_long();
    let effects = app.update(Msg::Resized(60, 20));
    assert!(effects.contains(&Effect::Cancel(old)));
    let (new, narrow) = laying_out(&effects).unwrap();
    assert!(narrow < width);
    app.update(Msg::Task(old, page(width)));
    assert_eq!(lines(&app), 0, "nobody waits for it any more");
    app.update(Msg::Task(new, page(narrow)));
    assert!(lines(&app) > 1000);
}

#[test]
fn a_page_that_cannot_be_laid_out_is_told_and_not_asked_for_again_and_again() {
    let (mut app, task, _) = opening_long();
    let effects = app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("It broke.")),
    ));
    assert!(reader_jobs(&effects).is_empty());
    assert_eq!(notice(&app), "It broke.");
    assert!(reader_jobs(&press(&mut app, "j")).is_empty());
}

#[test]
fn the_way_back_leads_to_the_place_in_the_article_that_was_left() {
    let mut app = reader();
    app.update(Msg::Resized(80, 24));
    read(&mut app, "enter j j z f");
    let place = |app: &App| {
        let reading = app.panes.articles.reading().unwrap();
        let (first, _) = reading.page().visible().next().unwrap();
        (reading.article.id.0.clone(), first, reading.wraps())
    };
    let before = place(&app);
    read(&mut app, "a");
    assert_eq!(reading(&app), Some("c"));
    read(&mut app, "G esc");
    assert_eq!(place(&app), before);
    assert_eq!((before.1, before.2), (2, true));
}

#[test]
fn leaving_an_article_ends_the_loading_of_another() {
    let mut app = reader();
    read(&mut app, "enter");
    let effects = press(&mut app, "J");
    let (task, _) = reader_jobs(&effects)[0];
    assert!(press(&mut app, "esc").contains(&Effect::Cancel(task)));
    let late = JobReport::Reader(ReaderReport::Opened(Box::new(opened("b"))));
    app.update(Msg::Task(task, late));
    assert_eq!(reading(&app), None);
}

#[test]
fn what_cannot_be_laid_out_is_not_waited_for_and_tried_again_for_another_width() {
    let (mut app, task, width) = opening_long();
    app.update(Msg::Task(
        task,
        JobReport::Failed(Problem::other("it broke")),
    ));
    assert_eq!(app.notices.current().unwrap().text, "it broke");
    assert!(!app.front().awaits(task));
    assert_eq!(laying_out(&press(&mut app, "j")), None);
    let effects = app.update(Msg::Resized(50, 20));
    let (_, other) = laying_out(&effects).unwrap();
    assert!(other < width);
}
