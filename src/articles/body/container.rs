//! What blocks are in: lists and their items, quotations, cards, definitions.

/// How deep containers are nested; what is nested deeper stays at this depth.
pub(in crate::articles) const MAX_DEPTH: usize = 12;

/// What blocks can be in.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::articles) struct Container {
    /// What it is in itself.
    pub(in crate::articles) parent: Option<usize>,
    /// What it is.
    pub(in crate::articles) kind: ContainerKind,
}

/// The kinds of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::articles) enum ContainerKind {
    /// A quotation.
    Quote,
    /// Something embedded: a readme, an article, a profile.
    Card,
    /// A list. Its parent is never a list.
    List {
        /// Whether blank lines stand between its items.
        loose: bool,
        /// The columns of its widest marker, the space behind it included.
        marker: usize,
    },
    /// An item; its parent is a list.
    Item(ListMarker),
    /// What can be folded away elsewhere; its first block is the summary.
    Details,
    /// A definition under its term.
    Definition,
}

impl ContainerKind {
    /// A list without items yet.
    pub(in crate::articles) const NEW_LIST: Self = Self::List {
        loose: false,
        marker: 0,
    };

    /// Whether it is a list.
    pub(in crate::articles) const fn is_list(self) -> bool {
        matches!(self, Self::List { .. })
    }
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::articles) enum ListMarker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(i64),
    /// A task, done or not.
    Task(bool),
}

impl ListMarker {
    /// The columns it takes, the space behind it included.
    pub(in crate::articles) fn columns(self) -> usize {
        match self {
            Self::Bullet => 2,
            Self::Number(number) => number.to_string().len() + 2,
            Self::Task(_) => 4,
        }
    }
}
