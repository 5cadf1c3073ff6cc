//! The dialect of a feed, which its root element alone decides: authors give the namespaces of their elements in many
//! ways, and the parser knows one.

use super::markup::{MarkupPiece, Pieces, attributes, local};

/// Namespaces as the parser knows them.
const RSS: &str = "http://purl.org/rss/1.0/";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Prefixes that feeds use without declaring them, and their namespaces.
pub(super) const PREFIXES: [(&str, &str); 6] = [
    ("atom", ATOM),
    ("content", CONTENT),
    ("dc", DUBLIN_CORE),
    ("itunes", ITUNES),
    ("media", MEDIA),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Other spellings of them, in small letters, without their scheme and what ends them.
const SPELLINGS: [(&str, &str); 16] = [
    ("purl.org/rss/1.0", RSS),
    ("backend.userland.com/rss", RSS),
    ("backend.userland.com/rss2", RSS),
    ("blogs.law.harvard.edu/tech/rss", RSS),
    ("cyber.law.harvard.edu/rss", RSS),
    ("channel.netscape.com/rdf/simple/0.9", RSS),
    ("my.netscape.com/rdf/simple/0.9", RSS),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", RSS),
    ("purl.org/atom/ns", ATOM),
    ("www.w3.org/2005/atom", ATOM),
    ("purl.org/rss/1.0/modules/content", CONTENT),
    ("purl.org/dc/elements/1.0", DUBLIN_CORE),
    ("purl.org/dc/elements/1.1", DUBLIN_CORE),
    ("www.itunes.com/dtds/podcast-1.0.dtd", ITUNES),
    ("search.yahoo.com/mrss", MEDIA),
    ("video.search.yahoo.com/mrss", MEDIA),
];

/// Elements of Atom 0.3 and what Atom calls them since.
const OF_ATOM_03: [(&str, &str); 4] = [
    ("issued", "published"),
    ("modified", "updated"),
    ("tagline", "subtitle"),
    ("copyright", "rights"),
];

/// What a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Dialect {
    /// RSS 0.91 to 2.0: the items are in the channel.
    #[default]
    Rss,
    /// RSS 0.90 and 1.0: the items are beside the channel.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
}

impl Dialect {
    /// The dialect a root element of this name begins.
    pub(super) fn of(root: &str) -> Self {
        match local(root).to_ascii_lowercase().as_str() {
            "rss" => Self::Rss,
            "rdf" => Self::Rdf,
            _ => Self::Atom,
        }
    }

    /// The namespace of its elements.
    pub(super) const fn namespace(self) -> &'static str {
        match self {
            Self::Rss | Self::Rdf => RSS,
            Self::Atom => ATOM,
        }
    }

    /// What an element is called today.
    pub(super) fn name(self, written: &str) -> &str {
        let renamed = OF_ATOM_03.iter().find(|(old, _)| *old == written);
        renamed
            .filter(|_| self == Self::Atom)
            .map_or(written, |(_, new)| new)
    }
}

/// The prefix of a name; empty when it has none.
pub(super) fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

/// A namespace as the parser knows it; one that it does not know as written.
pub(super) fn known(namespace: &str) -> &str {
    let bare = namespace.trim().to_ascii_lowercase();
    let bare = bare
        .strip_prefix("http://")
        .or_else(|| bare.strip_prefix("https://"))
        .unwrap_or(&bare);
    let bare = bare.trim_end_matches(['/', '#']);
    let found = SPELLINGS.iter().find(|(spelling, _)| *spelling == bare);
    found.map_or(namespace, |(_, known)| known)
}

/// Prefixes whose elements are no part of a feed: those a root declares, and those it need not.
pub(super) fn foreign<'a>(root: &'a str, name: &str) -> Vec<&'a str> {
    let declared = attributes(root)
        .filter_map(|(key, value)| Some((key.strip_prefix("xmlns:")?, known(value))));
    let all = declared.chain(PREFIXES);
    let own = |namespace: &str| [RSS, ATOM].contains(&namespace);
    let root = (Dialect::of(name) != Dialect::Rdf).then(|| prefix(name));
    all.filter(|(prefix, namespace)| !own(namespace) && root != Some(*prefix))
        .map(|(prefix, _)| prefix)
        .collect()
}

/// Whether an item has a link with something in it.
pub(super) fn has_link(item: &str) -> bool {
    let pieces = || Pieces::of(item);
    pieces()
        .zip(pieces().skip(1))
        .any(|(tag, inside)| match (tag, inside) {
            (MarkupPiece::Start(_), MarkupPiece::Text(text) | MarkupPiece::Verbatim(text)) => {
                tag.name() == "link" && !text.trim().is_empty()
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_known_however_it_is_spelled() {
        for (written, expected) in [
            ("http://backend.userland.com/RSS2", RSS),
            ("http://my.netscape.com/rdf/simple/0.9/", RSS),
            ("http://purl.org/atom/ns#", ATOM),
            ("https://www.w3.org/2005/Atom", ATOM),
            ("http://search.yahoo.com/mrss", MEDIA),
            ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", ITUNES),
            (
                "http://www.w3.org/1999/xhtml",
                "http://www.w3.org/1999/xhtml",
            ),
        ] {
            assert_eq!(known(written), expected);
        }
    }

    #[test]
    fn prefixes_of_other_vocabularies_are_foreign() {
        let root =
            "<a:feed xmlns:a='urn:mine' xmlns:b='http://purl.org/atom/ns#' xmlns:c='urn:shop'>";
        let foreign = foreign(root, "a:feed");
        assert_eq!(foreign, ["c", "content", "dc", "itunes", "media", "rdf"]);
    }

    #[test]
    fn a_link_is_one_with_an_address_inside() {
        assert!(has_link("<item><link href='x'/><link>y</link></item>"));
        assert!(!has_link(
            "<item><link href='x'/><link> </link><title>a</title></item>"
        ));
    }

    #[test]
    fn only_atom_has_the_names_of_atom() {
        assert_eq!(Dialect::of("a:Feed").name("issued"), "published");
        assert_eq!(Dialect::Rss.name("copyright"), "copyright");
        assert_eq!(
            Dialect::of("rdf:RDF").namespace(),
            Dialect::of("rss").namespace()
        );
    }
}
