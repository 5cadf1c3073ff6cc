//! What a user names a run by: its id or name, a file, a link, `-`, or a bundled example.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use jiff::Timestamp;

use super::CommandFailure;
use super::context::CommandContext;
use super::output::Output;
use crate::jobs::{ImportFailure, import_runs, read_runs, unusable};
use crate::power::document::LinkChoice;
use crate::power::{ImportError, Run, RunId, examples};
use crate::store::StoreError;
use crate::text::nearest;

/// Standard input is read up to this many bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What a word leads to outside the store.
pub(super) enum OutsideSource {
    /// It can only be a saved run.
    None,
    /// These runs.
    Runs(Vec<Run>),
    /// A page with several links, and none was named; the sentence says so.
    Links(LinkChoice, String),
}

/// Finds the runs behind a word, at least one: two for a comparison link. `link` is the number of the link that is meant
/// in a page, from 1; without it the user is asked.
///
/// The store is opened only when nothing else fits, so that examples, files and links work without one. A name may look
/// like a path or a link: what is neither is looked for among the saved runs before it is refused.
///
/// # Errors
/// A sentence when nothing fits, or what fits is damaged.
pub(super) async fn runs(
    source: &str,
    link: Option<usize>,
    context: &CommandContext,
    output: &mut Output,
) -> Result<Vec<Run>, CommandFailure> {
    let refused = match outside_or_ask(source, link, output).await {
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
    match outside(source, None)? {
        OutsideSource::Runs(runs) => runs.into_iter().next(),
        OutsideSource::None => None,
        OutsideSource::Links(_, sentence) => {
            return Err(CommandFailure::usage(format!(
                "{sentence} to `iacstone runs import`, and compare the run that it saves"
            )));
        }
    }
    .ok_or_else(|| CommandFailure::work(unknown(source)))
}

/// Finds the runs behind a word that come from outside the store; `None` when the word can only be a saved run. Of several
/// links in a page the one of this number is read, from 1; without a number the user is asked.
///
/// # Errors
/// A sentence when what the word names is damaged. Exit code 2 when nobody is there to be asked.
pub(super) async fn outside_or_ask(
    source: &str,
    link: Option<usize>,
    output: &mut Output,
) -> Result<Option<Vec<Run>>, CommandFailure> {
    let (choice, sentence) = match outside(source, link)? {
        OutsideSource::None => return Ok(None),
        OutsideSource::Runs(runs) => return Ok(Some(runs)),
        OutsideSource::Links(choice, sentence) => (choice, sentence),
    };
    let is_heard = io::stdin().is_terminal() && io::stderr().is_terminal();
    if source == "-" || !is_heard {
        return Err(CommandFailure::usage(sentence));
    }
    for (at, words) in choice.words().enumerate() {
        output.note(format!("{:>3}  {words}", at + 1));
    }
    let answer = output.asks("Which link? [1] ").await?;
    let number = if answer.is_empty() { "1" } else { &answer };
    let number = number.parse().map_err(|_not_a_number| {
        CommandFailure::usage(format!("'{number}' is not the number of a link"))
    })?;
    match outside(source, Some(number))? {
        OutsideSource::Runs(runs) => Ok(Some(runs)),
        OutsideSource::None | OutsideSource::Links(..) => Ok(None),
    }
}

/// What a word leads to outside the store, with the number of the link that is meant in a page, from 1.
fn outside(source: &str, link: Option<usize>) -> Result<OutsideSource, CommandFailure> {
    if source == "-" {
        let read = read_runs("standard input", &standard_input()?, link);
        return sorted(read, |error| unusable("standard input", "run", error));
    }
    let is_file = is_file(source);
    if !is_file && let Some(example) = examples::find(source) {
        return Ok(OutsideSource::Runs(vec![copy(&example.run)]));
    }
    let looks_like_one = source.contains(['/', ';', '#']);
    if !is_file && !looks_like_one {
        return Ok(OutsideSource::None);
    }
    match import_runs(source, link) {
        Err(ImportFailure::Unusable { from, error }) => sorted(Err(error), |error| {
            unusable(&format!("'{from}'"), "usable run", error)
        }),
        Err(error) => Err(CommandFailure::work(error)),
        Ok(runs) => Ok(OutsideSource::Runs(runs)),
    }
}

/// What was read, with the sentence for an error.
fn sorted(
    read: Result<Vec<Run>, ImportError>,
    sentence: impl FnOnce(&ImportError) -> String,
) -> Result<OutsideSource, CommandFailure> {
    match read {
        Ok(runs) => Ok(OutsideSource::Runs(runs)),
        Err(error) => {
            let sentence = sentence(&error);
            match error {
                ImportError::SeveralLinks(choice) => Ok(OutsideSource::Links(choice, sentence)),
                _ => Err(CommandFailure::work(sentence)),
            }
        }
    }
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

fn standard_input() -> Result<String, CommandFailure> {
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
    Ok(content)
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
