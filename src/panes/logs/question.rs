//! What the pane asks for in a text prompt.

/// What a text of the logs pane is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogsPrompt {
    /// Words or a wildcard the groups in the list must match.
    FilterGroups,
    /// The name of a set of groups.
    NameSet,
    /// What to search for.
    Search,
    /// A filter: a new one, or the one at this place in the list.
    Filter {
        /// The place of the filter that is edited.
        place: Option<usize>,
        /// Whether matching rows are hidden.
        hides: bool,
    },
    /// The filter pattern `CloudWatch` Logs applies.
    ServerPattern,
    /// The time to go to.
    GoToTime,
    /// The time from which events are loaded.
    LoadFrom,
    /// The path of a file for the rows.
    Export,
}
