//! `iacstone feeds import` and `export`.

use std::io::Read;
use std::path::Path;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::articles::without_password;
use crate::feeds::{self, FeedError, FeedSource, NOTES, Outline, Passwords};
use crate::jobs::write_new;
use crate::text;

/// The largest list that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// Hosts that are named when their feeds are passed over.
const MOST_NAMES: usize = 20;

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
    let passwords = super::passwords(context);
    let (wanted, refused) = allowed(outlines, &passwords, output).map_err(CommandFailure::work)?;
    let total = wanted.len();
    let in_folders = wanted.iter().filter(|(.., folder)| folder.is_some());
    let in_folders = in_folders.map(|(source, _, folder)| (source.clone(), folder.clone()));
    let in_folders: Vec<_> = in_folders.collect();
    let wanted = wanted.into_iter().map(|(source, title, _)| (source, title));
    let new = store
        .feeds()
        .follow_all(wanted.collect())
        .await
        .map_err(CommandFailure::work)?;
    let put = store.feeds().put_into(in_folders).await;
    put.map_err(CommandFailure::work)?;
    output.note(format!(
        "{} new, {} followed already; `iacstone feeds refresh` fetches them.",
        counted(new),
        total - new
    ));
    Ok(super::answer(total, refused))
}

/// Source, title and folder.
type Wanted = (String, Option<String>, Option<String>);

/// The feeds a list of somebody else's may name, and how many it may not.
///
/// # Errors
/// When a password cannot be kept.
fn allowed(
    outlines: Vec<Outline>,
    passwords: &Passwords,
    output: &mut Output,
) -> Result<(Vec<Wanted>, usize), FeedError> {
    let (mut wanted, mut refused) = (Vec::new(), Vec::new());
    for outline in outlines {
        let source = FeedSource::stored(&outline.source);
        if let Some(source) = source.ok().filter(FeedSource::is_public) {
            let (source, password) = source.apart();
            if let Some(password) = password {
                passwords.keep(&source.to_string(), &password)?;
            }
            wanted.push((source.to_string(), outline.title, outline.folder));
            continue;
        }
        refused.push(host(&outline.source));
    }
    tell_refused(&refused, output);
    Ok((wanted, refused.len()))
}

/// Says once which hosts were passed over.
fn tell_refused(hosts: &[String], output: &mut Output) {
    let Some(feeds) = text::counted(hosts.len(), "feed was", "feeds were") else {
        return;
    };
    let mut names: Vec<&str> = hosts.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    let more = text::counted(more, "more", "more").map(|more| format!(" and {more}"));
    output.note(format!(
        "{feeds} passed over, for a list may only name addresses of the open internet: {}{}; `iacstone feeds add` follows one if you mean it.",
        names.join(", "),
        more.unwrap_or_default()
    ));
}

/// The host of an address, or what stands in its place.
fn host(source: &str) -> String {
    let host = url::Url::parse(source).ok().and_then(|url| {
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        Some(format!("{}{port}", url.host_str()?))
    });
    host.unwrap_or_else(|| text::truncate(source, 60).into_owned())
}

/// The address of a feed with its password, if one is kept for it.
fn with_password(source: &str, passwords: &Passwords) -> String {
    let password = passwords.find(source).ok().flatten();
    let whole = password.and_then(|password| {
        let mut url = url::Url::parse(source).ok()?;
        url.set_password(Some(&password)).ok()?;
        Some(String::from(url))
    });
    whole.unwrap_or_else(|| source.to_owned())
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
    with_passwords: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let passwords = super::passwords(context);
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
            source: if with_passwords {
                with_password(&feed.source, &passwords)
            } else {
                without_password(&feed.source).into_owned()
            },
            title: Some(feed.title),
            folder: feed.folder,
        })
        .collect();
    let list = feeds::export(&outlines).map_err(CommandFailure::work)?;
    if file == Path::new("-") {
        output.data(&list)?;
        return Ok(CommandExit::Done);
    }
    write_new(&list, file).map_err(CommandFailure::work)?;
    output.note(format!(
        "{} feeds were written to '{}'.",
        outlines.len(),
        file.display()
    ));
    Ok(CommandExit::Done)
}
