//! `iacstone feeds import` and `export`.

use std::io::Read;
use std::path::Path;

use super::super::office::Office;
use super::super::output::Output;
use super::super::{Answer, Failure};
use crate::feeds::{self, NOTES, Outline, Source};
use crate::jobs::write_new;

/// The largest list that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// Follows the feeds of a list. Those a list of somebody else's may not name are passed over.
///
/// # Errors
/// When the list cannot be read. Exit code 3 when some of its feeds were passed over.
pub(super) async fn import(
    file: &Path,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let shown = file.display().to_string();
    let failed = |error: &dyn std::fmt::Display| {
        Failure::work(format!("'{shown}' cannot be imported: {error}"))
    };
    let text = read(file).map_err(|error| failed(&error))?;
    let outlines = feeds::import(&text).map_err(|error| failed(&error))?;
    let store = super::store(office).await?;
    let (mut new, mut known, mut refused) = (0, 0, 0);
    for outline in outlines {
        let source = Source::stored(&outline.source)
            .ok()
            .filter(Source::is_public);
        let Some(source) = source else {
            output.note(format!(
                "'{}' was passed over: a list may only name addresses of the open internet; `iacstone feeds add` follows it if you mean it",
                outline.source
            ));
            refused += 1;
            continue;
        };
        let followed = store
            .follow(&source.to_string(), outline.title.as_deref())
            .await;
        match followed.map_err(Failure::work)? {
            (_, true) => new += 1,
            (_, false) => known += 1,
        }
    }
    output.note(format!(
        "{new} feeds are new, {known} were followed already; `iacstone feeds refresh` fetches them."
    ));
    Ok(super::answer(new + known, refused))
}

fn read(file: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin()
            .take(MOST_BYTES)
            .read_to_string(&mut text)?;
    } else {
        std::fs::File::open(file)?
            .take(MOST_BYTES)
            .read_to_string(&mut text)?;
    }
    Ok(text)
}

/// Writes the followed feeds of the web to a new file, or to standard output for `-`.
///
/// # Errors
/// When the file exists or cannot be written.
pub(super) async fn export(
    file: &Path,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let followed = super::store(office)
        .await?
        .feeds()
        .await
        .map_err(Failure::work)?;
    let outlines: Vec<Outline> = followed
        .into_iter()
        .filter(|feed| feed.source != NOTES && feed.source.starts_with("http"))
        .map(|feed| Outline {
            source: feed.source,
            title: Some(feed.title),
        })
        .collect();
    let text = feeds::export(&outlines).map_err(Failure::work)?;
    if file == Path::new("-") {
        output.data(&text)?;
        return Ok(Answer::Done);
    }
    write_new(&text, file).map_err(Failure::work)?;
    output.note(format!(
        "{} feeds were written to '{}'.",
        outlines.len(),
        file.display()
    ));
    Ok(Answer::Done)
}
