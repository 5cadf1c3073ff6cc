//! What stands before the lines of Markdown: the signs of quotations and items, and what parts blocks from each other.

use crate::articles::body::{Container, ContainerKind, ListMarker};

/// The largest number an item can have in Markdown; the smallest is 0.
const LARGEST: i64 = 999_999_999;

/// The margins of the blocks, from top to bottom.
pub(super) struct MarkdownMargins<'a> {
    containers: &'a [Container],
    /// The items whose marker was written.
    marked: Vec<bool>,
    /// Which of two markers a list has that looks the same to readers: neighbours differ.
    other: Vec<bool>,
    /// What the last block was in.
    before: Vec<usize>,
    /// The list that was written last, and its last item.
    last: Option<(usize, ListMarker)>,
}

/// What stands before the first line of a block and before the others.
pub(super) struct Side {
    pub(super) first: String,
    pub(super) rest: String,
}

impl<'a> MarkdownMargins<'a> {
    pub(super) fn new(containers: &'a [Container]) -> Self {
        Self {
            containers,
            marked: vec![false; containers.len()],
            other: vec![false; containers.len()],
            before: Vec::new(),
            last: None,
        }
    }

    /// The line between the block before and one that is in these containers: a blank one, or none between two items of
    /// a tight list.
    pub(super) fn between(&self, path: &[usize]) -> Option<String> {
        let pairs = self.before.iter().zip(path);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let both = path.get(..shared).unwrap_or_default();
        let last = both.iter().rev().find_map(|index| match self.kind(*index) {
            Some(ContainerKind::List { loose, .. }) => Some(!loose),
            Some(ContainerKind::Item(_)) => None,
            _ => Some(false),
        });
        let new_item = path.get(shared).is_some();
        if last == Some(true) && new_item {
            return None;
        }
        Some(self.side(both).rest.trim_end().to_owned())
    }

    /// A block begins in these containers.
    pub(super) fn begin(&mut self, path: Vec<usize>) -> Side {
        for &index in &path {
            self.choose_marker(index);
        }
        let side = self.side(&path);
        for &index in &path {
            if let Some(marked) = self.marked.get_mut(index) {
                *marked = true;
            }
        }
        self.before = path;
        side
    }

    /// A list whose neighbour above would run into it gets the other marker; so do the items behind one whose number
    /// does not follow.
    fn choose_marker(&mut self, index: usize) {
        let Some(ContainerKind::Item(marker)) = self.kind(index) else {
            return;
        };
        let list = self.containers.get(index).and_then(|item| item.parent);
        let (Some(list), Some(false)) = (list, self.marked.get(index)) else {
            return;
        };
        let other = |margins: &Self, list: usize| margins.other.get(list) == Some(&true);
        let flipped = match self.last {
            Some((above, before)) if above == list => other(self, list) == follows(before, marker),
            Some((above, before)) if self.are_neighbours(above, list) && alike(before, marker) => {
                !other(self, above)
            }
            _ => other(self, list),
        };
        if let Some(other) = self.other.get_mut(list) {
            *other = flipped;
        }
        self.last = Some((list, marker));
    }

    /// Whether the blocks of two lists are next to each other in the same container.
    fn are_neighbours(&self, above: usize, below: usize) -> bool {
        let parent = |list: usize| self.containers.get(list).and_then(|it| it.parent);
        parent(above) == parent(below) && self.before.contains(&above)
    }

    fn kind(&self, index: usize) -> Option<ContainerKind> {
        self.containers.get(index).map(|it| it.kind)
    }

    fn side(&self, path: &[usize]) -> Side {
        let (mut first, mut rest) = (String::new(), String::new());
        for &index in path {
            let marker = match self.kind(index) {
                Some(ContainerKind::Quote | ContainerKind::Card) => {
                    first.push_str("> ");
                    rest.push_str("> ");
                    continue;
                }
                Some(ContainerKind::Item(marker)) => self.marker(index, marker),
                Some(ContainerKind::Definition) => "- ".to_owned(),
                Some(ContainerKind::List { .. } | ContainerKind::Details) | None => continue,
            };
            let indent = " ".repeat(if marker.contains('[') {
                2
            } else {
                marker.len()
            });
            let fresh = self.marked.get(index) == Some(&false);
            first.push_str(if fresh { &marker } else { &indent });
            rest.push_str(&indent);
        }
        Side { first, rest }
    }

    fn marker(&self, index: usize, marker: ListMarker) -> String {
        let list = self.containers.get(index).and_then(|item| item.parent);
        let other = list.and_then(|list| self.other.get(list)) == Some(&true);
        let bullet = if other { "* " } else { "- " };
        match marker {
            ListMarker::Bullet => bullet.to_owned(),
            ListMarker::Task(done) => format!("{bullet}[{}] ", if done { "x" } else { " " }),
            ListMarker::Number(number) if is_number(marker) => {
                format!("{number}{} ", if other { ")" } else { "." })
            }
            // Markdown counts from 0 on only: the number is text.
            ListMarker::Number(number) => format!("{bullet}{number}\\. "),
        }
    }
}

/// Whether both are written as numbers, or neither.
const fn alike(one: ListMarker, other: ListMarker) -> bool {
    is_number(one) == is_number(other)
}

const fn is_number(marker: ListMarker) -> bool {
    matches!(marker, ListMarker::Number(0..=LARGEST))
}

/// Whether Markdown counts from one item to the next by itself.
fn follows(before: ListMarker, item: ListMarker) -> bool {
    match (before, item) {
        (ListMarker::Number(before), ListMarker::Number(number)) if is_number(item) => {
            before.checked_add(1) == Some(number)
        }
        _ => alike(before, item),
    }
}
