//! `iacstone articles list` and `search`.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::super::args::ListArgs;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::articles::{Article, ArticleFilter, Feed, FeedId, SearchHit, SearchQuery};
use crate::store::Store;

/// Lists articles, newest first.
///
/// # Errors
/// When the store cannot be read, or the feed is not followed.
pub(super) async fn list(
    args: &ListArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let filter = ArticleFilter {
        limit: args.limit,
        offset: args.skip,
        ..super::filter(&args.filter, &store).await?
    };
    let articles = store
        .articles()
        .list(&filter)
        .await
        .map_err(CommandFailure::work)?;
    let feeds = feeds(&store).await?;
    let entries: Vec<ArticleJson<'_>> = articles
        .iter()
        .map(|article| ArticleJson::of(article, &feeds))
        .collect();
    show(
        &entries,
        "There are no such articles; `iacstone feeds refresh` fetches new ones.",
        context,
        output,
    )
}

/// Lists these articles; without any nothing but an empty list in JSON.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn all(
    articles: &[Article],
    store: &Store,
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let feeds = feeds(store).await?;
    let entries = articles
        .iter()
        .map(|article| ArticleJson::of(article, &feeds));
    let entries: Vec<ArticleJson<'_>> = entries.collect();
    if context.json() {
        output.json(&entries)
    } else if entries.is_empty() {
        Ok(())
    } else {
        output.data(&table(&entries).to_string())
    }
}

/// Searches the articles, best first.
///
/// # Errors
/// Exit code 2 when the query cannot be read.
pub(super) async fn search(
    text: &str,
    limit: usize,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let query = SearchQuery::parse(text).map_err(CommandFailure::usage)?;
    let store = super::store(context).await?;
    let found = store
        .articles()
        .search(&query, limit)
        .await
        .map_err(CommandFailure::work)?;
    let feeds = feeds(&store).await?;
    let entries: Vec<ArticleJson<'_>> = found
        .iter()
        .map(|found| ArticleJson::found(found, &feeds))
        .collect();
    show(&entries, "Nothing was found.", context, output)
}

type Feeds = HashMap<FeedId, Feed>;

async fn feeds(store: &Store) -> Result<Feeds, CommandFailure> {
    let feeds = store.feeds().all().await.map_err(CommandFailure::work)?;
    Ok(feeds.into_iter().map(|feed| (feed.id, feed)).collect())
}

/// One article in JSON.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
#[derive(Serialize)]
struct ArticleJson<'a> {
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
    full_text: bool,
    also: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<&'a str>,
}

impl<'a> ArticleJson<'a> {
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
            full_text: article.is_full,
            also: &article.also,
            snippet: None,
        }
    }

    fn found(found: &'a SearchHit, feeds: &'a Feeds) -> Self {
        Self {
            snippet: Some(&found.snippet.text),
            ..Self::of(&found.article, feeds)
        }
    }
}

fn show(
    entries: &[ArticleJson<'_>],
    nothing: &str,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    if context.json() {
        output.json(&entries)?;
    } else if entries.is_empty() {
        output.note(nothing);
    } else {
        output.data(&table(entries).to_string())?;
    }
    Ok(CommandExit::Done)
}

fn table(entries: &[ArticleJson<'_>]) -> TextTable {
    let searched = entries.iter().any(|entry| entry.snippet.is_some());
    let mut columns = vec![
        ("article", Alignment::Left),
        ("published", Alignment::Left),
        ("state", Alignment::Left),
        ("feed", Alignment::Left),
        ("title", Alignment::Left),
    ];
    if searched {
        columns.push(("where", Alignment::Left));
    }
    let mut table = TextTable::new(&columns);
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

fn state(entry: &ArticleJson<'_>) -> String {
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
