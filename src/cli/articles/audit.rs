//! `iacstone articles audit FEED`.

use serde::Serialize;

use super::super::office::Office;
use super::super::output::Output;
use super::super::table::{Side, Table};
use super::super::{Answer, Failure};
use crate::articles::{ArticleFilter, Audit, Tally};

/// Counts what the articles of a feed hold and what of it is shown.
///
/// # Errors
/// When the feed is not there, or the store refuses.
pub(super) async fn run(
    feed: &str,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let store = office.store()?;
    let feed = store.find_feed(feed).await.map_err(Failure::work)?;
    let filter = ArticleFilter {
        feed: Some(feed.id),
        ..ArticleFilter::default()
    };
    let articles = store.articles(&filter).await.map_err(Failure::work)?;
    let mut sum = Audit::default();
    for article in &articles {
        let (_, text) = store.article(&article.id).await.map_err(Failure::work)?;
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
    if office.json() {
        output.json(&Report::of(&feed.title, &sum))?;
    } else {
        output.data(&table(&sum).to_string())?;
    }
    Ok(if sum.is_whole() {
        Answer::Done
    } else {
        Answer::Partial
    })
}

/// What was counted, in JSON.
#[derive(Serialize)]
struct Report<'a> {
    feed: &'a str,
    articles: usize,
    code_lines: Count,
    links: Count,
    images: Count,
    embeds: Count,
    tables: Count,
}

#[derive(Serialize)]
struct Count {
    found: usize,
    shown: usize,
}

impl From<Tally> for Count {
    fn from(Tally { found, shown }: Tally) -> Self {
        Self { found, shown }
    }
}

impl<'a> Report<'a> {
    fn of(feed: &'a str, audit: &Audit) -> Self {
        Self {
            feed,
            articles: audit.articles,
            code_lines: audit.code_lines.into(),
            links: audit.links.into(),
            images: audit.images.into(),
            embeds: audit.embeds.into(),
            tables: audit.tables.into(),
        }
    }
}

fn table(audit: &Audit) -> Table {
    let mut table = Table::new(&[
        ("what", Side::Left),
        ("found", Side::Right),
        ("shown", Side::Right),
    ]);
    let articles = Tally {
        found: audit.articles,
        shown: audit.articles,
    };
    let rows = [
        ("articles", articles),
        ("code lines", audit.code_lines),
        ("links", audit.links),
        ("images", audit.images),
        ("embeds", audit.embeds),
        ("tables", audit.tables),
    ];
    for (what, Tally { found, shown }) in rows {
        table.row([what.to_owned(), found.to_string(), shown.to_string()]);
    }
    table
}
