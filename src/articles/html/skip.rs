//! What is not shown: scripts, styles, drawings, hidden parts; and recordings, of which only the address is.

use html5ever::tokenizer::Tag;

use super::attributes::Attributes;
use super::elements::ends_paragraph;

/// An element whose content is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Skip {
    name: String,
    open: u32,
    /// Blocks that began in it and are open.
    blocks: u32,
    /// What it says, where that may turn out to be worth showing: in an anchor beside a heading, which mostly is a mere
    /// sign.
    words: Option<String>,
    /// Whether it is a recording whose address is still to come.
    wants_source: bool,
}

/// Whether an end tag ends what is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It goes on.
    Not,
    /// It ended; the tag is its own.
    Here,
    /// It ended before the tag, which is another element's.
    Before,
}

impl Skip {
    /// Skips the element that a tag begins.
    pub(super) fn element(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            open: 1,
            blocks: 0,
            words: None,
            wants_source: false,
        }
    }

    /// Skips an anchor, but keeps its words.
    pub(super) fn anchor() -> Self {
        Self {
            words: Some(String::new()),
            ..Self::element("a")
        }
    }

    /// Skips what stands in a recording for browsers that cannot play it.
    pub(super) fn recording(name: &str, wants_source: bool) -> Self {
        Self {
            wants_source,
            ..Self::element(name)
        }
    }

    /// Whether a tag ends what is skipped without an end tag: a link ends where the next begins, a paragraph at a block,
    /// an item at its neighbour.
    pub(super) fn ends_before(&self, name: &str) -> bool {
        match &*self.name {
            "a" => name == "a" || (self.words.is_some() && ends_paragraph(name)),
            "p" => ends_paragraph(name),
            "li" | "dd" | "dt" | "td" | "th" | "tr" => name == self.name && self.blocks == 0,
            _ => false,
        }
    }

    /// The name of the element.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Text within it.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(words) = &mut self.words {
            words.push_str(text);
        }
    }

    /// What it says, if there are words in it.
    pub(super) fn words(self) -> Option<String> {
        self.words
            .filter(|words| words.contains(char::is_alphanumeric))
    }

    /// A tag within it begins: the address of the recording, if it is given there.
    pub(super) fn start<'a>(&mut self, tag: &'a Tag) -> Option<&'a str> {
        let name = &*tag.name;
        if name == self.name && !tag.self_closing {
            self.open = self.open.saturating_add(1);
        } else if ends_paragraph(name) && name != "p" && !tag.self_closing {
            self.blocks = self.blocks.saturating_add(1);
        }
        if name != "source" || !self.wants_source {
            return None;
        }
        let source = Attributes::of(tag).text("src")?;
        self.wants_source = false;
        Some(source)
    }

    /// A tag ends.
    pub(super) fn end(&mut self, name: &str) -> Ended {
        if name == self.name {
            self.open = self.open.saturating_sub(1);
            return if self.open == 0 {
                Ended::Here
            } else {
                Ended::Not
            };
        }
        if !ends_paragraph(name) {
            return Ended::Not;
        }
        // The end of a block that began before what is skipped ends that too, if it may go without an end tag.
        match self.blocks.checked_sub(1) {
            Some(blocks) => self.blocks = blocks,
            None if self.may_lack_its_end() => return Ended::Before,
            None => {}
        }
        Ended::Not
    }

    fn may_lack_its_end(&self) -> bool {
        let optional = ["a", "p", "li", "dd", "dt", "td", "th", "tr"];
        optional.contains(&&*self.name)
    }
}
