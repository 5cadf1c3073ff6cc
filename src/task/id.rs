//! What names a job, and what it belongs to.

/// Names one background job of this process; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u64);

/// What a job belongs to; each kind has its own limit in the pool, so a stuck one cannot starve another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Reads of the account: identity, functions, log groups.
    Account,
    /// Log tails, and work on what they brought.
    Logs,
    /// Tuning runs and recoveries.
    Tuning,
    /// Reads and writes of the user's data.
    Store,
    /// Fetches of feeds.
    Feeds,
    /// Browsers that were started.
    Browser,
    /// Editors that have the terminal.
    Editor,
    /// Reads of the user's projects, by iacstone and by their own tools.
    Files,
}
