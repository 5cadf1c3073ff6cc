//! The elements whose end tag has not come yet.

use std::collections::HashMap;

/// An element whose end tag has not come yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenElement<'a> {
    /// Its name as it was.
    pub(super) name: &'a str,
    /// What the parser knows it by.
    pub(super) written: &'a str,
    /// Whether it is an article of the feed.
    pub(super) is_item: bool,
}

/// The open elements, each in the one before it. Whether one of some name is open is known without a look at each: a
/// document may have a million end tags that end nothing.
#[derive(Debug, Default)]
pub(super) struct OpenElements<'a> {
    stack: Vec<OpenElement<'a>>,
    /// How many elements of each name are open.
    names: HashMap<&'a str, usize>,
}

impl<'a> OpenElements<'a> {
    /// How many elements are in each other.
    pub(super) const fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The open elements, outermost first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &OpenElement<'a>> {
        self.stack.iter()
    }

    /// The innermost one.
    pub(super) fn innermost(&self) -> Option<&OpenElement<'a>> {
        self.stack.last()
    }

    /// Whether an element of this name is open.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|count| *count > 0)
    }

    /// An element begins.
    pub(super) fn push(&mut self, element: OpenElement<'a>) {
        *self.names.entry(element.name).or_default() += 1;
        self.stack.push(element);
    }

    /// The innermost one ends.
    pub(super) fn pop(&mut self) -> Option<OpenElement<'a>> {
        let element = self.stack.pop()?;
        if let Some(count) = self.names.get_mut(element.name) {
            *count = count.saturating_sub(1);
        }
        Some(element)
    }
}
