//! The articles pane: browsing, reading, marking, searching, links.

mod feeds;
mod links;
mod listing;
mod long;
mod marking;
mod places;
mod reading;
mod searching;

use crate::app::fixture::*;
use crate::app::{App, PaneId};
use crate::articles::{ArticleId, FeedId, Mark, MarkScope};
use crate::effect::{
    Backend, Browser, Effect, Fetch, Job, JobReport, Msg, ReaderJob, ReaderReport, Severity,
};
use crate::panes::articles::{Choice, Focus, Over, Shelf};

fn reader() -> App {
    reader_with(context())
}

fn reader_with(context: crate::effect::AppContext) -> App {
    let mut app = ready(context);
    read(&mut app, "1");
    app
}

fn selected(app: &App) -> &str {
    &app.panes.articles.browsing().selected().unwrap().id.0
}

fn reading(app: &App) -> Option<&str> {
    app.panes
        .articles
        .reading()
        .map(|reading| reading.article.id.0.as_str())
}

fn notice(app: &App) -> &str {
    &app.notices.current().unwrap().text
}

fn copied(effects: &[Effect]) -> Vec<&str> {
    let copies = effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.collect()
}
