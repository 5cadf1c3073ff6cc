//! `iacstone feeds import` and `export`.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::Path;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::articles::without_password;
use crate::feeds::{self, FeedSource, NOTES, Outline};
use crate::jobs::write_new;
use crate::store::{Store, StoreError};
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
    let (wanted, refused) = allowed(outlines, output);
    let total = wanted.len();
    let passwords = wanted.iter().filter_map(ListedFeed::login).collect();
    let new = follow(wanted, &store).await.map_err(CommandFailure::work)?;
    let left_out = super::passwords(context).keep_new(passwords);
    let left_out = left_out.map_err(CommandFailure::work)?;
    if let Some(left_out) = text::counted(left_out, "password", "passwords") {
        output.note(format!(
            "{left_out} of the list left out: others are kept for the same feeds; `iacstone feeds add` with the password in the address replaces one."
        ));
    }
    output.note(format!(
        "{} new, {} followed already; `iacstone feeds refresh` fetches them.",
        counted(new),
        total - new
    ));
    Ok(super::answer(total, refused))
}

/// A feed of a list.
struct ListedFeed {
    /// Its source without the password.
    source: String,
    password: Option<String>,
    title: Option<String>,
    folder: Option<String>,
}

impl ListedFeed {
    /// Source and password, if it has one.
    fn login(&self) -> Option<(String, String)> {
        Some((self.source.clone(), self.password.clone()?))
    }
}

/// Follows those that are not followed yet, in the folders of the list; gives how many they are. Where the others stand
/// is the user's choice.
async fn follow(wanted: Vec<ListedFeed>, store: &Store) -> Result<usize, StoreError> {
    let known = store.feeds().subscriptions().await?;
    let known: HashSet<String> = known.into_iter().map(|feed| feed.source).collect();
    let new = wanted
        .into_iter()
        .filter(|feed| !known.contains(&feed.source));
    let (feeds, folders): (Vec<_>, Vec<_>) = new
        .map(|feed| {
            (
                (feed.source.clone(), feed.title),
                (feed.source, feed.folder),
            )
        })
        .unzip();
    let new = store.feeds().follow_all(feeds).await?;
    store.feeds().put_into(folders).await?;
    Ok(new)
}

/// The feeds a list of somebody else's may name, and how many it may not.
fn allowed(outlines: Vec<Outline>, output: &mut Output) -> (Vec<ListedFeed>, usize) {
    let (mut wanted, mut refused) = (Vec::new(), Vec::new());
    for outline in outlines {
        let source = FeedSource::stored(&outline.source);
        let Some(source) = source.ok().filter(FeedSource::is_public) else {
            refused.push(host(&outline.source));
            continue;
        };
        let (source, password) = source.apart();
        wanted.push(ListedFeed {
            source: source.to_string(),
            password,
            title: outline.title,
            folder: outline.folder,
        });
    }
    tell_refused(&refused, output);
    (wanted, refused.len())
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

/// The address of a feed with its password, if there is one for it.
fn with_password(source: &str, passwords: &BTreeMap<String, String>) -> String {
    let whole = passwords.get(source).and_then(|password| {
        let mut url = url::Url::parse(source).ok()?;
        url.set_password(Some(password)).ok()?;
        Some(String::from(url))
    });
    whole.unwrap_or_else(|| without_password(source).into_owned())
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
/// When the file exists or cannot be written, or the passwords cannot be read.
pub(super) async fn export(
    file: &Path,
    with_passwords: bool,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let passwords = if with_passwords {
        let all = super::passwords(context).all();
        all.map_err(CommandFailure::work)?
    } else {
        BTreeMap::new()
    };
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
            source: with_password(&feed.source, &passwords),
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
