//! Lists, items, quotes: which of them are open, and what a new block is in.

use super::attributes::Attributes;
use super::builder::Builder;
use crate::articles::document::{Container, Flow, Kind, MAX_DEPTH, Marker};

/// The open containers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Place {
    open: Vec<Open>,
    /// Open containers beyond [`MAX_DEPTH`].
    deeper: u32,
    /// The item that has no block yet.
    pub(super) fresh: Option<usize>,
}

/// An open container.
#[derive(Debug, Clone, PartialEq)]
struct Open {
    index: usize,
    kind: Kind,
    /// In a list: the number of its next item, and the step to the one after.
    numbers: Option<(i64, i64)>,
    /// In a list: its last item.
    item: Option<usize>,
    /// A list that nobody opened: around an item that stands alone.
    implied: bool,
}

impl Place {
    /// Whether a container of some kind is open.
    pub(super) fn is_in(&self, matches: impl Fn(Kind) -> bool) -> bool {
        self.open.iter().any(|open| matches(open.kind))
    }

    fn innermost(&self) -> Option<&Open> {
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
    pub(super) fn open(&mut self, kind: Kind) {
        self.close_block();
        if self.place.open.len() >= MAX_DEPTH {
            self.place.deeper += 1;
            return;
        }
        let parent = self.place.inside();
        let index = self.document.containers.len();
        self.document.containers.push(Container { parent, kind });
        self.place.open.push(Open {
            index,
            kind,
            numbers: None,
            item: None,
            implied: false,
        });
    }

    /// Closes the nearest container of some kind, and what is open in it.
    pub(super) fn close(&mut self, matches: impl Fn(Kind) -> bool) {
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
        self.open(Kind::List {
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
        let bound = open
            .rposition(|open| matches!(open.kind, Kind::List { .. } | Kind::Quote | Kind::Card));
        let in_list = bound.filter(|&at| {
            let open = self.place.open.get(at);
            open.is_some_and(|open| matches!(open.kind, Kind::List { .. }))
        });
        match in_list {
            Some(list) => self.place.open.truncate(list + 1),
            None => {
                self.open(Kind::List {
                    loose: false,
                    marker: 0,
                });
                if let Some(list) = self.place.open.last_mut() {
                    list.implied = true;
                }
            }
        }
        let marker = self.next_marker(attributes.number("value"));
        self.add_item(marker);
    }

    /// A term or a definition begins: the definition before it ends.
    pub(super) fn end_definition(&mut self) {
        let innermost = self.place.innermost().map(|open| open.kind);
        if innermost == Some(Kind::Definition) {
            self.close(|kind| kind == Kind::Definition);
        }
    }

    fn next_marker(&mut self, value: Option<i64>) -> Marker {
        let list = self.place.open.last_mut();
        let numbers = list.and_then(|list| list.numbers.as_mut());
        numbers.map_or(Marker::Bullet, |(next, step)| {
            let number = value.unwrap_or(*next);
            *next = number.saturating_add(*step);
            Marker::Number(number)
        })
    }

    fn add_item(&mut self, marker: Marker) {
        let Some(list) = self.place.open.last_mut() else {
            return;
        };
        let index = self.document.containers.len();
        let kind = Kind::Item(marker);
        list.item = Some(index);
        let parent = list.index;
        self.document.containers.push(Container {
            parent: Some(parent),
            kind,
        });
        self.widen(parent, marker);
        self.place.fresh = Some(index);
        self.place.open.push(Open {
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
        let item = item.and_then(|index| self.document.containers.get(index));
        if let Some(Container {
            parent: Some(parent),
            kind: Kind::Item(_),
        }) = item
        {
            let parent = *parent;
            if let Some(Container {
                kind: Kind::List { loose, .. },
                ..
            }) = self.document.containers.get_mut(parent)
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
        let Some(item) = self.document.containers.get_mut(index) else {
            return;
        };
        flow.cut_front(4);
        item.kind = Kind::Item(Marker::Task(done));
        if let Some(list) = item.parent {
            self.widen(list, Marker::Task(done));
        }
    }

    fn widen(&mut self, list: usize, by: Marker) {
        let list = self.document.containers.get_mut(list);
        if let Some(Kind::List { marker, .. }) = list.map(|list| &mut list.kind) {
            *marker = (*marker).max(by.columns());
        }
    }
}
