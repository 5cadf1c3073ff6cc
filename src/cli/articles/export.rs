//! `iacstone articles export`.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::super::args::ExportArgs;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::articles::{Article, Document, FeedId, SearchQuery, file_stem};
use crate::jobs::{FileFailure, write_new};
use crate::store::Store;
use crate::text;

/// The most articles a search exports.
const MOST: usize = 100_000;
/// Files that are named when they could not be written.
const MOST_NAMED: usize = 10;

/// What became of the articles, in JSON.
#[derive(Debug, Default, Serialize)]
struct Exported {
    written: Vec<String>,
    there_already: Vec<String>,
    failed: Vec<FailedFile>,
}

/// A file that was not written, and why.
#[derive(Debug, Serialize)]
struct FailedFile {
    file: String,
    error: String,
}

/// Writes articles as Markdown files with front matter, a file each. A file that exists is left as it is, and one that
/// cannot be written does not hold up the others.
///
/// # Errors
/// When the folder cannot be made, or the query cannot be read. Exit code 3 when files were there already or could not be
/// written, 1 when none could.
pub(super) async fn run(
    args: &ExportArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let articles = chosen(args, &store).await?;
    let folder = &args.folder;
    std::fs::create_dir_all(folder).map_err(|why| {
        CommandFailure::work(format!(
            "the folder '{}' cannot be made: {why}",
            folder.display()
        ))
    })?;
    let feeds = store.feeds().all().await.map_err(CommandFailure::work)?;
    let titles: HashMap<FeedId, String> = feeds
        .into_iter()
        .map(|feed| (feed.id, feed.title))
        .collect();
    let mut done = Exported::default();
    for article in &articles {
        let (article, source) = store
            .articles()
            .with_text(&article.id)
            .await
            .map_err(CommandFailure::work)?;
        let feed = titles.get(&article.feed).map(String::as_str);
        let front = front_matter(&article, feed).map_err(CommandFailure::work)?;
        let written = front + &article.markdown(&Document::read(&source));
        write(&article, &written, folder, &mut done);
    }
    tell(&done, folder, context, output)
}

/// The articles of the search, else those the filter lists.
async fn chosen(args: &ExportArgs, store: &Store) -> Result<Vec<Article>, CommandFailure> {
    let articles = store.articles();
    let Some(query) = &args.search else {
        let filter = super::filter(&args.filter, store).await?;
        return articles.list(&filter).await.map_err(CommandFailure::work);
    };
    let query = SearchQuery::parse(query).map_err(CommandFailure::usage)?;
    let found = articles.search(&query, MOST).await;
    let found = found.map_err(CommandFailure::work)?;
    Ok(found.into_iter().map(|found| found.article).collect())
}

/// Writes an article to a file of its own. The name ends with the beginning of its id, so that two of one title and day
/// are two files, and the same ones each time.
fn write(article: &Article, written: &str, folder: &Path, done: &mut Exported) {
    let day = article
        .published
        .map(|at| at.strftime("%Y-%m-%d-").to_string());
    let id: String = article
        .id
        .0
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    let stem = file_stem(&article.title);
    let name = format!("{}{stem}-{id}.md", day.unwrap_or_default());
    match write_new(written, &folder.join(&name)) {
        Ok(()) => done.written.push(name),
        Err(FileFailure::Exists(_)) => done.there_already.push(name),
        Err(failure) => done.failed.push(FailedFile {
            file: name,
            error: failure.to_string(),
        }),
    }
}

fn tell(
    done: &Exported,
    folder: &Path,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (new, old) = (done.written.len(), done.there_already.len());
    if context.json() {
        output.json(done)?;
    }
    let articles = text::counted(new, "article", "articles");
    let articles = articles.unwrap_or_else(|| "no article".to_owned());
    output.note(format!("Wrote {articles} to '{}'.", folder.display()));
    if old > 0 {
        output.note(format!(
            "{old} were there already and were left as they are."
        ));
    }
    for failed in done.failed.iter().take(MOST_NAMED) {
        output.note(&failed.error);
    }
    let more = done.failed.len().saturating_sub(MOST_NAMED);
    if let Some(more) = text::counted(more, "more file was", "more files were") {
        output.note(format!("{more} not written."));
    }
    Ok(match (new + old, old + done.failed.len()) {
        (_, 0) => CommandExit::Done,
        (0, _) => CommandExit::Failed,
        _ => CommandExit::Partial,
    })
}

/// What is known of an article, as YAML between two rules. A string of JSON is one of YAML.
fn front_matter(article: &Article, feed: Option<&str>) -> serde_json::Result<String> {
    let mut lines = vec![
        ("title", text::json_line(&article.title)?),
        ("id", text::json_line(&article.id.0)?),
    ];
    if let Some(author) = &article.author {
        lines.push(("author", text::json_line(author)?));
    }
    if let Some(at) = article.published {
        lines.push(("date", at.to_string()));
    }
    if let Some(feed) = feed {
        lines.push(("feed", text::json_line(&feed)?));
    }
    if let Some(link) = &article.link {
        lines.push(("link", text::json_line(link)?));
    }
    lines.push(("tags", text::json_line(&article.tags)?));
    lines.push(("read", article.read.to_string()));
    lines.push(("starred", article.starred.to_string()));
    let mut front = String::from("---\n");
    for (name, value) in lines {
        front.push_str(name);
        front.push_str(": ");
        front.push_str(&value);
        front.push('\n');
    }
    front.push_str("---\n\n");
    Ok(front)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::article;

    #[test]
    fn the_facts_of_an_article_stand_above_it_as_yaml() {
        let mut article = article("0a1b", 1, "A \"b\": c\u{1b}[2J", Some("2026-11-20"));
        article.author = None;
        article.tags = vec!["x: y".to_owned()];
        let front = front_matter(&article, Some("Feed\nof: two")).unwrap();
        assert!(
            front.starts_with(
                "---\ntitle: \"A \\\"b\\\": c\\u001b[2J\"\nid: \"0a1b\"\ndate: 2026-11-20T"
            ),
            "{front}"
        );
        assert!(front.contains("\nfeed: \"Feed\\nof: two\"\n"), "{front}");
        assert!(
            front.ends_with("\ntags: [\"x: y\"]\nread: false\nstarred: false\n---\n\n"),
            "{front}"
        );
    }

    #[test]
    fn no_file_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let article = article("0a1b", 1, "../Same", None);
        let mut done = Exported::default();
        write(&article, "one", folder.path(), &mut done);
        write(&article, "two", folder.path(), &mut done);
        assert_eq!(done.written, ["same-0a1b.md"]);
        assert_eq!(done.there_already, ["same-0a1b.md"]);
        let kept = std::fs::read_to_string(folder.path().join("same-0a1b.md")).unwrap();
        assert_eq!(kept, "one");
        write(&article, "one", &folder.path().join("gone"), &mut done);
        assert_eq!((done.written.len(), done.failed.len()), (1, 1));
        assert_eq!(done.failed[0].file, "same-0a1b.md");
    }
}
