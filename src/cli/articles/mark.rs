//! `iacstone articles mark`.

use serde::Serialize;

use super::super::args::{MarkArgs, MarkFlags};
use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::articles::{Mark, MarkScope};
use crate::store::Store;

/// What was changed, in JSON.
#[derive(Serialize)]
struct Changed<'a> {
    changed: Vec<&'a str>,
}

/// Marks articles; all of them, or none when one is not there.
///
/// # Errors
/// When an article is not in the store, or can be several.
pub(super) async fn run(
    args: &MarkArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let store = super::store(context).await?;
    let scope = scope(args, &store).await?;
    let mark = mark(args.mark);
    let changed = store
        .articles()
        .mark(scope, mark)
        .await
        .map_err(CommandFailure::work)?;
    if context.json() {
        let changed = changed.iter().map(|id| id.0.as_str()).collect();
        output.json(&Changed { changed })?;
    }
    let what = match mark {
        Mark::Read(true) => "read",
        Mark::Read(false) => "not read",
        Mark::Starred(true) => "starred",
        Mark::Starred(false) => "not starred",
    };
    let count = changed.len();
    output.note(match count {
        1 => format!("1 article is {what} now."),
        _ => format!("{count} articles are {what} now."),
    });
    Ok(CommandExit::Done)
}

async fn scope(args: &MarkArgs, store: &Store) -> Result<MarkScope, CommandFailure> {
    let id = async |text: &str| {
        let found = store
            .articles()
            .find(text)
            .await
            .map_err(CommandFailure::work)?;
        Ok::<_, CommandFailure>(found.id)
    };
    if args.articles.is_empty() {
        let filter = super::filter(&args.filter, store).await?;
        return Ok(match (&args.above, &args.below) {
            (Some(last), _) => MarkScope::Above(Box::new(filter), id(last).await?),
            (None, Some(first)) => MarkScope::Below(Box::new(filter), id(first).await?),
            (None, None) => MarkScope::All(filter),
        });
    }
    let mut ids = Vec::new();
    for text in &args.articles {
        ids.push(id(text).await?);
    }
    Ok(MarkScope::These(ids))
}

const fn mark(flags: MarkFlags) -> Mark {
    match flags {
        MarkFlags { read: true, .. } => Mark::Read(true),
        MarkFlags { star: true, .. } => Mark::Starred(true),
        MarkFlags { unstar: true, .. } => Mark::Starred(false),
        MarkFlags { .. } => Mark::Read(false),
    }
}
