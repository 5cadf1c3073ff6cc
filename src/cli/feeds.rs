//! `iacstone feeds`.

mod add;
mod exchange;
mod list;
mod refresh;
mod remove;

use super::args::FeedsCommand;
use super::context::CommandContext;
use super::output::Output;
use super::{CommandExit, CommandFailure};
use crate::feeds::{FeedRequests, Fetcher, Passwords, follow_first, move_passwords};
use crate::jobs::FeedWeb;
use crate::store::Store;

/// Does what was asked with the followed feeds.
///
/// # Errors
/// When the store refuses, or nothing of what was asked could be done.
pub(super) async fn run(
    command: FeedsCommand,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    match command {
        FeedsCommand::List => list::run(context, output).await,
        FeedsCommand::Add {
            sources,
            title,
            folder,
        } => {
            let named = (title.as_deref(), folder.as_deref());
            add::run(&sources, named, context, output).await
        }
        FeedsCommand::Remove { feeds } => remove::run(&feeds, context, output).await,
        FeedsCommand::Refresh { feeds, all } => refresh::run(&feeds, all, context, output).await,
        FeedsCommand::Import { file } => exchange::import(&file, context, output).await,
        FeedsCommand::Export {
            file,
            with_passwords,
        } => exchange::export(&file, with_passwords, context, output).await,
    }
}

/// The store with the feeds of a first start, and without passwords.
pub(super) async fn store(context: &CommandContext) -> Result<Store, CommandFailure> {
    let store = context.store()?;
    move_passwords(&store, &passwords(context))
        .await
        .map_err(CommandFailure::work)?;
    follow_first(&store, context.settings().demo)
        .await
        .map_err(CommandFailure::work)?;
    Ok(store)
}

/// The passwords of feeds, beside the store; nowhere in the demo.
pub(super) fn passwords(context: &CommandContext) -> Passwords {
    let kept = context.kept_dir().filter(|_| !context.settings().demo);
    kept.map_or_else(Passwords::default, Passwords::beside)
}

/// What a session can ask for feeds.
pub(super) fn web(context: &CommandContext) -> FeedWeb {
    let settings = context.settings();
    match (settings.demo, settings.offline) {
        (true, _) => FeedWeb::Demo,
        (_, true) => FeedWeb::Offline,
        _ => FeedWeb::Network,
    }
}

/// How feeds are asked.
pub(super) fn requests(context: &CommandContext) -> FeedRequests {
    FeedRequests::new(&context.settings().feeds)
}

/// What asks the web, or the server of the demo; nobody offline.
pub(super) fn fetcher(context: &CommandContext) -> Result<Fetcher, CommandFailure> {
    let fetcher = web(context).fetcher(requests(context), passwords(context));
    fetcher.map_err(CommandFailure::work)
}

/// Why the web is not asked.
pub(super) fn no_network(context: &CommandContext) -> Option<&'static str> {
    (web(context) == FeedWeb::Offline).then_some("iacstone is offline")
}

/// How a command ends that did some of what it was asked to.
const fn answer(done: usize, failed: usize) -> CommandExit {
    match (done, failed) {
        (_, 0) => CommandExit::Done,
        (0, _) => CommandExit::Failed,
        _ => CommandExit::Partial,
    }
}
