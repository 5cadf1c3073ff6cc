//! What is not shown: scripts, styles, drawings, hidden parts; and recordings, of which only the address is.

use html5ever::tokenizer::Tag;

use super::attributes::Attributes;

/// An element whose content is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Skip {
    name: String,
    open: u32,
    /// Whether it is a recording whose address is still to come.
    wants_source: bool,
}

impl Skip {
    /// Skips the element that a tag begins.
    pub(super) fn element(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            open: 1,
            wants_source: false,
        }
    }

    /// Skips what stands in a recording for browsers that cannot play it.
    pub(super) fn recording(name: &str, wants_source: bool) -> Self {
        Self {
            wants_source,
            ..Self::element(name)
        }
    }

    /// A tag within it begins: the address of the recording, if it is given there.
    pub(super) fn start<'a>(&mut self, tag: &'a Tag) -> Option<&'a str> {
        let name = &*tag.name;
        if name == self.name && !tag.self_closing {
            self.open = self.open.saturating_add(1);
        }
        if name != "source" || !self.wants_source {
            return None;
        }
        let source = Attributes::of(tag).text("src")?;
        self.wants_source = false;
        Some(source)
    }

    /// A tag ends; whether what is skipped ends with it.
    pub(super) fn end(&mut self, name: &str) -> bool {
        if name == self.name {
            self.open = self.open.saturating_sub(1);
        }
        self.open == 0
    }
}
