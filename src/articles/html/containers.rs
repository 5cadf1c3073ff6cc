//! Lists, items, quotes: which of them are open, and what a new block is in.

use super::attributes::Attributes;
use super::builder::Builder;
use crate::articles::body::{Container, ContainerKind, Flow, ListMarker, MAX_DEPTH};

/// The open containers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct OpenContainers {
    open: Vec<OpenContainer>,
    /// Open containers beyond [`MAX_DEPTH`].
    deeper: u32,
    /// The item that has no block yet.
    pub(super) fresh: Option<usize>,
}

/// An open container.
#[derive(Debug, Clone, PartialEq)]
struct OpenContainer {
    index: usize,
    kind: ContainerKind,
    /// In a list: the number of its next item, and the step to the one after.
    numbers: Option<(i64, i64)>,
    /// In a list: its last item.
    item: Option<usize>,
    /// A list that nobody opened: around an item that stands alone.
    implied: bool,
}

impl OpenContainers {
    /// Whether a container of some kind is open.
    pub(super) fn is_in(&self, matches: impl Fn(ContainerKind) -> bool) -> bool {
        self.open.iter().any(|open| matches(open.kind))
    }

    fn innermost(&self) -> Option<&OpenContainer> {
        self.open.last()
    }

    /// What a new block or container is in: in a list, its last item.
    fn inside(&self) -> Option<usize> {
        let open = self.innermost()?;
        open.item.or(Some(open.index))
    }
}

impl Builder {
    /// What a new block is in.
    pub(super) fn inside(&mut self) -> Option<usize> {
        if self.place.innermost().is_some_and(|open| open.implied) {
            self.place.open.pop();
        }
        self.place.inside()
    }

    /// Opens a container, if it is not too deep.
    pub(super) fn open(&mut self, kind: ContainerKind) {
        self.close_block();
        if self.place.open.len() >= MAX_DEPTH {
            self.place.deeper += 1;
            return;
        }
        let parent = self.place.inside();
        let index = self.body.containers.len();
        self.body.containers.push(Container { parent, kind });
        self.place.open.push(OpenContainer {
            index,
            kind,
            numbers: None,
            item: None,
            implied: false,
        });
    }

    /// Closes the nearest container of some kind, and what is open in it.
    pub(super) fn close(&mut self, matches: impl Fn(ContainerKind) -> bool) {
        self.close_block();
        if self.place.deeper > 0 {
            self.place.deeper -= 1;
            return;
        }
        let mut open = self.place.open.iter();
        if let Some(at) = open.rposition(|open| matches(open.kind)) {
            self.place.open.truncate(at);
        }
    }

    /// Opens a list, numbered or not.
    pub(super) fn open_list(&mut self, numbered: bool, attributes: Attributes<'_>) {
        let before = self.place.open.len();
        self.open(ContainerKind::List {
            loose: false,
            marker: 0,
        });
        let start = attributes.number("start").unwrap_or(1);
        let step = match attributes.value("reversed") {
            Some(_) => -1,
            None => 1,
        };
        if let Some(list) = self.place.open.get_mut(before) {
            list.numbers = numbered.then_some((start, step));
        }
    }

    /// Opens an item; ends the one before.
    pub(super) fn open_item(&mut self, attributes: Attributes<'_>) {
        self.close_block();
        if self.place.deeper > 0 {
            return;
        }
        let mut open = self.place.open.iter();
        let bound = open.rposition(|open| {
            matches!(
                open.kind,
                ContainerKind::List { .. } | ContainerKind::Quote | ContainerKind::Card
            )
        });
        let in_list = bound.filter(|&at| {
            let open = self.place.open.get(at);
            open.is_some_and(|open| matches!(open.kind, ContainerKind::List { .. }))
        });
        if let Some(list) = in_list {
            self.place.open.truncate(list + 1);
        } else {
            self.imply_list();
        }
        let marker = self.next_marker(attributes.number("value"));
        self.add_item(marker);
    }

    /// Opens a list around an item that stands alone.
    fn imply_list(&mut self) {
        self.open(ContainerKind::List {
            loose: false,
            marker: 0,
        });
        if let Some(list) = self.place.open.last_mut() {
            list.implied = true;
        }
    }

    /// A term or a definition begins: the definition before it ends.
    pub(super) fn end_definition(&mut self) {
        let innermost = self.place.innermost().map(|open| open.kind);
        if innermost == Some(ContainerKind::Definition) {
            self.close(|kind| kind == ContainerKind::Definition);
        }
    }

    fn next_marker(&mut self, value: Option<i64>) -> ListMarker {
        let list = self.place.open.last_mut();
        let numbers = list.and_then(|list| list.numbers.as_mut());
        numbers.map_or(ListMarker::Bullet, |(next, step)| {
            let number = value.unwrap_or(*next);
            *next = number.saturating_add(*step);
            ListMarker::Number(number)
        })
    }

    fn add_item(&mut self, marker: ListMarker) {
        let Some(list) = self.place.open.last_mut() else {
            return;
        };
        let index = self.body.containers.len();
        let kind = ContainerKind::Item(marker);
        list.item = Some(index);
        let parent = list.index;
        self.body.containers.push(Container {
            parent: Some(parent),
            kind,
        });
        self.widen(parent, marker);
        self.place.fresh = Some(index);
        self.place.open.push(OpenContainer {
            index,
            kind,
            numbers: None,
            item: None,
            implied: false,
        });
    }

    /// A paragraph begins in an item: its list has room between the items.
    pub(super) fn loosen(&mut self) {
        let item = self.place.innermost().map(|open| open.index);
        let item = item.and_then(|index| self.body.containers.get(index));
        if let Some(Container {
            parent: Some(parent),
            kind: ContainerKind::Item(_),
        }) = item
        {
            let parent = *parent;
            if let Some(Container {
                kind: ContainerKind::List { loose, .. },
                ..
            }) = self.body.containers.get_mut(parent)
            {
                *loose = true;
            }
        }
    }

    /// Takes `[x]` or `[ ]` from the first text of an item and makes a task of it.
    pub(super) fn take_task(&mut self, flow: &mut Flow) {
        let done = match flow.text.get(..4) {
            Some("[x] " | "[X] ") => true,
            Some("[ ] ") => false,
            _ => return,
        };
        let Some(index) = self.place.fresh else {
            return;
        };
        let Some(item) = self.body.containers.get_mut(index) else {
            return;
        };
        flow.cut_front(4);
        item.kind = ContainerKind::Item(ListMarker::Task(done));
        if let Some(list) = item.parent {
            self.widen(list, ListMarker::Task(done));
        }
    }

    fn widen(&mut self, list: usize, by: ListMarker) {
        let list = self.body.containers.get_mut(list);
        if let Some(ContainerKind::List { marker, .. }) = list.map(|list| &mut list.kind) {
            *marker = (*marker).max(by.columns());
        }
    }
}
