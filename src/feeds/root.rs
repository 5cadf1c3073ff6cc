//! The root element: which ones feeds have, and how they must be written for the parser.

use super::entities;
use super::markup::{Piece, attribute, attributes, local};

/// Attributes of one tag that are kept.
const MOST_ATTRIBUTES: usize = 64;

/// Bytes of a root's attribute that is kept.
const LONGEST_OF_ROOT: usize = 1 << 10;

/// Bytes of a base that is kept: the parser puts it before every relative address.
pub(super) const LONGEST_BASE: usize = 512;

/// Prefixes that feeds use without declaring them.
const PREFIXES: [(&str, &str); 6] = [
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Whether a piece opens a feed.
pub(super) fn is_root(piece: &Piece<'_>) -> bool {
    let (Piece::Start(_) | Piece::Empty(_)) = piece else {
        return false;
    };
    matches!(
        local(piece.name()).to_ascii_lowercase().as_str(),
        "rss" | "feed" | "rdf" | "entry"
    )
}

/// Whether an element of this name is an article of its feed.
pub(super) fn is_item(name: &str) -> bool {
    matches!(local(name), "item" | "entry")
}

/// The root's start tag as the parser knows it: with a version, every well-known prefix declared, no base that is none.
pub(super) fn mended(root: &Piece<'_>) -> String {
    let (Piece::Start(tag) | Piece::Empty(tag)) = root else {
        return String::new();
    };
    let name = root.name();
    let mut mended = format!("<{name}");
    for (key, value) in kept(tag) {
        let of_rss = local(name) == "rss" && key == "version";
        let no_base = key == "xml:base" && url::Url::parse(value).is_err();
        // It may be put around every item: see `Prepared::alone`.
        let is_endless = value.len() > LONGEST_OF_ROOT;
        if !of_rss && !no_base && !is_endless {
            write(key, value, &mut mended);
        }
    }
    if local(name) == "rss" {
        write("version", "2.0", &mut mended);
    }
    for (prefix, namespace) in PREFIXES {
        let key = format!("xmlns:{prefix}");
        if attribute(tag, &key).is_none() {
            write(&key, namespace, &mut mended);
        }
    }
    mended.push('>');
    mended
}

/// The attributes of a tag as the parser takes them: each once, not too many, none with an odd name or an endless base.
pub(super) fn kept(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut known: Vec<&str> = Vec::new();
    attributes(tag)
        .take(MOST_ATTRIBUTES)
        .filter(move |(key, value)| {
            let is_endless = *key == "xml:base" && value.len() > LONGEST_BASE;
            let keep = is_attribute(key) && !is_endless && !known.contains(key);
            known.extend(keep.then_some(*key));
            keep
        })
}

fn is_attribute(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
}

/// Adds an attribute to a start tag.
pub(super) fn write(key: &str, value: &str, tag: &mut String) {
    tag.push(' ');
    tag.push_str(key);
    tag.push_str("=\"");
    entities::tidy(&value.replace('<', "&lt;").replace('"', "&quot;"), tag);
    tag.push('"');
}
