//! What a document is, from its first characters alone: names and content types lie.

use super::markup::{Piece, Pieces, local};
use super::root;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) fn sniff(text: &str) -> Kind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Kind::Empty;
    }
    if is_binary(text) {
        return Kind::Binary;
    }
    match text.chars().next() {
        Some('{') if text.contains("\"items\"") || text.contains("jsonfeed.org") => Kind::Json,
        Some('<') => kind_of_markup(text),
        _ if has_feed_inside(text) => Kind::Xml,
        _ => Kind::Plain,
    }
}

fn kind_of_markup(text: &str) -> Kind {
    let mut pieces = Pieces::of(text);
    let telling = pieces
        .find(|piece| matches!(piece, Piece::Start(_) | Piece::Empty(_)) || is_html_doctype(piece));
    match telling {
        Some(piece) if root::is_root(&piece) => Kind::Xml,
        Some(Piece::Doctype(_)) => Kind::Page,
        Some(piece) if is_of_page(local(piece.name())) => Kind::Page,
        // What a server's language wrote before the feed.
        Some(_) if has_feed_inside(text) => Kind::Xml,
        Some(_) => Kind::OtherXml,
        None if text.starts_with("<?") || text.starts_with("<!") => Kind::OtherXml,
        None => Kind::Plain,
    }
}

fn is_html_doctype(piece: &Piece<'_>) -> bool {
    let Piece::Doctype(text) = piece else {
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
            ("<?xml version='1.0'?><!-- x --><rss>", Kind::Xml),
            ("\u{feff}\n <feed xmlns='a'>", Kind::Xml),
            ("<rdf:RDF>", Kind::Xml),
            ("<!DOCTYPE rss PUBLIC 'x'><rss>", Kind::Xml),
            ("Notice: x in y.php\n<?xml version='1.0'?><rss>", Kind::Xml),
            (
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                Kind::Json,
            ),
            ("<!doctype html><title>x</title>", Kind::Page),
            ("<HTML><head>", Kind::Page),
            ("<?xml version='1.0'?><html xmlns='x'>", Kind::Page),
            ("<?xml version='1.0'?><opml>", Kind::OtherXml),
            ("In 2022 we wrote about <region> and <rss>", Kind::Plain),
            ("< 5 ms", Kind::Plain),
            ("{ not json", Kind::Plain),
            (" \n", Kind::Empty),
            ("\u{7f}ELF\0\0\0", Kind::Binary),
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
