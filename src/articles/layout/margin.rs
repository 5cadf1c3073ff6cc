//! What stands left of a block: one text before its first line, another one, as wide, before the others.

use crate::text;

/// The left margin of a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Margin {
    /// Before the first line, until that is drawn.
    first: Option<String>,
    rest: String,
    columns: usize,
}

impl Margin {
    /// A margin; `rest` is as wide as `first`.
    pub(super) fn new(first: String, rest: String) -> Self {
        Self {
            columns: text::width(&rest),
            first: Some(first),
            rest,
        }
    }

    /// How wide it is, in columns.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// The margin of the next line.
    pub(super) fn next(&mut self) -> String {
        self.first.take().unwrap_or_else(|| self.rest.clone())
    }

    /// A margin beside this one; `rest` is as wide as `first`.
    pub(super) fn and(&self, first: &str, rest: &str) -> Self {
        let begin = self.first.as_ref().unwrap_or(&self.rest);
        Self::new(format!("{begin}{first}"), format!("{}{rest}", self.rest))
    }
}
