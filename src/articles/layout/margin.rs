//! What stands left of a block: bars of quotations, bullets and numbers of items, indents.

use super::Page;
use crate::articles::document::{Kind, Marker};
use crate::text;

/// Pages from this width on set lists in.
const ROOMY: usize = 60;

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
struct Part {
    first: String,
    rest: String,
}

impl Part {
    fn same(text: &str) -> Self {
        Self {
            first: text.to_owned(),
            rest: text.to_owned(),
        }
    }

    /// A marker, and room below it.
    fn marker(marker: String) -> Self {
        Self {
            rest: " ".repeat(text::width(&marker)),
            first: marker,
        }
    }
}

impl Page<'_> {
    /// The margin of a block in these containers. Takes half of the page at most: the outermost parts give way.
    pub(super) fn margin(&mut self, path: &[usize]) -> Margin {
        let mut lists = 0;
        let mut parts = Vec::with_capacity(path.len());
        for &index in path {
            let Some(container) = self.document.containers.get(index) else {
                continue;
            };
            if matches!(container.kind, Kind::List { .. }) {
                lists += 1;
            }
            let fresh = self
                .marked
                .get_mut(index)
                .map(|seen| !std::mem::replace(seen, true));
            let part = self.part(container.kind, container.parent, lists);
            parts.push(match fresh {
                Some(true) => part,
                _ => Part::same(&part.rest),
            });
        }
        let mut columns: usize = parts.iter().map(|part| text::width(&part.rest)).sum();
        let mut kept = parts.as_slice();
        while let [outermost, others @ ..] = kept
            && columns > self.width / 2
            && !others.is_empty()
        {
            columns -= text::width(&outermost.rest);
            kept = others;
        }
        let most = self.width / 2;
        let join = |side: fn(&Part) -> &str| -> String {
            let joined: String = kept.iter().map(side).collect();
            text::truncate_with(&joined, most, "").into_owned()
        };
        Margin::new(join(|part| &part.first), join(|part| &part.rest))
    }

    /// The bars that go on through a blank line between blocks in these containers.
    pub(super) fn bars(&mut self, path: &[usize]) -> Margin {
        let seen = self.marked.clone();
        let margin = self.margin(path);
        self.marked = seen;
        Margin {
            first: None,
            ..margin
        }
    }

    fn part(&self, kind: Kind, parent: Option<usize>, lists: usize) -> Part {
        let roomy = self.width >= ROOMY;
        match kind {
            Kind::Quote => Part::same(self.glyphs.quote),
            Kind::Card => Part::same(self.glyphs.card),
            Kind::List { .. } if lists == 1 && roomy => Part::same("  "),
            Kind::List { .. } => Part::same(""),
            Kind::Item(marker) => Part::marker(self.item(marker, parent, lists)),
            Kind::Details => Part::marker(self.glyphs.fold.to_owned()),
            Kind::Definition => Part::same(if roomy { "    " } else { "  " }),
        }
    }

    /// The marker of an item, as wide as the widest of its list.
    fn item(&self, marker: Marker, parent: Option<usize>, lists: usize) -> String {
        let list = parent.and_then(|index| self.document.containers.get(index));
        let columns = match list.map(|list| list.kind) {
            Some(Kind::List { marker, .. }) => marker,
            _ => 0,
        };
        match marker {
            Marker::Bullet => text::pad(self.glyphs.bullet(lists), columns.max(2)),
            Marker::Number(number) => text::pad_left(&format!("{number}. "), columns),
            Marker::Task(true) => text::pad("[x] ", columns),
            Marker::Task(false) => text::pad("[ ] ", columns),
        }
    }
}
