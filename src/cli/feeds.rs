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
use crate::feeds::{Fetcher, follow_first};
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
        FeedsCommand::Add { sources, title } => {
            add::run(&sources, title.as_deref(), context, output).await
        }
        FeedsCommand::Remove { feeds } => remove::run(&feeds, context, output).await,
        FeedsCommand::Refresh { feeds, all } => refresh::run(&feeds, all, context, output).await,
        FeedsCommand::Import { file } => exchange::import(&file, context, output).await,
        FeedsCommand::Export { file } => exchange::export(&file, context, output).await,
    }
}

/// The store with the feeds of a first start.
pub(super) async fn store(context: &CommandContext) -> Result<Store, CommandFailure> {
    let store = context.store()?;
    follow_first(&store).await.map_err(CommandFailure::work)?;
    Ok(store)
}

/// What asks the web, but not in the demo, which has no network, and offline.
fn fetcher(context: &CommandContext) -> Result<Fetcher, CommandFailure> {
    if no_network(context).is_some() {
        return Ok(Fetcher::offline());
    }
    Fetcher::new().map_err(CommandFailure::work)
}

/// Why the web is not asked.
pub(super) fn no_network(context: &CommandContext) -> Option<&'static str> {
    let settings = context.settings();
    match (settings.demo, settings.offline) {
        (true, _) => Some("the demo has no network"),
        (_, true) => Some("iacstone is offline"),
        _ => None,
    }
}

/// How a command ends that did some of what it was asked to.
const fn answer(done: usize, failed: usize) -> CommandExit {
    match (done, failed) {
        (_, 0) => CommandExit::Done,
        (0, _) => CommandExit::Failed,
        _ => CommandExit::Partial,
    }
}
