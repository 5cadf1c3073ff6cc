//! What a user names a run by: its id or name, a file, a link, `-`, or a bundled example.

use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use super::CommandFailure;
use super::context::CommandContext;
use crate::jobs::{import_runs, read_runs};
use crate::power::{Run, RunId, examples};
use crate::store::StoreError;
use crate::text::nearest;

/// Standard input is read up to this many bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Finds the runs behind a word, at least one: two for a comparison link.
///
/// The store is opened only when nothing else fits, so that examples, files and links work without one. A name may look
/// like a path or a link: what is neither is looked for among the saved runs before it is refused.
///
/// # Errors
/// A sentence when nothing fits, or what fits is damaged.
pub(super) async fn runs(
    source: &str,
    context: &CommandContext,
) -> Result<Vec<Run>, CommandFailure> {
    let refused = match outside(source) {
        Ok(Some(runs)) => return Ok(runs),
        Ok(None) => CommandFailure::work(unknown(source)),
        Err(failure) if source == "-" || is_file(source) => return Err(failure),
        Err(failure) => failure,
    };
    match context.store()?.runs().find(source).await {
        Ok(run) => Ok(vec![run]),
        Err(StoreError::NoSuchRun(_)) => Err(refused),
        Err(error) => Err(CommandFailure::work(error)),
    }
}

/// Finds the run behind a word, a saved one before anything else.
///
/// # Errors
/// A sentence when nothing fits, or what fits is damaged.
pub(super) async fn saved_first(
    source: &str,
    context: &CommandContext,
) -> Result<Run, CommandFailure> {
    match context.store()?.runs().find(source).await {
        Ok(run) => return Ok(run),
        Err(StoreError::NoSuchRun(_)) => {}
        Err(error) => return Err(CommandFailure::work(error)),
    }
    let found = outside(source)?.and_then(|runs| runs.into_iter().next());
    found.ok_or_else(|| CommandFailure::work(unknown(source)))
}

/// Finds the runs behind a word that come from outside the store; `None` when the word can only be a saved run.
///
/// # Errors
/// A sentence when what the word names is damaged.
pub(super) fn outside(source: &str) -> Result<Option<Vec<Run>>, CommandFailure> {
    if source == "-" {
        return Ok(Some(from_standard_input()?));
    }
    let is_file = is_file(source);
    if !is_file && let Some(example) = examples::find(source) {
        return Ok(Some(vec![copy(&example.run)]));
    }
    let looks_like_one = source.contains(['/', ';', '#']);
    if is_file || looks_like_one {
        return import_runs(source).map(Some).map_err(CommandFailure::work);
    }
    Ok(None)
}

/// Whether a file or a pipe of this path exists. A folder may share its name with a saved run.
fn is_file(source: &str) -> bool {
    let path = Path::new(source);
    path.exists() && !path.is_dir()
}

/// A run of one's own with the figures of an example.
fn copy(example: &Run) -> Run {
    let started = Timestamp::now();
    Run {
        id: RunId::new(started, rand::random()),
        started,
        ..example.clone()
    }
}

fn from_standard_input() -> Result<Vec<Run>, CommandFailure> {
    let mut content = String::new();
    let read = std::io::stdin()
        .take(LARGEST + 1)
        .read_to_string(&mut content);
    read.map_err(|error| CommandFailure::work(format!("standard input cannot be read: {error}")))?;
    if content.len() as u64 > LARGEST {
        return Err(CommandFailure::work(
            "standard input holds more than 64 MiB; that is no exported run",
        ));
    }
    let runs = read_runs("standard input", &content);
    runs.map_err(|error| CommandFailure::work(format!("standard input holds no run: {error}")))
}

fn unknown(source: &str) -> String {
    let names: Vec<&str> = examples::all().iter().map(|it| it.name.as_str()).collect();
    let hint = nearest(source, &names).map_or_else(
        || format!("the examples are {}", names.join(", ")),
        |name| format!("did you mean the example '{name}'?"),
    );
    format!(
        "'{source}' is no saved run, file, link or bundled example; `iacstone runs list` shows the saved runs, {hint}"
    )
}
