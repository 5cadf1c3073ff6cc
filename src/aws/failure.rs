//! A call that failed, in the words of whoever refused it.

use super::call::AwsCall;

/// The error underneath, for the log.
pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A call that failed, with the words of whoever refused it.
#[derive(Debug, thiserror::Error)]
#[error("{said}")]
pub struct CallFailure {
    /// The call.
    pub call: AwsCall,
    /// AWS's own words, without control characters; of very many, the beginning.
    pub said: String,
    /// The cause, for the log.
    #[source]
    pub cause: Option<Cause>,
}

impl CallFailure {
    /// Whether a log group is of a class that such a call is not for.
    #[must_use]
    pub fn is_about_class(&self) -> bool {
        self.said.contains("not supported for this log class")
    }
}

#[cfg(test)]
impl CallFailure {
    /// The failure of a call about nothing, with these words.
    pub(crate) fn saying(said: &str) -> Self {
        let account = super::call::CallerAccount {
            profile: None,
            region: "eu-west-1".to_owned(),
            endpoint: None,
        };
        Self {
            call: AwsCall::new(&std::sync::Arc::new(account), "FilterLogEvents", &""),
            said: said.to_owned(),
            cause: None,
        }
    }
}
