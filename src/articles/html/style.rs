//! How running text looks: which of the elements that change it are open.

use crate::articles::TextRole;

/// How many elements of each look are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OpenStyles {
    strong: u32,
    emphasis: u32,
    deleted: u32,
    keyboard: u32,
    literal: u32,
}

impl OpenStyles {
    /// An element begins; whether it is one that changes the look.
    pub(super) fn open(&mut self, name: &str) -> bool {
        let count = self.count(name);
        count.is_some_and(|count| {
            *count = count.saturating_add(1);
            true
        })
    }

    /// An element ends.
    pub(super) fn close(&mut self, name: &str) -> bool {
        let count = self.count(name);
        count.is_some_and(|count| {
            *count = count.saturating_sub(1);
            true
        })
    }

    /// Whether a key of the keyboard is being named.
    pub(super) const fn in_keyboard(&self) -> bool {
        self.keyboard > 0
    }

    /// The look of text, in a link or not.
    pub(super) const fn role(&self, linked: bool) -> TextRole {
        match self {
            Self { literal: 1.., .. } => TextRole::Literal,
            Self { keyboard: 1.., .. } => TextRole::Keyboard,
            Self { deleted: 1.., .. } => TextRole::Deleted,
            _ if linked => TextRole::Link,
            Self { strong: 1.., .. } => TextRole::Strong,
            Self { emphasis: 1.., .. } => TextRole::Emphasis,
            _ => TextRole::Body,
        }
    }

    fn count(&mut self, name: &str) -> Option<&mut u32> {
        match name {
            "b" | "strong" | "mark" | "summary" | "dt" => Some(&mut self.strong),
            "i" | "em" | "cite" | "dfn" | "u" | "ins" | "figcaption" | "caption" | "address" => {
                Some(&mut self.emphasis)
            }
            "s" | "del" | "strike" => Some(&mut self.deleted),
            "kbd" => Some(&mut self.keyboard),
            "code" | "tt" | "samp" | "var" => Some(&mut self.literal),
            _ => None,
        }
    }
}
