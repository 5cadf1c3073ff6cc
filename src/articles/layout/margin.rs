//! What stands left of a block: bars of quotations, bullets and numbers of items, indents.

use std::borrow::Cow;

use super::PageBuilder;
use crate::articles::body::{Container, ContainerKind, ListMarker};
use crate::text;

/// Pages from this width on set lists in.
const ROOMY: usize = 60;

const SPACES: &str = "                ";

/// The left margin of a block: one text before its first line, another one, as wide, before the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Margin {
    first: Option<String>,
    rest: String,
    /// How wide it is.
    pub(super) columns: usize,
}

impl Margin {
    fn new(first: String, rest: String) -> Self {
        Self {
            columns: text::width(&rest),
            first: Some(first),
            rest,
        }
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

/// The part of a margin that one container draws, before its first line and the others.
struct MarginPart {
    first: Cow<'static, str>,
    rest: Cow<'static, str>,
}

impl MarginPart {
    const fn same(text: &'static str) -> Self {
        Self {
            first: Cow::Borrowed(text),
            rest: Cow::Borrowed(text),
        }
    }

    /// A marker, and room below it.
    fn marker(marker: impl Into<Cow<'static, str>>, columns: usize) -> Self {
        let rest = match SPACES.get(..columns) {
            Some(spaces) => Cow::Borrowed(spaces),
            None => Cow::Owned(" ".repeat(columns)),
        };
        let first = marker.into();
        Self { first, rest }
    }
}

impl PageBuilder<'_> {
    /// The margin of a block in these containers; their markers are drawn once. Takes half of the page at most: the
    /// outermost parts give way.
    pub(super) fn margin(&mut self, path: &[usize]) -> Margin {
        let parts = self.parts(path, true);
        for &index in path {
            if let Some(seen) = self.marked.get_mut(index) {
                *seen = true;
            }
        }
        self.joined(&parts)
    }

    /// The bars that go on through a blank line between blocks in these containers.
    pub(super) fn bars(&self, path: &[usize]) -> Margin {
        self.joined(&self.parts(path, false))
    }

    /// The parts that there is room for, innermost first.
    fn parts(&self, path: &[usize], marking: bool) -> Vec<MarginPart> {
        let container = |index: &usize| self.body.containers.get(*index);
        let is_list = |index: &&usize| matches!(container(index), Some(it) if matches!(it.kind, ContainerKind::List { .. }));
        let mut lists = path.iter().filter(is_list).count();
        let mut columns = 0;
        let mut parts = Vec::new();
        for index in path.iter().rev() {
            let Some(container) = container(index) else {
                continue;
            };
            let fresh = marking && self.marked.get(*index) == Some(&false);
            let part = self.part(container, lists, fresh);
            lists -= usize::from(is_list(&index));
            columns += text::width(&part.rest);
            if columns > self.width / 2 && !parts.is_empty() {
                break;
            }
            parts.push(part);
        }
        parts
    }

    fn joined(&self, parts: &[MarginPart]) -> Margin {
        let join = |side: fn(&MarginPart) -> &str| -> String {
            let joined: String = parts.iter().rev().map(side).collect();
            text::truncate_with(&joined, self.width / 2, "").into_owned()
        };
        Margin::new(join(|part| &part.first), join(|part| &part.rest))
    }

    /// What one container draws; its marker only before its first line.
    fn part(&self, container: &Container, lists: usize, fresh: bool) -> MarginPart {
        let roomy = self.width >= ROOMY;
        match container.kind {
            ContainerKind::Quote => MarginPart::same(self.glyphs.quote),
            ContainerKind::Card => MarginPart::same(self.glyphs.card),
            ContainerKind::List { .. } if lists == 1 && roomy => MarginPart::same("  "),
            ContainerKind::List { .. } => MarginPart::same(""),
            ContainerKind::Item(marker) => self.item(marker, container.parent, lists, fresh),
            ContainerKind::Details if fresh => MarginPart::marker(self.glyphs.fold, 2),
            ContainerKind::Details => MarginPart::same("  "),
            ContainerKind::Definition => MarginPart::same(if roomy { "    " } else { "  " }),
        }
    }

    /// The margin of an item, as wide as the widest marker of its list.
    fn item(
        &self,
        marker: ListMarker,
        parent: Option<usize>,
        lists: usize,
        fresh: bool,
    ) -> MarginPart {
        let list = parent.and_then(|index| self.body.containers.get(index));
        let columns = match list.map(|list| list.kind) {
            Some(ContainerKind::List { marker, .. }) => marker,
            _ => marker.columns(),
        };
        let mut part = MarginPart::marker("", columns);
        part.first = match marker {
            _ if !fresh => part.rest.clone(),
            ListMarker::Bullet if columns == 2 => Cow::Borrowed(self.glyphs.bullet(lists)),
            ListMarker::Bullet => text::pad(self.glyphs.bullet(lists), columns).into(),
            ListMarker::Number(number) => text::pad_left(&format!("{number}. "), columns).into(),
            ListMarker::Task(true) => text::pad("[x] ", columns).into(),
            ListMarker::Task(false) => text::pad("[ ] ", columns).into(),
        };
        part
    }
}
