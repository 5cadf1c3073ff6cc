//! `iacstone feeds list`.

use jiff::Timestamp;
use serde::Serialize;

use super::super::office::Office;
use super::super::output::Output;
use super::super::table::{Side, Table};
use super::super::{Answer, Failure};
use crate::articles::Feed;

/// Lists the followed feeds in the order they were added.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn run(office: &Office, output: &mut Output) -> Result<Answer, Failure> {
    let store = super::store(office).await?;
    let feeds = store.feeds().await.map_err(Failure::work)?;
    if office.json() {
        let entries: Vec<Entry<'_>> = feeds.iter().map(Entry::of).collect();
        output.json(&entries)?;
    } else if feeds.is_empty() {
        output.note("There are no feeds; `iacstone feeds add SOURCE` follows one.");
    } else {
        output.data(&table(&feeds).to_string())?;
    }
    Ok(Answer::Done)
}

/// One feed in JSON.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    url: &'a str,
    title: &'a str,
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

impl<'a> Entry<'a> {
    pub(super) fn of(feed: &'a Feed) -> Self {
        let health = &feed.health;
        Self {
            url: &feed.source,
            title: &feed.title,
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

fn table(feeds: &[Feed]) -> Table {
    let mut table = Table::new(&[
        ("feed", Side::Left),
        ("articles", Side::Right),
        ("unread", Side::Right),
        ("fetched (UTC)", Side::Left),
        ("next (UTC)", Side::Left),
        ("source", Side::Left),
        ("state", Side::Left),
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
