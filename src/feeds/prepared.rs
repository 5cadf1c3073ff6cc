//! A document that is well formed, whole and in parts.

use std::ops::Range;

use super::dialect::Dialect;
use super::entities;
use super::extras::EntryExtras;
use super::markup::{MarkupPiece, attribute};

/// A document that is well formed.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// What it is written in.
    pub(super) dialect: Dialect,
    /// The document.
    pub(super) text: String,
    /// Where in it the items are.
    pub(super) items: Vec<Range<usize>>,
    /// How many items the document had before any was left out.
    pub(super) seen: usize,
    /// The start tags around the first item, outermost first.
    pub(super) around: Vec<String>,
    /// Whether the document ends in the middle.
    pub(super) cut: bool,
    /// What was mended or left out, for the user.
    pub(super) warnings: Vec<String>,
}

impl Prepared {
    /// A document with one of the items alone, where its dialect has items.
    pub(super) fn alone(&self, item: &Range<usize>) -> String {
        self.inside(item, &self.home())
    }

    /// The same in RSS 2.0, for items of RSS 1.0 that have no link: its parser insists on one.
    pub(super) fn alone_in_rss(&self, item: &Range<usize>) -> Option<String> {
        let root = self.around.first()?;
        let attributes = root.get(MarkupPiece::Start(root).name().len() + 1..)?;
        let root = format!("<rss version=\"2.0\"{attributes}");
        (self.dialect == Dialect::Rdf).then(|| self.inside(item, &[&root, "<channel>"]))
    }

    /// The text of an item.
    pub(super) fn item(&self, item: &Range<usize>) -> &str {
        self.text.get(item.clone()).unwrap_or_default()
    }

    /// What the items have beside what the parser finds, item for item.
    pub(super) fn extras(&self) -> impl Iterator<Item = EntryExtras> {
        let items = self.items.iter();
        items.map(|item| EntryExtras::of_item(self.item(item)))
    }

    /// What addresses are relative to, as the root says.
    pub(super) fn base(&self) -> Option<String> {
        let root = self.around.first()?;
        attribute(root, "xml:base").map(entities::decode)
    }

    /// How long the document with this item alone is, in bytes.
    pub(super) fn length_alone(&self, item: &Range<usize>) -> usize {
        let around = self.home().into_iter().map(|tag| {
            let end = "</>".len() + MarkupPiece::Start(tag).name().len();
            tag.len() + end
        });
        around.sum::<usize>() + item.len()
    }

    /// A document with what precedes the items.
    pub(super) fn head(&self) -> String {
        let Some(first) = self.items.first() else {
            return self.text.clone();
        };
        let mut head = self.text.get(..first.start).unwrap_or_default().to_owned();
        close_all(self.around.iter().map(String::as_str), &mut head);
        head
    }

    /// A document with nothing but what is around the items.
    pub(super) fn bare(&self) -> String {
        self.inside(&(0..0), &self.home())
    }

    /// The start tags that items of the dialect are in, wherever the author put them.
    fn home(&self) -> Vec<&str> {
        let root = self.around.first().map(String::as_str);
        let channel = (self.dialect == Dialect::Rss).then_some("<channel>");
        root.into_iter().chain(channel).collect()
    }

    fn inside(&self, item: &Range<usize>, around: &[&str]) -> String {
        let mut text = around.concat();
        text.push_str(self.item(item));
        close_all(around.iter().copied(), &mut text);
        text
    }
}

fn close_all<'a>(tags: impl DoubleEndedIterator<Item = &'a str>, text: &mut String) {
    for tag in tags.rev() {
        close(MarkupPiece::Start(tag).name(), text);
    }
}

/// Adds an end tag.
pub(super) fn close(name: &str, text: &mut String) {
    text.push_str("</");
    text.push_str(name);
    text.push('>');
}
