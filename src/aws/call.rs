//! What was asked of AWS: the part of an error message that says what failed.

use std::sync::Arc;

/// One call to AWS, as an error message names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsCall {
    /// The operation by AWS's name, such as `UpdateFunctionConfiguration`.
    pub operation: &'static str,
    /// What it was about: a function with its qualifier, or empty.
    pub subject: String,
    account: Arc<CallerAccount>,
}

/// The account a session talks to, as far as messages need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CallerAccount {
    /// The profile, when one is in force.
    pub(super) profile: Option<String>,
    /// The region.
    pub(super) region: String,
    /// The endpoint, when it is not AWS's own.
    pub(super) endpoint: Option<String>,
}

impl AwsCall {
    /// A call of this operation about this subject.
    pub(super) fn new(
        account: &Arc<CallerAccount>,
        operation: &'static str,
        subject: &dyn std::fmt::Display,
    ) -> Self {
        Self {
            operation,
            subject: subject.to_string(),
            account: Arc::clone(account),
        }
    }

    /// The profile in force, if any.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.account.profile.as_deref()
    }

    /// The region the call went to.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.account.region
    }

    /// The endpoint the call went to, when it is not AWS's own.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.account.endpoint.as_deref()
    }
}

impl std::fmt::Display for AwsCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.operation)?;
        if self.subject.is_empty() {
            return Ok(());
        }
        write!(f, " of '{}'", self.subject)
    }
}
