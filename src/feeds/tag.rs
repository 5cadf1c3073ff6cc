//! A start tag as the parser takes it: each attribute once, quoted as XML wants it, in the words it knows.

use super::construct::Construct;
use super::dialect::known;
use super::markup::local;
use super::root;

/// A tag that is to be written.
pub(super) struct Tag<'a> {
    /// As it was.
    pub(super) source: &'a str,
    /// Its name as it was.
    pub(super) name: &'a str,
    /// What the parser knows it by.
    pub(super) written: &'a str,
    /// Whether it is of the feed, and not of another vocabulary.
    pub(super) is_own: bool,
}

impl Tag<'_> {
    /// Adds it without its end, and without what waits for the inside of a text construct.
    pub(super) fn open(&self, construct: Option<&Construct<'_>>, text: &mut String) {
        let name = local(self.name);
        text.push('<');
        text.push_str(self.written);
        for (key, value) in root::kept(self.source) {
            match key {
                // Whatever it says, the root has said it.
                "xmlns" if self.is_own && is_frame(name) => {}
                _ if key.starts_with("xmlns") => root::write(key, known(value), text),
                _ if construct.is_some() && Construct::withholds(key) => {}
                "type" if !self.is_own && is_of_media(name) => {
                    root::write(key, of_media(value), text);
                }
                _ => root::write(key, value, text),
            }
        }
    }

    /// Adds its end.
    pub(super) fn close(&self, text: &mut String) {
        let is_empty = self.source.ends_with("/>");
        text.push_str(if is_empty { "/>" } else { ">" });
    }
}

/// Whether an element only holds others of the feed.
fn is_frame(name: &str) -> bool {
    name == "channel" || root::is_item(name)
}

/// Whether an element has a type of Media RSS: the parser refuses the whole item for one it does not know.
fn is_of_media(name: &str) -> bool {
    matches!(name, "title" | "description")
}

fn of_media(declared: &str) -> &'static str {
    if declared.to_ascii_lowercase().contains("html") {
        "html"
    } else {
        "plain"
    }
}
