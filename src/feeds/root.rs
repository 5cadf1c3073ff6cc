//! The root element: which ones feeds have, and how they must be written for the parser.

use super::dialect::{Dialect, PREFIXES, known, prefix};
use super::entities;
use super::markup::{MarkupPiece, attribute, attributes, local};

/// Attributes of one tag that are kept.
const MOST_ATTRIBUTES: usize = 64;

/// Bytes of a root's attribute that is kept.
const LONGEST_OF_ROOT: usize = 1 << 10;

/// Bytes of a base that is kept: the parser puts it before every relative address.
pub(super) const LONGEST_BASE: usize = 512;

/// Whether a piece opens a feed.
pub(super) fn is_root(piece: &MarkupPiece<'_>) -> bool {
    let (MarkupPiece::Start(_) | MarkupPiece::Empty(_)) = piece else {
        return false;
    };
    matches!(
        local(piece.name()).to_ascii_lowercase().as_str(),
        "rss" | "feed" | "rdf" | "entry"
    )
}

/// Whether an element of this name is an article of its feed.
pub(super) fn is_item(name: &str) -> bool {
    let name = local(name);
    ["item", "entry"]
        .iter()
        .any(|item| name.eq_ignore_ascii_case(item))
}

/// The root's start tag as the parser knows it: with a version, every well-known prefix declared, no base that is none. It
/// alone says what the elements without a prefix are, and those with its own: their namespace is left out.
pub(super) fn mended(name: &str, tag: &str) -> String {
    let dialect = Dialect::of(name);
    let mut mended = format!("<{name}");
    for (key, value) in kept(tag) {
        let of_rss = local(name) == "rss" && key == "version";
        let own = key.strip_prefix("xmlns:") == Some(prefix(name)) && dialect != Dialect::Rdf;
        let value = match key {
            _ if own => dialect.namespace(),
            _ if key.starts_with("xmlns:") => known(value),
            _ => value,
        };
        // It may be put around every item: see `Prepared::alone`.
        let is_endless = value.len() > LONGEST_OF_ROOT;
        if !of_rss && key != "xmlns" && !is_endless {
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
            let no_base = *key == "xml:base" && !is_base(value);
            let keep = is_attribute(key) && !no_base && !known.contains(key);
            known.extend(keep.then_some(*key));
            keep
        })
}

/// Whether an address can be a base: the parser refuses all of what one is around that cannot.
fn is_base(value: &str) -> bool {
    let parsed = url::Url::parse(value);
    let is_address = matches!(parsed, Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase));
    is_address && value.len() <= LONGEST_BASE
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
