//! What a document is, from its first characters alone: names and content types lie.

use super::markup::{MarkupPiece, Pieces, local};
use super::root;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentKind {
    /// RSS, RDF or Atom.
    Xml,
    /// JSON Feed.
    Json,
    /// A web page.
    Page,
    /// XML of another kind.
    OtherXml,
    /// Text without markup.
    Plain,
    /// Nothing but blanks.
    Empty,
    /// No text.
    Binary,
}

/// How much of a document is looked at when it does not begin with markup, in bytes.
const HEAD: usize = 4096;

/// Tells what a document is.
pub(super) fn sniff(text: &str) -> DocumentKind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return DocumentKind::Empty;
    }
    if is_binary(text) {
        return DocumentKind::Binary;
    }
    match text.chars().next() {
        Some('{') if text.contains("\"items\"") || text.contains("jsonfeed.org") => {
            DocumentKind::Json
        }
        Some('<') => kind_of_markup(text),
        _ if has_feed_inside(text) => DocumentKind::Xml,
        _ => DocumentKind::Plain,
    }
}

fn kind_of_markup(text: &str) -> DocumentKind {
    let mut pieces = Pieces::of(text);
    let telling = pieces.find(|piece| {
        matches!(piece, MarkupPiece::Start(_) | MarkupPiece::Empty(_)) || is_html_doctype(piece)
    });
    match telling {
        Some(piece) if root::is_root(&piece) => DocumentKind::Xml,
        Some(MarkupPiece::Doctype(_)) => DocumentKind::Page,
        Some(piece) if is_of_page(local(piece.name())) => DocumentKind::Page,
        // What a server's language wrote before the feed.
        Some(_) if has_feed_inside(text) => DocumentKind::Xml,
        Some(_) => DocumentKind::OtherXml,
        None if text.starts_with("<?") || text.starts_with("<!") => DocumentKind::OtherXml,
        None => DocumentKind::Plain,
    }
}

fn is_html_doctype(piece: &MarkupPiece<'_>) -> bool {
    let MarkupPiece::Doctype(text) = piece else {
        return false;
    };
    let mut words = text.split(|c: char| c.is_whitespace() || c == '>');
    words
        .nth(1)
        .is_some_and(|name| name.eq_ignore_ascii_case("html"))
}

fn is_of_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "html", "head", "body", "title", "meta", "div", "p", "h1", "script", "table", "a",
    ]
    .contains(&name.as_str())
}

/// Whether a feed begins soon after something else, such as a warning of the server's language.
fn has_feed_inside(text: &str) -> bool {
    let head = text
        .get(..text.floor_char_boundary(HEAD))
        .unwrap_or_default();
    let declared = head.find("<?xml").and_then(|at| head.get(at..));
    declared.is_some_and(|xml| {
        ["<rss", "<feed", "<rdf:RDF"]
            .iter()
            .any(|tag| xml.contains(tag))
    })
}

/// Text has hardly a control character, and none that is zero.
fn is_binary(text: &str) -> bool {
    let head = text
        .get(..text.floor_char_boundary(HEAD))
        .unwrap_or_default();
    let strange = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let markup = head.starts_with('<');
    !markup
        && (head.contains('\0') || head.chars().filter(strange).count() * 20 > head.chars().count())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn documents_are_known_by_their_beginning() {
        for (text, kind) in [
            ("<?xml version='1.0'?><!-- x --><rss>", DocumentKind::Xml),
            ("\u{feff}\n <feed xmlns='a'>", DocumentKind::Xml),
            ("<rdf:RDF>", DocumentKind::Xml),
            ("<!DOCTYPE rss PUBLIC 'x'><rss>", DocumentKind::Xml),
            (
                "Notice: x in y.php\n<?xml version='1.0'?><rss>",
                DocumentKind::Xml,
            ),
            (
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                DocumentKind::Json,
            ),
            ("<!doctype html><title>x</title>", DocumentKind::Page),
            ("<HTML><head>", DocumentKind::Page),
            ("<?xml version='1.0'?><html xmlns='x'>", DocumentKind::Page),
            ("<?xml version='1.0'?><opml>", DocumentKind::OtherXml),
            (
                "In 2022 we wrote about <region> and <rss>",
                DocumentKind::Plain,
            ),
            ("< 5 ms", DocumentKind::Plain),
            ("{ not json", DocumentKind::Plain),
            (" \n", DocumentKind::Empty),
            ("\u{7f}ELF\0\0\0", DocumentKind::Binary),
        ] {
            assert_eq!(sniff(text), kind, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_strange(text in any::<String>()) {
            sniff(&text);
        }
    }
}
