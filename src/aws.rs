//! The one seam to AWS: own types in and out, SDK types inside.

/// Who the credentials are, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account number.
    pub account: String,
    /// The ARN of the user or role.
    pub arn: String,
}
