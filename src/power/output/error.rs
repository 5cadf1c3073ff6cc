//! Why a document is not an output of the reference tool.

use crate::power::{LinkError, PointsError};

/// Why a document is not an output of the reference tool.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OutputError {
    /// `{}`.
    #[error(
        "the output is the empty object: this is how the reference tool says that its run failed; look at the execution in Step Functions"
    )]
    Empty,
    /// Nothing of what an output holds is there.
    #[error(
        "this JSON has neither 'power', 'cost' and 'duration' nor 'stats'; it is no tuning result"
    )]
    NoResult,
    /// A field is of another kind.
    #[error("field '{field}' is {found}; it must be {expected}")]
    Field {
        /// Which field.
        field: &'static str,
        /// What is there.
        found: String,
        /// What should be.
        expected: &'static str,
    },
    /// The link inside is damaged.
    #[error("field 'visualization': {0}")]
    Link(#[from] LinkError),
    /// The figures form no curve.
    #[error(transparent)]
    Points(#[from] PointsError),
}
