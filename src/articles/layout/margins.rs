//! What containers draw left of their blocks: bars of quotations, bullets and numbers of items, indents.

use std::borrow::Cow;

use super::glyphs::PageGlyphs;
use super::margin::Margin;
use crate::articles::body::{Container, ContainerKind, ListMarker};
use crate::text;

/// Pages from this width on set lists in.
const ROOMY: usize = 60;

const SPACES: &str = "                ";

/// The margins of a page. They take half of it at most: the outermost parts give way.
#[derive(Debug)]
pub(super) struct Margins<'a> {
    containers: &'a [Container],
    /// The containers whose marker was drawn.
    marked: Vec<bool>,
    /// The columns of the page.
    width: usize,
    glyphs: &'static PageGlyphs,
}

impl<'a> Margins<'a> {
    /// The margins of what is in these containers, on a page of `width` columns.
    pub(super) fn new(
        containers: &'a [Container],
        width: usize,
        glyphs: &'static PageGlyphs,
    ) -> Self {
        Self {
            containers,
            marked: vec![false; containers.len()],
            width,
            glyphs,
        }
    }

    /// The margin of a block in these containers; their markers are drawn once.
    pub(super) fn begin(&mut self, path: &[usize]) -> Margin {
        let parts = self.parts(path, true);
        for &index in path {
            if let Some(marked) = self.marked.get_mut(index) {
                *marked = true;
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
        let containers = || {
            let known = |&index| self.containers.get(index).map(|it| (index, it));
            path.iter().rev().filter_map(known)
        };
        let mut lists = containers().filter(|(_, it)| it.kind.is_list()).count();
        let mut columns = 0;
        let mut parts = Vec::new();
        for (index, container) in containers() {
            let fresh = marking && self.marked.get(index) == Some(&false);
            let part = self.part(container, lists, fresh);
            lists -= usize::from(container.kind.is_list());
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
        let list = parent.and_then(|index| self.containers.get(index));
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
