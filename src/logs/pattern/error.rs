//! What is wrong with a filter pattern, and where.

/// A filter pattern that breaks the rules as they are known here. `CloudWatch` Logs has the last word: it may know more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the filter pattern is not understood at column {column}: {problem}")]
pub struct PatternError {
    /// The character the problem begins at, counted from 1.
    pub column: usize,
    /// What is wrong and what to do about it.
    pub problem: String,
}

impl PatternError {
    pub(super) fn new(column: usize, problem: impl Into<String>) -> Self {
        Self {
            column,
            problem: problem.into(),
        }
    }
}
