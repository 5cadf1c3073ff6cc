//! From the bytes of a document to the articles in it. Blocks and computes; it is called beside the event loop.

use std::path::Path;

use feed_rs::model::Feed;
use jiff::Timestamp;
use url::Url;

use super::document::{self, Found};
use super::entry::{self, FeedContext};
use super::limits::{LONGEST_TITLE, MOST_BYTES, MOST_WARNINGS};
use super::parse::Parsed;
use super::sniff::{DocumentKind, sniff};
use super::unpack::gunzip;
use super::visible::{one_line, words_of};
use super::{FeedError, charset, discovery, parse};
use crate::articles::Delivered;
use crate::text::counted;

/// What platforms put before the author's name in a feed's title.
const PREFIXES: [&str; 2] = ["DEV Community: ", "Forem: "];

/// A document as it came.
#[derive(Debug)]
pub(super) struct FetchedDocument {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Its content type, when it came from the web.
    pub(super) content_type: Option<String>,
    /// Where it came from, when it came from the web.
    pub(super) url: Option<Url>,
    /// What a text without a title is called.
    pub(super) name: String,
    /// The manifest beside it.
    pub(super) manifest: Option<Found>,
}

/// What is in a document.
#[derive(Debug)]
pub(super) struct Contents {
    /// The feed's title.
    pub(super) title: Option<String>,
    /// Its articles.
    pub(super) articles: Vec<Delivered>,
    /// What was mended or left out.
    pub(super) warnings: Vec<String>,
    /// Whether it ends in the middle, so that there is more of it.
    pub(super) cut: bool,
    /// For how many minutes the feed wants to be left alone.
    pub(super) ttl_minutes: Option<u32>,
    /// The size of the document in bytes.
    pub(super) bytes: u64,
}

/// Reads a document. `source` is the feed's source, as articles are named by it.
///
/// # Errors
/// [`FeedError`] when there is no feed in it.
pub(super) fn read(
    document: FetchedDocument,
    source: &str,
    now: Timestamp,
) -> Result<Contents, FeedError> {
    let unpacked = gunzip(&document.bytes)?;
    let bytes = unpacked.len() as u64;
    let content_type = document.content_type.as_deref().unwrap_or_default();
    let text = charset::decode(&unpacked, charset::charset(content_type));
    let contents = match sniff(&text) {
        kind @ (DocumentKind::Xml | DocumentKind::Json) => {
            feed(&text, kind, document.url, source, now)?
        }
        DocumentKind::Plain if document.url.is_none() || content_type.starts_with("text/plain") => {
            let read = document::read(&text, &document.name, source, document.manifest)?;
            Contents {
                title: Some(read.title),
                articles: read.articles,
                warnings: read.warnings.into_iter().take(MOST_WARNINGS).collect(),
                cut: false,
                ttl_minutes: None,
                bytes: 0,
            }
        }
        DocumentKind::Page => {
            return Err(FeedError::Page(page_feeds(&text, document.url.as_ref())));
        }
        DocumentKind::Plain => return Err(FeedError::NoFeed("plain text")),
        DocumentKind::OtherXml => return Err(FeedError::NoFeed("XML of another kind")),
        DocumentKind::Empty => return Err(FeedError::NoFeed("an empty document")),
        DocumentKind::Binary => return Err(FeedError::NoFeed("something else than text")),
    };
    Ok(Contents { bytes, ..contents })
}

fn page_feeds(text: &str, url: Option<&Url>) -> Vec<String> {
    url.map(|url| discovery::feeds_of_page(text, url))
        .unwrap_or_default()
}

fn feed(
    text: &str,
    kind: DocumentKind,
    url: Option<Url>,
    source: &str,
    now: Timestamp,
) -> Result<Contents, FeedError> {
    let parsed = parse::parse(text, kind, url.as_ref().map(Url::as_str))?;
    let (ttl_minutes, seen, cut) = (parsed.feed.ttl, parsed.seen, parsed.cut);
    if kind == DocumentKind::Xml && seen == 0 && is_bare(&parsed.feed) {
        return Err(FeedError::NoFeed("XML of another kind"));
    }
    let title = parsed
        .feed
        .title
        .as_ref()
        .and_then(|title| feed_title(&title.content));
    let origin = FeedContext {
        source,
        own_base: own_base(&parsed, url.as_ref()),
        base: page_of(&parsed.feed).or(url),
        now,
    };
    let (articles, mut odd) = entry::articles(parsed.feed, parsed.extras, &origin);
    let mut warnings = parsed.warnings;
    warnings.append(&mut odd);
    if articles.is_empty() && seen > 0 {
        return Err(none_of(seen, &warnings));
    }
    warnings.truncate(MOST_WARNINGS);
    Ok(Contents {
        title,
        articles,
        warnings,
        cut,
        ttl_minutes,
        bytes: 0,
    })
}

/// What the addresses of a feed are relative to by its own word.
fn own_base(parsed: &Parsed, url: Option<&Url>) -> Option<Url> {
    joined(url, parsed.base.as_deref()?)
}

/// An address that may be relative to another one.
pub(super) fn joined(base: Option<&Url>, written: &str) -> Option<Url> {
    base.map_or_else(|| Url::parse(written), |base| base.join(written))
        .ok()
}

/// The page a feed is of.
fn page_of(feed: &Feed) -> Option<Url> {
    let pages = feed
        .links
        .iter()
        .filter(|link| link.rel.as_deref() != Some("self"));
    pages
        .filter_map(|link| Url::parse(link.href.trim()).ok())
        .find(|url| url.scheme().starts_with("http"))
}

/// Whether nothing but the root element is of a feed: other documents have one of that name as well.
fn is_bare(feed: &Feed) -> bool {
    feed.title.is_none() && feed.links.is_empty() && feed.description.is_none()
}

/// A text that has articles, and none of them came through.
fn none_of(seen: usize, warnings: &[String]) -> FeedError {
    let (one, many) = (
        "article, which was left out",
        "articles, and all were left out",
    );
    let sentence = counted(seen, one, many).unwrap_or_default();
    FeedError::Unreadable(format!("it has {sentence}: {}", warnings.join("; ")))
}

fn feed_title(written: &str) -> Option<String> {
    let line = one_line(&words_of(written), LONGEST_TITLE);
    let title = PREFIXES
        .iter()
        .find_map(|prefix| line.strip_prefix(prefix))
        .unwrap_or(&line);
    (!title.is_empty()).then(|| title.to_owned())
}

/// Reads a file of this machine, and the manifest beside it.
///
/// # Errors
/// [`FeedError::File`] or [`FeedError::TooLarge`].
pub(super) fn load(path: &Path) -> Result<FetchedDocument, FeedError> {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(FetchedDocument {
        bytes: load_bytes(path)?,
        content_type: None,
        url: None,
        name,
        manifest: manifest_beside(path)?,
    })
}

fn load_bytes(path: &Path) -> Result<Vec<u8>, FeedError> {
    use std::io::Read as _;
    let failed = |why: std::io::Error| FeedError::File {
        path: path.display().to_string(),
        why: why.to_string(),
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::other("it is no file")));
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() > MOST_BYTES {
        return Err(FeedError::TooLarge(MOST_BYTES >> 20));
    }
    Ok(bytes)
}

/// `NAME.toml` or `NAME.txt.toml` beside `NAME.txt`.
fn manifest_beside(path: &Path) -> Result<Option<Found>, FeedError> {
    let mut longer = path.as_os_str().to_owned();
    longer.push(".toml");
    for manifest in [path.with_extension("toml"), longer.into()] {
        if manifest == path {
            continue;
        }
        let failed = |why: std::io::Error| FeedError::Manifest {
            path: manifest.display().to_string(),
            why: why.to_string(),
        };
        match std::fs::read_to_string(&manifest) {
            Ok(text) => return Ok(Some((manifest.display().to_string(), text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
