//! The open `<div>`s: which of them embed something, and which language one around a code block names.

use super::attributes::Attributes;
use super::code;

/// How many embeds within each other are told apart.
const MAX_WATCHED: usize = 8;

/// The open `<div>`s.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OpenDivs {
    watched: Vec<WatchedDiv>,
    /// The language that one around the next code block names.
    language: Option<String>,
}

/// A `<div>` that embeds something.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WatchedDiv {
    /// The open ones from it on.
    open: u32,
    holds: DivContent,
}

/// What a `<div>` embeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DivContent {
    /// A card that shows another page.
    Card,
    /// A gist: when it began there were so many blocks.
    Gist(usize),
}

impl OpenDivs {
    /// A `<div>` begins.
    pub(super) fn open(&mut self, attributes: Attributes<'_>) {
        for div in &mut self.watched {
            div.open = div.open.saturating_add(1);
        }
        self.language = code::language(attributes).or(self.language.take());
    }

    /// Whether there is no room to watch another one.
    pub(super) const fn is_full(&self) -> bool {
        self.watched.len() >= MAX_WATCHED
    }

    /// Watches the one that began last.
    pub(super) fn watch(&mut self, holds: DivContent) {
        self.watched.push(WatchedDiv { open: 1, holds });
    }

    /// A `<div>` ends.
    pub(super) fn close(&mut self) {
        for div in &mut self.watched {
            div.open = div.open.saturating_sub(1);
        }
        self.language = None;
    }

    /// What ended with the last one, innermost first, each once.
    pub(super) fn take_ended(&mut self) -> Option<DivContent> {
        let ended = self.watched.pop_if(|div| div.open == 0);
        ended.map(|div| div.holds)
    }

    /// The language that one of them names for the code block that begins.
    pub(super) const fn take_language(&mut self) -> Option<String> {
        self.language.take()
    }
}

/// Whether a `<div>` stands for a gist.
pub(super) fn is_gist(attributes: Attributes<'_>) -> bool {
    let mut classes = attributes.classes();
    classes.any(|class| class.contains("gist-liquid-tag"))
}

/// Whether a `<div>` is a card that shows another page.
pub(super) fn is_card(attributes: Attributes<'_>) -> bool {
    let mut classes = attributes.classes();
    classes.any(|class| class.starts_with("ltag") || class == "c-embed")
}
