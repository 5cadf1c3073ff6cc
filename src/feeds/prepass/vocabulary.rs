//! Which elements are a feed's own, and what the parser knows them by.

use crate::feeds::dialect::{Dialect, foreign, prefix};
use crate::feeds::markup::local;
use crate::feeds::root;

/// The words of a document, by its root element.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'a> {
    dialect: Dialect,
    /// Prefixes of other vocabularies.
    foreign: Vec<&'a str>,
}

impl<'a> Vocabulary<'a> {
    /// The words of a document whose root has this name and this tag.
    pub(super) fn of(root: &'a str, tag: &'a str) -> Self {
        Self {
            dialect: Dialect::of(root),
            foreign: foreign(tag, root),
        }
    }

    /// What the document is written in.
    pub(super) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether an element is of the feed, and not of another vocabulary.
    pub(super) fn is_own(&self, name: &str) -> bool {
        !self.foreign.contains(&prefix(name))
    }

    /// Whether an element is an article of the feed.
    pub(super) fn is_item(&self, name: &str) -> bool {
        root::is_item(name) && self.is_own(name)
    }

    /// What the parser knows an element by.
    pub(super) fn written<'n>(&self, name: &'n str) -> &'n str {
        let plain = local(name);
        let today = self.dialect.name(plain);
        if today != plain && self.is_own(name) {
            today
        } else {
            name
        }
    }
}
