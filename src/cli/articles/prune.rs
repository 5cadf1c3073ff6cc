//! `iacstone articles prune`.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use super::list;
use crate::articles::ArticleId;
use crate::text::counted;

/// Lists the articles that were read long ago; with `yes` they are forgotten.
///
/// # Errors
/// Exit code 2 when nobody says how long ago, else when the store refuses.
pub(super) async fn run(
    older_than: Option<u32>,
    yes: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let days = older_than.or(context.settings().reader.keep_read_days);
    let days = days.ok_or_else(|| {
        let words = "nothing says how long articles are kept; give --older-than DAYS, or set keep-read-days in [reader]";
        CommandFailure::usage(words)
    })?;
    let store = super::store(context).await?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = today.saturating_sub(i64::from(days).days());
    let old = store.articles().read_before(day).await;
    let old = old.map_err(CommandFailure::work)?;
    list::all(&old, &store, context, output).await?;
    let Some(count) = counted(old.len() as u64, "article was", "articles were") else {
        output.note(format!("No article was read before {day} and may go."));
        return Ok(CommandExit::Done);
    };
    if !yes {
        output.note(format!(
            "{count} read before {day}; --yes forgets what is listed here. A star keeps one."
        ));
        return Ok(CommandExit::Done);
    }
    let ids: Vec<ArticleId> = old.into_iter().map(|article| article.id).collect();
    let forgotten = store.articles().forget(ids).await;
    let forgotten = forgotten.map_err(CommandFailure::work)?;
    output.note(format!("Articles forgotten: {forgotten}."));
    Ok(CommandExit::Done)
}
