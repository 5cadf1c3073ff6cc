//! `iacstone articles`.

mod audit;
mod export;
mod full_text;
mod links;
mod list;
mod mark;
mod prune;
mod show;

use super::args::{ArticlesCommand, FilterArgs};
use super::context::CommandContext;
use super::feeds::store;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::articles::{Article, ArticleFilter, Feed, Text};
use crate::feeds::NOTES;
use crate::store::Store;

/// Does what was asked with the stored articles.
///
/// # Errors
/// When the store refuses, or what was named is not there.
pub(super) async fn run(
    command: ArticlesCommand,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    match command {
        ArticlesCommand::List(list) => list::list(&list, context, output).await,
        ArticlesCommand::Search { query, limit } => {
            list::search(&query.join(" "), limit, context, output).await
        }
        ArticlesCommand::Show(args) => show::run(&args, context, output).await,
        ArticlesCommand::FullText { article, undo } => {
            full_text::run(&article, undo, context, output).await
        }
        ArticlesCommand::Links { article } => links::run(&article, context, output).await,
        ArticlesCommand::Audit { feed } => audit::run(&feed, context, output).await,
        ArticlesCommand::Mark(mark) => mark::run(&mark, context, output).await,
        ArticlesCommand::Prune { older_than, yes } => {
            prune::run(older_than, yes, context, output).await
        }
        ArticlesCommand::Export(args) => export::run(&args, context, output).await,
    }
}

/// The filter of the flags. The bundled notes are meant only when they are named.
async fn filter(args: &FilterArgs, store: &Store) -> Result<ArticleFilter, CommandFailure> {
    let feed = match &args.feed {
        Some(name) => Some(
            store
                .feeds()
                .find(name)
                .await
                .map_err(CommandFailure::work)?
                .id,
        ),
        None => None,
    };
    let notes = |feed: &Feed| (feed.source == NOTES).then_some(feed.id);
    let except = match feed {
        Some(_) => Vec::new(),
        None => store
            .feeds()
            .all()
            .await
            .map_err(CommandFailure::work)?
            .iter()
            .filter_map(notes)
            .collect(),
    };
    Ok(ArticleFilter {
        feed,
        except,
        tag: args.tag.clone(),
        author: args.author.clone(),
        read: args.unread.then_some(false),
        starred: args.starred.then_some(true),
        since: args.since,
        before: args.before,
        ..ArticleFilter::default()
    })
}

/// The article a user means, with its text.
async fn find(words: &str, context: &CommandContext) -> Result<(Article, Text), CommandFailure> {
    let store = context.store()?;
    let article = store
        .articles()
        .find(words)
        .await
        .map_err(CommandFailure::work)?;
    store
        .articles()
        .with_text(&article.id)
        .await
        .map_err(CommandFailure::work)
}
