//! The blocks so far, and which lists, items and quotes are open around the next one.

use crate::articles::body::{
    Block, BlockContent, Container, ContainerKind, Flow, ListMarker, MAX_DEPTH,
};

/// Blocks and containers in reading order. What is closed stays as it is; a new block is in the innermost open container.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct BlockTree {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    open: Vec<OpenContainer>,
    /// Open containers beyond [`MAX_DEPTH`].
    deeper: u32,
    /// The item that has no block yet.
    fresh: Option<usize>,
}

/// An open container.
#[derive(Debug, Clone, PartialEq)]
struct OpenContainer {
    index: usize,
    kind: ContainerKind,
    /// In a list: how it goes on counting.
    numbers: Option<ListNumbers>,
    /// In a list: its last item.
    item: Option<usize>,
    /// A list that nobody opened: around an item that stands alone.
    implied: bool,
}

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListNumbers {
    /// The number of the next item.
    pub(super) next: i64,
    /// What is added for the one after.
    pub(super) step: i64,
}

impl BlockTree {
    /// How many blocks there are.
    pub(super) const fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether a container of some kind is open.
    pub(super) fn is_in(&self, matches: impl Fn(ContainerKind) -> bool) -> bool {
        self.open.iter().any(|open| matches(open.kind))
    }

    /// Adds a block where reading has come to; a paragraph with nothing to see is none.
    pub(super) fn push(&mut self, mut content: BlockContent) {
        if let BlockContent::Paragraph(flow) = &mut content {
            self.take_task(flow);
            if flow.is_blank() {
                return;
            }
        }
        if self.open.last().is_some_and(|open| open.implied) {
            self.open.pop();
        }
        let inside = self.inside();
        self.fresh = None;
        self.blocks.push(Block { inside, content });
    }

    /// Opens a container, if it is not too deep.
    pub(super) fn open(&mut self, kind: ContainerKind) {
        if self.open.len() >= MAX_DEPTH {
            self.deeper += 1;
            return;
        }
        self.add(self.inside(), kind);
    }

    /// Closes the nearest container of some kind, and what is open in it.
    pub(super) fn close(&mut self, matches: impl Fn(ContainerKind) -> bool) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let mut open = self.open.iter();
        if let Some(at) = open.rposition(|open| matches(open.kind)) {
            self.open.truncate(at);
        }
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes all but the first containers of this number.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// Opens a list, numbered or not.
    pub(super) fn open_list(&mut self, numbers: Option<ListNumbers>) {
        let before = self.open.len();
        self.open(ContainerKind::NEW_LIST);
        if let Some(list) = self.open.get_mut(before) {
            list.numbers = numbers;
        }
    }

    /// Opens an item with the number its author gives it, if there is one; ends the item before.
    pub(super) fn open_item(&mut self, number: Option<i64>) {
        if self.deeper > 0 {
            return;
        }
        match self.around_item() {
            Some((list, ContainerKind::List { .. })) => self.open.truncate(list + 1),
            _ => self.imply_list(),
        }
        self.add_item(number);
    }

    /// What a new item belongs to: the nearest list, or a quote or card around it.
    fn around_item(&self) -> Option<(usize, ContainerKind)> {
        let open = self.open.iter().map(|open| open.kind).enumerate();
        let holds_items = |kind: &ContainerKind| {
            kind.is_list() || matches!(kind, ContainerKind::Quote | ContainerKind::Card)
        };
        open.rev().find(|(_, kind)| holds_items(kind))
    }

    /// Opens a list around an item that stands alone.
    fn imply_list(&mut self) {
        self.open(ContainerKind::NEW_LIST);
        if let Some(list) = self.open.last_mut() {
            list.implied = true;
        }
    }

    fn add_item(&mut self, number: Option<i64>) {
        let index = self.containers.len();
        let Some(list) = self.open.last_mut() else {
            return;
        };
        list.item = Some(index);
        let (parent, marker) = (list.index, list.next_marker(number));
        self.add(Some(parent), ContainerKind::Item(marker));
        self.widen(parent, marker);
        self.fresh = Some(index);
    }

    fn add(&mut self, parent: Option<usize>, kind: ContainerKind) {
        self.open.push(OpenContainer {
            index: self.containers.len(),
            kind,
            numbers: None,
            item: None,
            implied: false,
        });
        self.containers.push(Container { parent, kind });
    }

    /// Whether the innermost container is a definition.
    pub(super) fn ends_with_definition(&self) -> bool {
        let innermost = self.open.last().map(|open| open.kind);
        innermost == Some(ContainerKind::Definition)
    }

    /// A paragraph begins in an item: its list has room between the items.
    pub(super) fn loosen(&mut self) {
        let item = self.open.last().map(|open| open.index);
        let item = item.and_then(|index| self.containers.get(index));
        let list = item.filter(|item| matches!(item.kind, ContainerKind::Item(_)));
        let list = list.and_then(|item| item.parent);
        if let Some(ContainerKind::List { loose, .. }) = self.kind_mut(list) {
            *loose = true;
        }
    }

    /// What a new block or container is in: in a list, its last item.
    fn inside(&self) -> Option<usize> {
        let open = self.open.last()?;
        open.item.or(Some(open.index))
    }

    /// Takes `[x]` or `[ ]` from the first text of an item and makes a task of it.
    fn take_task(&mut self, flow: &mut Flow) {
        let done = match flow.text.get(..4) {
            Some("[x] " | "[X] ") => true,
            Some("[ ] ") => false,
            _ => return,
        };
        let fresh = self.fresh;
        let Some(item) = fresh.and_then(|index| self.containers.get_mut(index)) else {
            return;
        };
        flow.cut_front(4);
        item.kind = ContainerKind::Item(ListMarker::Task(done));
        if let Some(list) = item.parent {
            self.widen(list, ListMarker::Task(done));
        }
    }

    fn widen(&mut self, list: usize, by: ListMarker) {
        if let Some(ContainerKind::List { marker, .. }) = self.kind_mut(Some(list)) {
            *marker = (*marker).max(by.columns());
        }
    }

    fn kind_mut(&mut self, index: Option<usize>) -> Option<&mut ContainerKind> {
        let container = self.containers.get_mut(index?)?;
        Some(&mut container.kind)
    }

    /// The blocks, and the containers they are in.
    pub(super) fn finish(self) -> (Vec<Block>, Vec<Container>) {
        (self.blocks, self.containers)
    }
}

impl OpenContainer {
    fn next_marker(&mut self, number: Option<i64>) -> ListMarker {
        let Some(numbers) = &mut self.numbers else {
            return ListMarker::Bullet;
        };
        let number = number.unwrap_or(numbers.next);
        numbers.next = number.saturating_add(numbers.step);
        ListMarker::Number(number)
    }
}
