//! What the user keeps for a tail: filters under a name, and the fields that are hidden in the rows of a group.

/// What a saved list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Filters, as they are typed; the name is the user's.
    Filters,
    /// Keys of fields that rows of JSON do not show; the name is that of the log group.
    HiddenFields,
}

impl ListKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Filters, Self::HiddenFields];

    /// Its name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Filters => "filters",
            Self::HiddenFields => "hidden-fields",
        }
    }
}

/// Words that the user keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedList {
    /// What they are for.
    pub kind: ListKind,
    /// The name; no two lists of a kind have the same.
    pub name: String,
    /// The words in order; a list without any is none.
    pub entries: Vec<String>,
}
