//! `iacstone feeds remove`.

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use super::add::articles;

/// Follows feeds no longer. All of them are looked for first: a slip removes none.
///
/// # Errors
/// When one of them is not followed, or can be several.
pub(super) async fn run(
    names: &[String],
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let mut feeds: Vec<crate::articles::Feed> = Vec::new();
    for name in names {
        let feed = store
            .feeds()
            .find(name)
            .await
            .map_err(CommandFailure::work)?;
        if !feeds.iter().any(|known| known.id == feed.id) {
            feeds.push(feed);
        }
    }
    for feed in feeds {
        let unfollowed = store.feeds().unfollow(feed.id).await;
        let source = unfollowed.map_err(CommandFailure::work)?;
        output.note(format!(
            "Removed '{}' ({}) with {}.",
            feed.title,
            feed.source,
            articles(feed.articles)
        ));
        let forgotten = super::passwords(context).forget(&source);
        forgotten.map_err(CommandFailure::work)?;
    }
    Ok(CommandExit::Done)
}
