//! What is wrong with a filter pattern, and where.

/// A filter pattern that `CloudWatch` Logs would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the filter pattern is wrong at column {column}: {problem}")]
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
