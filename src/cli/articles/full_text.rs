//! `iacstone articles full-text`.

use serde::Serialize;

use super::super::context::CommandContext;
use super::super::feeds::fetcher;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::articles::{Article, Document};
use crate::feeds::fetch_full_text;
use crate::store::Store;

/// Fetches the page of an article and shows what it says from then on, or goes back to the feed's text.
///
/// # Errors
/// When the article is not there, or its page is of no use; then the text stays as it was.
pub(super) async fn run(
    article: &str,
    undo: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let found = store.articles().find(article).await;
    let article = found.map_err(CommandFailure::work)?;
    let note = if undo {
        go_back(&store, &article).await?
    } else {
        let fetched = fetch_full_text(&store, &fetcher(context)?, &article.id).await;
        let page = fetched.map_err(CommandFailure::work)?;
        format!("The text of '{}' is that of {page} now.", article.title)
    };
    if context.json() {
        output.json(&ShownText::of(&store, &article).await?)?;
    }
    output.note(note);
    Ok(CommandExit::Done)
}

async fn go_back(store: &Store, article: &Article) -> Result<String, CommandFailure> {
    let gone = store.articles().drop_full_text(&article.id).await;
    let title = &article.title;
    Ok(if gone.map_err(CommandFailure::work)? {
        format!("The text of '{title}' is that of its feed again.")
    } else {
        format!("The text of '{title}' is that of its feed already.")
    })
}

/// Which text of an article is shown, in JSON.
#[derive(Serialize)]
struct ShownText {
    id: String,
    full_text: bool,
    /// What relative links are relative to: for the full text the address of the page.
    base: Option<String>,
    words: usize,
}

impl ShownText {
    async fn of(store: &Store, article: &Article) -> Result<Self, CommandFailure> {
        let shown = store.articles().with_text(&article.id).await;
        let (article, text) = shown.map_err(CommandFailure::work)?;
        let plain = Document::read(&text).plain_text();
        Ok(Self {
            id: article.id.0,
            full_text: article.is_full,
            base: text.base,
            words: plain.split_whitespace().count(),
        })
    }
}
