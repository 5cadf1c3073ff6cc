//! The attributes of a tag.

use html5ever::Attribute;
use html5ever::tokenizer::Tag;

/// The attributes of one tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a>(&'a [Attribute]);

impl<'a> Attributes<'a> {
    pub(super) fn of(tag: &'a Tag) -> Self {
        Self(&tag.attrs)
    }

    /// The value of an attribute; empty for one that is only there.
    pub(super) fn value(self, name: &str) -> Option<&'a str> {
        let mut all = self.0.iter();
        all.find(|it| &*it.name.local == name)
            .map(|it| it.value.as_ref())
    }

    /// The value of an attribute that says something.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.value(name).filter(|value| !value.trim().is_empty())
    }

    /// The names in `class`.
    pub(super) fn classes(self) -> impl Iterator<Item = &'a str> {
        self.value("class")
            .into_iter()
            .flat_map(str::split_ascii_whitespace)
    }

    /// Whether `class` names this.
    pub(super) fn has_class(self, class: &str) -> bool {
        self.classes().any(|it| it == class)
    }

    /// A whole number, held within a billion either way.
    pub(super) fn number(self, name: &str) -> Option<i64> {
        let number: i64 = self.value(name)?.trim().parse().ok()?;
        Some(number.clamp(-1_000_000_000, 1_000_000_000))
    }

    /// Whether a browser would not draw the element.
    pub(super) fn are_hidden(self) -> bool {
        let style = self.value("style").unwrap_or_default();
        self.value("hidden").is_some()
            || (style.contains("display") && style.replace(' ', "").contains("display:none"))
    }
}
