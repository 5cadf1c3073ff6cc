//! `iacstone feeds list`.

use jiff::Timestamp;
use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::articles::Feed;

/// Lists the followed feeds in the order they were added.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn run(
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let feeds = store.feeds().all().await.map_err(CommandFailure::work)?;
    if context.json() {
        let entries: Vec<FeedJson<'_>> = feeds.iter().map(FeedJson::of).collect();
        output.json(&entries)?;
    } else if feeds.is_empty() {
        output.note("There are no feeds; `iacstone feeds add SOURCE` follows one.");
    } else {
        output.data(&table(&feeds).to_string())?;
    }
    Ok(CommandExit::Done)
}

/// One feed in JSON.
#[derive(Serialize)]
pub(super) struct FeedJson<'a> {
    url: &'a str,
    title: &'a str,
    folder: Option<&'a str>,
    articles: usize,
    unread: usize,
    last_fetch: Option<Timestamp>,
    next_fetch: Option<Timestamp>,
    status: Option<u16>,
    error: Option<&'a str>,
    failures: u32,
    bytes: Option<u64>,
    warnings: &'a [String],
}

impl<'a> FeedJson<'a> {
    pub(super) fn of(feed: &'a Feed) -> Self {
        let health = &feed.health;
        Self {
            url: &feed.source,
            title: &feed.title,
            folder: feed.folder.as_deref(),
            articles: feed.articles,
            unread: feed.unread,
            last_fetch: health.last_fetch,
            next_fetch: health.next_fetch,
            status: health.status,
            error: health.error.as_deref(),
            failures: health.failures,
            bytes: health.bytes,
            warnings: &health.warnings,
        }
    }
}

fn table(feeds: &[Feed]) -> TextTable {
    let mut table = TextTable::new(&[
        ("feed", Alignment::Left),
        ("articles", Alignment::Right),
        ("unread", Alignment::Right),
        ("fetched (UTC)", Alignment::Left),
        ("next (UTC)", Alignment::Left),
        ("source", Alignment::Left),
        ("state", Alignment::Left),
    ]);
    for feed in feeds {
        let time = |time: Option<Timestamp>| time.map_or_else(|| "-".to_owned(), minute);
        table.row([
            feed.title.clone(),
            feed.articles.to_string(),
            feed.unread.to_string(),
            time(feed.health.last_fetch),
            time(feed.health.next_fetch),
            feed.source.clone(),
            state(feed),
        ]);
    }
    table
}

fn state(feed: &Feed) -> String {
    let health = &feed.health;
    match (&health.error, health.last_fetch) {
        (Some(error), _) => error.clone(),
        (None, None) if feed.articles > 0 => "ok".to_owned(),
        (None, None) => "not fetched yet".to_owned(),
        (None, Some(_)) if health.warnings.is_empty() => "ok".to_owned(),
        (None, Some(_)) => format!("ok; {}", health.warnings.join("; ")),
    }
}

fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M").to_string()
}
