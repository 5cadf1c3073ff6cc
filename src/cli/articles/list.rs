//! `iacstone articles list` and `search`.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::super::args::ListArgs;
use super::super::office::Office;
use super::super::output::Output;
use super::super::table::{Side, Table};
use super::super::{Answer, Failure};
use crate::articles::{Article, ArticleFilter, Feed, FeedId, Found, Query};
use crate::store::Store;

/// Lists articles, newest first.
///
/// # Errors
/// When the store cannot be read, or the feed is not followed.
pub(super) async fn list(
    args: &ListArgs,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let store = super::store(office).await?;
    let filter = ArticleFilter {
        limit: args.limit,
        offset: args.skip,
        ..super::filter(&args.filter, &store).await?
    };
    let articles = store.articles(&filter).await.map_err(Failure::work)?;
    let feeds = feeds(&store).await?;
    let entries: Vec<Entry<'_>> = articles
        .iter()
        .map(|article| Entry::of(article, &feeds))
        .collect();
    show(
        &entries,
        "There are no such articles; `iacstone feeds refresh` fetches new ones.",
        office,
        output,
    )
}

/// Searches the articles, best first.
///
/// # Errors
/// Exit code 2 when the query cannot be read.
pub(super) async fn search(
    text: &str,
    limit: usize,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let query = Query::parse(text).map_err(Failure::usage)?;
    let store = super::store(office).await?;
    let found = store.search(&query, limit).await.map_err(Failure::work)?;
    let feeds = feeds(&store).await?;
    let entries: Vec<Entry<'_>> = found
        .iter()
        .map(|found| Entry::found(found, &feeds))
        .collect();
    show(&entries, "Nothing was found.", office, output)
}

type Feeds = HashMap<FeedId, Feed>;

async fn feeds(store: &Store) -> Result<Feeds, Failure> {
    let feeds = store.feeds().await.map_err(Failure::work)?;
    Ok(feeds.into_iter().map(|feed| (feed.id, feed)).collect())
}

/// One article in JSON.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    feed: &'a str,
    feed_title: &'a str,
    title: &'a str,
    /// Who gave the title, if that is not the document.
    title_by: Option<&'static str>,
    author: Option<&'a str>,
    published: Option<Timestamp>,
    link: Option<&'a str>,
    tags: &'a [String],
    read: bool,
    starred: bool,
    changed: bool,
    also: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(article: &'a Article, feeds: &'a Feeds) -> Self {
        let feed = feeds.get(&article.feed);
        Self {
            id: &article.id.0,
            feed: feed.map_or("", |feed| &feed.source),
            feed_title: feed.map_or("", |feed| &feed.title),
            title: &article.title,
            title_by: article.title_by(feed),
            author: article.author.as_deref(),
            published: article.published,
            link: article.link.as_deref(),
            tags: &article.tags,
            read: article.read,
            starred: article.starred,
            changed: article.changed,
            also: &article.also,
            snippet: None,
        }
    }

    fn found(found: &'a Found, feeds: &'a Feeds) -> Self {
        Self {
            snippet: Some(&found.snippet.text),
            ..Self::of(&found.article, feeds)
        }
    }
}

fn show(
    entries: &[Entry<'_>],
    nothing: &str,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    if office.json() {
        output.json(&entries)?;
    } else if entries.is_empty() {
        output.note(nothing);
    } else {
        output.data(&table(entries).to_string())?;
    }
    Ok(Answer::Done)
}

fn table(entries: &[Entry<'_>]) -> Table {
    let searched = entries.iter().any(|entry| entry.snippet.is_some());
    let mut columns = vec![
        ("article", Side::Left),
        ("published", Side::Left),
        ("state", Side::Left),
        ("feed", Side::Left),
        ("title", Side::Left),
    ];
    if searched {
        columns.push(("where", Side::Left));
    }
    let mut table = Table::new(&columns);
    for entry in entries {
        let date = entry.published.map_or_else(
            || "-".to_owned(),
            |time| time.strftime("%Y-%m-%d").to_string(),
        );
        let cells = [
            entry.id.to_owned(),
            date,
            state(entry),
            entry.feed_title.to_owned(),
            entry.title.to_owned(),
        ];
        table.row(cells.into_iter().chain(entry.snippet.map(str::to_owned)));
    }
    table
}

fn state(entry: &Entry<'_>) -> String {
    let read = if entry.read { "read" } else { "unread" };
    let mut words = vec![read];
    if entry.starred {
        words.push("starred");
    }
    if entry.changed {
        words.push("changed");
    }
    words.join(", ")
}
