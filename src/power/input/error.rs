//! Why an input file is refused.

use crate::power::PlanError;

/// Why an input file is refused. The caller puts the file's name in front.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum InputError {
    /// It is not JSON.
    #[error("not JSON: {0}; check commas, quotes and brackets there")]
    Json(String),
    /// It is JSON of another kind.
    #[error(
        "the input must be one JSON object such as {{\"lambdaARN\": \"my-function\", \"num\": 20}}"
    )]
    NotAnObject,
    /// A key that does not exist.
    #[error("line {line}: unknown field '{field}'; {hint}")]
    UnknownField {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// What was probably meant.
        hint: String,
    },
    /// A key is there twice.
    #[error("line {line}: field '{field}' is there twice; remove one of the two")]
    Twice {
        /// Where the second is, from 1.
        line: usize,
        /// The key.
        field: String,
    },
    /// A value of another kind.
    #[error("line {line}: field '{field}' is {found}; it must be {expected}")]
    Kind {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// What is there.
        found: String,
        /// What should be.
        expected: &'static str,
    },
    /// A value that cannot be.
    #[error("line {line}: field '{field}': {reason}")]
    Value {
        /// Where, from 1.
        line: usize,
        /// The key.
        field: String,
        /// Why not.
        reason: PlanError,
    },
    /// Payloads in S3 are not fetched.
    #[error(
        "line {line}: field 'payloadS3' is not supported, as iacstone has no S3 client; download the object and give it as '--payload @FILE'"
    )]
    PayloadS3 {
        /// Where, from 1.
        line: usize,
    },
}
