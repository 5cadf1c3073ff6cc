//! Atom's text constructs (title, summary, content …): their types as the parser takes them. It refuses the whole entry
//! for one it does not know.

use super::markup::{MarkupPiece, Pieces, attribute};
use super::root;

/// The elements of Atom that have a type.
const NAMES: [&str; 8] = [
    "title",
    "subtitle",
    "tagline",
    "summary",
    "content",
    "rights",
    "copyright",
    "info",
];

/// Attributes that are written when the inside is known.
const WITHHELD: [&str; 3] = ["type", "mode", "src"];

/// A text construct whose end has not come yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Construct<'a> {
    is_content: bool,
    declared: &'a str,
    mode: &'a str,
    src: Option<&'a str>,
}

impl<'a> Construct<'a> {
    /// The construct that a tag begins, by the name without its prefix.
    pub(super) fn of(name: &str, tag: &'a str) -> Option<Self> {
        NAMES.contains(&name).then(|| Self {
            is_content: name == "content",
            declared: attribute(tag, "type").unwrap_or_default(),
            mode: attribute(tag, "mode").unwrap_or_default(),
            src: attribute(tag, "src").filter(|_| name == "content"),
        })
    }

    /// Whether an attribute of its tag waits for the inside.
    pub(super) fn withholds(attribute: &str) -> bool {
        WITHHELD.contains(&attribute)
    }

    /// What the tag still lacks, by what is inside; and whether the inside has to go: what is elsewhere has none.
    pub(super) fn attributes(&self, inside: &str) -> (String, bool) {
        let mut attributes = String::new();
        let inside = Inside::of(inside);
        let elsewhere = self.src.filter(|_| matches!(inside, Inside::Blank));
        if let Some(src) = elsewhere {
            root::write("src", src, &mut attributes);
        }
        let kind = self.kind(&inside, elsewhere.is_some());
        if let Some(kind) = kind {
            root::write("type", kind, &mut attributes);
        }
        (attributes, elsewhere.is_some())
    }

    fn kind(&self, inside: &Inside, is_elsewhere: bool) -> Option<&'a str> {
        let declared = self.declared.split(';').next().unwrap_or_default().trim();
        let small = declared.to_ascii_lowercase();
        let escaped = self.mode.eq_ignore_ascii_case("escaped");
        let (html, xhtml) = (small.ends_with("html"), small.contains("xhtml"));
        let text = ["", "text", "plain", "text/plain"].contains(&small.as_str());
        match inside {
            _ if is_elsewhere => is_media_type(declared).then_some(declared),
            Inside::Blank => Some("text"),
            Inside::Markup => Some("xhtml"),
            Inside::Mixed if !html => Some("xhtml"),
            _ if xhtml && !escaped => Some("xhtml"),
            _ if html || xhtml => Some("html"),
            _ if !text && self.is_content && is_media_type(declared) => Some(declared),
            _ => Some("text"),
        }
    }
}

/// What is inside of a construct.
enum Inside {
    Blank,
    Text,
    /// It begins with an element.
    Markup,
    /// It begins with text and has elements.
    Mixed,
}

impl Inside {
    fn of(written: &str) -> Self {
        let filled = Pieces::of(written)
            .filter(|piece| !matches!(piece, MarkupPiece::Text(text) if text.trim().is_empty()));
        let mut filled =
            filled.map(|piece| matches!(piece, MarkupPiece::Start(_) | MarkupPiece::Empty(_)));
        match filled.next() {
            None => Self::Blank,
            Some(true) => Self::Markup,
            Some(false) if filled.any(|is_element| is_element) => Self::Mixed,
            Some(false) => Self::Text,
        }
    }
}

fn is_media_type(declared: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.chars().all(plain)
    };
    // The parser takes every other type of XML for one it does not know.
    let is_xml = declared.ends_with("/xml") || declared.ends_with("+xml");
    !is_xml
        && declared
            .split_once('/')
            .is_some_and(|(kind, subtype)| part(kind) && part(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(tag: &str, inside: &str) -> (String, bool) {
        let name = MarkupPiece::Start(tag).name();
        Construct::of(name, tag).unwrap().attributes(inside)
    }

    #[test]
    fn every_type_is_one_the_parser_knows() {
        for (tag, inside, expected) in [
            ("<title>", "a", "text"),
            ("<title type='TEXT/PLAIN'>", "a", "text"),
            (
                "<title type='text/html' mode='escaped'>",
                "&lt;b&gt;",
                "html",
            ),
            (
                "<title type='application/xhtml+xml'>",
                "<div>a</div>",
                "xhtml",
            ),
            ("<title type='application/xhtml+xml'>", "a &lt; b", "xhtml"),
            (
                "<title type='application/xhtml+xml' mode='escaped'>",
                "&lt;b&gt;",
                "html",
            ),
            ("<title type='text/markdown'>", "a", "text"),
            ("<title>", "a <b>c</b>", "xhtml"),
            (
                "<content type='text/html' mode='xml'>",
                "\n<p>a</p>",
                "xhtml",
            ),
            (
                "<content type='html; charset=utf-8'>",
                "<![CDATA[<p>]]><br/>",
                "html",
            ),
            ("<content type='application/xml'>", "<a/>", "xhtml"),
            ("<content type='application/xml'>", "a", "text"),
            ("<content type='text/markdown'>", "a", "text/markdown"),
            ("<content type='no/type/at all'>", "a", "text"),
            ("<content type='image/png'>", " ", "text"),
        ] {
            let expected = (format!(" type=\"{expected}\""), false);
            assert_eq!(attributes(tag, inside), expected, "{tag}{inside}");
        }
        assert!(Construct::of("link", "<link>").is_none());
    }

    #[test]
    fn content_that_is_elsewhere_has_nothing_inside() {
        let elsewhere = "<content src='https://a.example/x' type='text/html'>";
        assert_eq!(
            attributes(elsewhere, "\n"),
            (
                " src=\"https://a.example/x\" type=\"text/html\"".to_owned(),
                true
            )
        );
        assert_eq!(
            attributes(elsewhere, "a"),
            (" type=\"html\"".to_owned(), false)
        );
        let odd = "<content src='x' type='text'>";
        assert_eq!(attributes(odd, ""), (" src=\"x\"".to_owned(), true));
    }
}
