//! A plain text as a feed: split by its manifest, or one article.

use super::FeedError;
use super::identity::{id, marks};
use super::limits::{LONGEST_TITLE, MOST_BYTES_OF_ITEM, MOST_ITEMS};
use super::manifest::Manifest;
use super::visible::{one_line, searchable};
use crate::articles::{Delivered, Markup, Text};

/// The manifests that come with the program, for texts that come without: they name lines by digest and fit no other
/// text.
const BUNDLED: [&str; 1] = [include_str!("../../assets/documents/web-articles.toml")];

/// A text that was read.
#[derive(Debug)]
pub(super) struct DecodedText {
    /// Its title.
    pub(super) title: String,
    /// Its articles in order.
    pub(super) articles: Vec<Delivered>,
    /// What was left out.
    pub(super) warnings: Vec<String>,
}

/// A manifest as it was found: its name for messages, and its text.
pub(super) type Found = (String, String);

/// Reads a text. `name` is called when nothing else gives it a title.
///
/// # Errors
/// [`FeedError::Manifest`] when the manifest beside it is wrong or does not fit.
pub(super) fn read(
    text: &str,
    name: &str,
    source: &str,
    manifest: Option<Found>,
) -> Result<DecodedText, FeedError> {
    let writer = TextWriter { source };
    if let Some((path, manifest)) = manifest {
        let wrong = |why| FeedError::Manifest {
            path: path.clone(),
            why,
        };
        let manifest = Manifest::parse(&manifest).map_err(wrong)?;
        return writer.split(text, name, &manifest).map_err(wrong);
    }
    let bundled = BUNDLED
        .iter()
        .filter_map(|manifest| Manifest::parse(manifest).ok());
    let fitting = bundled
        .into_iter()
        .find_map(|manifest| writer.split(text, name, &manifest).ok());
    Ok(fitting.unwrap_or_else(|| writer.whole(text, name)))
}

struct TextWriter<'a> {
    source: &'a str,
}

impl TextWriter<'_> {
    fn split(&self, text: &str, name: &str, manifest: &Manifest) -> Result<DecodedText, String> {
        let parts = manifest.split(text)?;
        let (mut articles, mut warnings) = (Vec::new(), Vec::new());
        for (entry, lines) in parts.into_iter().take(MOST_ITEMS) {
            let text = lines.join("\n");
            let kept = beginning(&text, &entry.title, &mut warnings);
            articles.push(Delivered {
                author: entry.author.clone(),
                published: entry.published(),
                link: entry.link.clone(),
                tags: entry.tags.clone(),
                ..self.article(&entry.title, kept)
            });
        }
        Ok(DecodedText {
            title: manifest.title.clone().unwrap_or_else(|| name.to_owned()),
            articles,
            warnings,
        })
    }

    fn whole(&self, text: &str, name: &str) -> DecodedText {
        let mut warnings = Vec::new();
        let text = beginning(text.trim_matches('\n'), name, &mut warnings);
        DecodedText {
            title: name.to_owned(),
            articles: vec![self.article(name, text)],
            warnings,
        }
    }

    /// Articles are named by their title: their text may be mended without making them new.
    fn article(&self, title: &str, text: &str) -> Delivered {
        let title = one_line(title, LONGEST_TITLE);
        let text = Text {
            markup: Markup::Plain,
            source: text.to_owned(),
            base: None,
            enclosures: Vec::new(),
        };
        let marks = marks(&title, &text);
        Delivered {
            id: id(self.source, &title),
            author: None,
            published: None,
            first_seen: None,
            link: None,
            tags: Vec::new(),
            plain: searchable(&text),
            fingerprint: marks.fingerprint,
            essence: marks.essence,
            title,
            text,
        }
    }
}

/// As much of a text as one article may have, up to the end of a line.
fn beginning<'a>(text: &'a str, title: &str, warnings: &mut Vec<String>) -> &'a str {
    if text.len() <= MOST_BYTES_OF_ITEM {
        return text;
    }
    let limit = MOST_BYTES_OF_ITEM >> 20;
    warnings.push(format!(
        "of '{}' only the first {limit} MiB are kept; a manifest beside the text can split it",
        one_line(title, LONGEST_TITLE)
    ));
    let (kept, _) = text.split_at(text.floor_char_boundary(MOST_BYTES_OF_ITEM));
    kept.rsplit_once('\n').map_or(kept, |(lines, _)| lines)
}
