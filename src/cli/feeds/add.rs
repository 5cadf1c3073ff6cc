//! `iacstone feeds add`.

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use super::list::FeedJson;
use crate::articles::without_password;
use crate::feeds::{AddError, Added, FeedError, FeedSource, add};
use crate::store::Store;

/// Follows feeds, each on its own: one that cannot be followed does not hold up the others.
///
/// # Errors
/// When none of them can be followed (the first reason), or the store refuses.
pub(super) async fn run(
    sources: &[String],
    (title, folder): (Option<&str>, Option<&str>),
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    if title.is_some() && sources.len() > 1 {
        return Err(CommandFailure::usage(
            "--title names one feed; add the others without it",
        ));
    }
    let store = super::store(context).await?;
    let fetcher = super::fetcher(context)?;
    let (mut added, mut failed) = (Vec::new(), 0);
    for text in sources {
        output.progress(&format!("reading {}", without_password(text)), false);
        let outcome = match FeedSource::named(text) {
            Ok(source) => add(&store, &fetcher, &source, title).await,
            Err(error) => Err(AddError::Feed(without_password(text).into_owned(), error)),
        };
        match outcome {
            Ok(one) => {
                failed += usize::from(!is_whole(&one));
                file(&one, folder, &store).await?;
                say(&one, context, output);
                say_known(&one, &store, output).await?;
                added.push(one);
            }
            Err(AddError::Store(error)) => return Err(CommandFailure::work(error)),
            Err(error) if sources.len() == 1 => return Err(CommandFailure::work(error)),
            Err(error) => {
                output.note(error);
                failed += 1;
            }
        }
    }
    print(&added, context, output)?;
    Ok(super::answer(added.len(), failed))
}

fn print(
    added: &[Added],
    context: &CommandContext,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    if !added.is_empty() {
        context.tell_what_is_lost(output);
    }
    if context.json() {
        let entries: Vec<FeedJson<'_>> = added
            .iter()
            .map(|added| FeedJson::of(&added.feed))
            .collect();
        output.json(&entries)?;
    }
    Ok(())
}

/// Whether nothing went wrong; not asking where nothing may be asked is right.
fn is_whole(added: &Added) -> bool {
    matches!(added.error, None | Some(FeedError::Offline))
}

fn say(added: &Added, context: &CommandContext, output: &mut Output) {
    let feed = &added.feed;
    let verb = if added.is_new {
        "Following"
    } else {
        "Already following"
    };
    match (&added.error, super::no_network(context)) {
        (None, _) => output.note(format!(
            "{verb} '{}' ({}): {}.",
            feed.title,
            feed.source,
            articles(feed.articles)
        )),
        (Some(FeedError::Offline), Some(why)) => {
            output.note(format!(
                "{verb} {}; it was not fetched, for {why}.",
                feed.source
            ));
        }
        (Some(error), _) => output.note(format!("{verb} {}, but: {error}", feed.source)),
    }
    for warning in &feed.health.warnings {
        output.note(format!("  {warning}"));
    }
    for other in &added.others {
        output.note(format!("  The page names another feed: {other}"));
    }
}

/// Puts a feed into the folder that was named, if one was; into none for an empty name.
async fn file(added: &Added, folder: Option<&str>, store: &Store) -> Result<(), CommandFailure> {
    let Some(folder) = folder else {
        return Ok(());
    };
    let names = folder
        .split('/')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    let folder = (!names.is_empty()).then(|| names.join("/"));
    let filed = store
        .feeds()
        .put_into(vec![(added.feed.source.clone(), folder)]);
    filed.await.map_err(CommandFailure::work)
}

/// Says in which feeds those of its articles are that were known.
async fn say_known(
    added: &Added,
    store: &Store,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    if added.feed.elsewhere.is_empty() {
        return Ok(());
    }
    let feeds = store.feeds().all().await.map_err(CommandFailure::work)?;
    if let Some(known) = added.feed.known_from(&feeds) {
        output.note(format!("  Known before and listed there: {known}."));
    }
    Ok(())
}

/// A count of articles in words.
pub(super) fn articles(count: usize) -> String {
    match count {
        0 => "no articles".to_owned(),
        1 => "1 article".to_owned(),
        _ => format!("{count} articles"),
    }
}
