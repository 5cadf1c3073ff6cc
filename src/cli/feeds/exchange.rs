//! `iacstone feeds import` and `export`.

use std::io::Read;
use std::path::Path;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::feeds::{self, FeedSource, NOTES, Outline};
use crate::jobs::write_new;

/// The largest list that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// Feeds that are passed over by name; of more the number is told.
const MOST_NOTES: usize = 20;

/// Follows the feeds of a list. Those a list of somebody else's may not name are passed over.
///
/// # Errors
/// When the list cannot be read. Exit code 3 when some of its feeds were passed over.
pub(super) async fn import(
    file: &Path,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let shown = file.display().to_string();
    let failed = |error: &dyn std::fmt::Display| {
        CommandFailure::work(format!("'{shown}' cannot be imported: {error}"))
    };
    let list = read(file).map_err(|error| failed(&error))?;
    let outlines = feeds::import(&list).map_err(|error| failed(&error))?;
    let store = super::store(context).await?;
    let (wanted, refused) = allowed(outlines, output);
    let total = wanted.len();
    let new = store
        .feeds()
        .follow_all(wanted)
        .await
        .map_err(CommandFailure::work)?;
    output.note(format!(
        "{} new, {} followed already; `iacstone feeds refresh` fetches them.",
        counted(new),
        total - new
    ));
    Ok(super::answer(total, refused))
}

type Wanted = (String, Option<String>);

/// The feeds a list of somebody else's may name, and how many it may not.
fn allowed(outlines: Vec<Outline>, output: &mut Output) -> (Vec<Wanted>, usize) {
    let (mut wanted, mut refused) = (Vec::new(), 0);
    for outline in outlines {
        let source = FeedSource::stored(&outline.source);
        if let Some(source) = source.ok().filter(FeedSource::is_public) {
            wanted.push((source.to_string(), outline.title));
            continue;
        }
        refused += 1;
        if refused <= MOST_NOTES {
            output.note(format!(
                "'{}' was passed over: a list may only name addresses of the open internet; `iacstone feeds add` follows it if you mean it",
                outline.source
            ));
        }
    }
    if refused > MOST_NOTES {
        let more = refused - MOST_NOTES;
        output.note(format!("{more} more were passed over as well."));
    }
    (wanted, refused)
}

/// A count of feeds, and the verb for it.
fn counted(feeds: usize) -> String {
    match feeds {
        1 => "1 feed is".to_owned(),
        _ => format!("{feeds} feeds are"),
    }
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file)?)
    };
    let mut list = Vec::new();
    source.take(MOST_BYTES + 1).read_to_end(&mut list)?;
    if list.len() as u64 > MOST_BYTES {
        let why = format!("it is larger than {} MiB", MOST_BYTES >> 20);
        return Err(std::io::Error::other(why));
    }
    Ok(list)
}

/// Writes the followed feeds of the web to a new file, or to standard output for `-`.
///
/// # Errors
/// When the file exists or cannot be written.
pub(super) async fn export(
    file: &Path,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let followed = super::store(context)
        .await?
        .feeds()
        .all()
        .await
        .map_err(CommandFailure::work)?;
    let outlines: Vec<Outline> = followed
        .into_iter()
        .filter(|feed| feed.source != NOTES && feed.source.starts_with("http"))
        .map(|feed| Outline {
            source: feed.source,
            title: Some(feed.title),
        })
        .collect();
    let text = feeds::export(&outlines).map_err(CommandFailure::work)?;
    if file == Path::new("-") {
        output.data(&text)?;
        return Ok(CommandExit::Done);
    }
    write_new(&text, file).map_err(CommandFailure::work)?;
    output.note(format!(
        "{} feeds were written to '{}'.",
        outlines.len(),
        file.display()
    ));
    Ok(CommandExit::Done)
}
