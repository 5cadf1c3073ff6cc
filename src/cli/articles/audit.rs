//! `iacstone articles audit FEED`.

use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::articles::{ArticleFilter, Audit, AuditCount};

/// Counts what the articles of a feed hold and what of it is shown.
///
/// # Errors
/// When the feed is not there, or the store refuses.
pub(super) async fn run(
    feed: &str,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = context.store()?;
    let feed = store.feeds().find(feed).await;
    let feed = feed.map_err(CommandFailure::work)?;
    let filter = ArticleFilter {
        feed: Some(feed.id),
        ..ArticleFilter::default()
    };
    let articles = store.articles().list(&filter).await;
    let articles = articles.map_err(CommandFailure::work)?;
    let mut sum = Audit::default();
    for article in &articles {
        let read = store.articles().with_text(&article.id).await;
        let (_, text) = read.map_err(CommandFailure::work)?;
        let audit = Audit::of(&text);
        if !audit.is_whole() {
            let title = &article.title;
            output.note(format!("'{title}' ({}) is not shown whole.", article.id.0));
        }
        sum += audit;
    }
    if articles.is_empty() {
        output.note(format!("'{}' has no articles yet.", feed.title));
    }
    if context.json() {
        output.json(&AuditJson::of(&feed.title, &sum))?;
    } else {
        output.data(&table(&sum).to_string())?;
    }
    Ok(if sum.is_whole() {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// What was counted, in JSON.
#[derive(Serialize)]
struct AuditJson<'a> {
    feed: &'a str,
    articles: usize,
    code_lines: CountJson,
    links: CountJson,
    images: CountJson,
    embeds: CountJson,
    enclosures: CountJson,
    tables: CountJson,
}

#[derive(Serialize)]
struct CountJson {
    found: usize,
    shown: usize,
}

impl From<AuditCount> for CountJson {
    fn from(AuditCount { found, shown }: AuditCount) -> Self {
        Self { found, shown }
    }
}

impl<'a> AuditJson<'a> {
    fn of(feed: &'a str, audit: &Audit) -> Self {
        Self {
            feed,
            articles: audit.articles,
            code_lines: audit.code_lines.into(),
            links: audit.links.into(),
            images: audit.images.into(),
            embeds: audit.embeds.into(),
            enclosures: audit.enclosures.into(),
            tables: audit.tables.into(),
        }
    }
}

fn table(audit: &Audit) -> TextTable {
    let mut table = TextTable::new(&[
        ("what", Alignment::Left),
        ("found", Alignment::Right),
        ("shown", Alignment::Right),
    ]);
    let articles = AuditCount {
        found: audit.articles,
        shown: audit.articles,
    };
    let rows = [
        ("articles", articles),
        ("code lines", audit.code_lines),
        ("links", audit.links),
        ("images", audit.images),
        ("embeds", audit.embeds),
        ("enclosures", audit.enclosures),
        ("tables", audit.tables),
    ];
    for (what, AuditCount { found, shown }) in rows {
        table.row([what.to_owned(), found.to_string(), shown.to_string()]);
    }
    table
}
