//! `iacstone feeds refresh`.

use jiff::Timestamp;
use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use super::add::articles;
use crate::articles::{Saved, Subscription};
use crate::feeds::{self, FeedError, RefreshOutcome, Refreshed, refresh};
use crate::store::Store;

/// Fetches feeds and says what each brought.
///
/// # Errors
/// When a named feed is not followed, or the store refuses. Exit code 3 when some feeds failed, 1 when all did.
pub(super) async fn run(
    names: &[String],
    all: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let feeds = chosen(names, all, &store).await?;
    let fetcher = super::fetcher(context)?;
    let total = feeds.len();
    let mut done: Vec<Refreshed> = Vec::new();
    refresh(&store, &fetcher, feeds, |refreshed| {
        done.push(refreshed);
        output.progress(&format!("{} of {total} feeds", done.len()), false);
    })
    .await
    .map_err(CommandFailure::work)?;
    if context.json() {
        let entries: Vec<RefreshJson<'_>> = done.iter().map(RefreshJson::of).collect();
        output.json(&entries)?;
    }
    say(&done, context, output);
    if done.is_empty() {
        output.note(nothing_due(&store).await?);
    }
    let failed = done.iter().filter(|one| is_failure(&one.outcome)).count();
    Ok(super::answer(done.len() - failed, failed))
}

async fn chosen(
    names: &[String],
    all: bool,
    store: &Store,
) -> Result<Vec<Subscription>, CommandFailure> {
    if names.is_empty() {
        let feeds = if all {
            feeds::all(store).await
        } else {
            feeds::due(store, Timestamp::now()).await
        };
        return feeds.map_err(CommandFailure::work);
    }
    let mut wanted = Vec::new();
    for name in names {
        wanted.push(
            store
                .feeds()
                .find(name)
                .await
                .map_err(CommandFailure::work)?
                .id,
        );
    }
    let mut feeds = store
        .feeds()
        .subscriptions()
        .await
        .map_err(CommandFailure::work)?;
    feeds.retain(|feed| wanted.contains(&feed.feed));
    Ok(feeds)
}

fn is_failure(outcome: &RefreshOutcome) -> bool {
    matches!(outcome, RefreshOutcome::Failed(error) if *error != FeedError::Offline)
}

fn say(done: &[Refreshed], context: &CommandContext, output: &mut Output) {
    let mut not_asked = 0;
    for one in done {
        match &one.outcome {
            RefreshOutcome::Saved(Saved { new: 0, changed: 0 }) | RefreshOutcome::Unchanged => {
                output.note(format!("{}: nothing new", one.source));
            }
            RefreshOutcome::Saved(saved) => {
                let changed = if saved.changed > 0 {
                    format!(", {} changed", saved.changed)
                } else {
                    String::new()
                };
                output.note(format!(
                    "{}: {} new{changed}",
                    one.source,
                    articles(saved.new)
                ));
            }
            RefreshOutcome::Failed(FeedError::Offline) => not_asked += 1,
            RefreshOutcome::Failed(error) => output.note(format!("{}: {error}", one.source)),
        }
    }
    if let Some(why) = super::no_network(context).filter(|_| not_asked > 0) {
        output.note(format!("{not_asked} feeds were not asked, for {why}."));
    }
}

async fn nothing_due(store: &Store) -> Result<String, CommandFailure> {
    let feeds = store
        .feeds()
        .subscriptions()
        .await
        .map_err(CommandFailure::work)?;
    let next = feeds.iter().filter_map(|feed| feed.health.next_fetch).min();
    let when = next.map_or_else(String::new, |next| {
        format!(" before {}", next.strftime("%Y-%m-%d %H:%M UTC"))
    });
    Ok(format!("No feed is due{when}; --all asks every one now."))
}

/// One feed in JSON.
#[derive(Serialize)]
struct RefreshJson<'a> {
    url: &'a str,
    outcome: &'static str,
    new: usize,
    changed: usize,
    error: Option<String>,
}

impl<'a> RefreshJson<'a> {
    fn of(one: &'a Refreshed) -> Self {
        let (outcome, new, changed, error) = match &one.outcome {
            RefreshOutcome::Saved(saved) => ("fetched", saved.new, saved.changed, None),
            RefreshOutcome::Unchanged => ("unchanged", 0, 0, None),
            RefreshOutcome::Failed(FeedError::Offline) => ("not-asked", 0, 0, None),
            RefreshOutcome::Failed(error) => ("failed", 0, 0, Some(error.to_string())),
        };
        Self {
            url: &one.source,
            outcome,
            new,
            changed,
            error,
        }
    }
}
