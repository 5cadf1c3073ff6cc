//! Why something failed: what kind of failure it is, for what the screen offers and for the log.

use std::fmt;

/// A failure: what kind it is, what the user is told, and what was behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind.
    pub kind: ProblemKind,
    /// What failed, where, and what to do.
    pub sentence: String,
    /// The causes, the nearest first, for the log.
    pub chain: Vec<String>,
}

/// What a failure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The credentials are missing, have expired or are not accepted.
    Credentials,
    /// No region is set, or a setting of the AWS session cannot be used.
    Setup,
    /// A right is missing.
    Denied,
    /// Too much was asked at once.
    Throttled,
    /// What was asked about does not exist.
    NotFound,
    /// AWS was not reached, or no answer came in time.
    Network,
    /// A server of a feed was not reached, or has nothing to give now.
    Web,
    /// There is no space left, on the disk or in a quota.
    Full,
    /// Nothing but Logs Insights reads the log group.
    LogClass,
    /// Somebody else is at work on the same thing.
    Conflict,
    /// Anything else; the sentence says what.
    Other,
}

impl ProblemKind {
    /// The command that looks into failures of this kind.
    #[must_use]
    pub const fn command(self) -> Option<&'static str> {
        match self {
            Self::Credentials | Self::Setup | Self::Denied | Self::Network => {
                Some("iacstone doctor")
            }
            _ => None,
        }
    }
}

impl Problem {
    /// A failure that is of no kind for which a screen has help.
    #[must_use]
    pub fn other(sentence: impl Into<String>) -> Self {
        Self {
            kind: ProblemKind::Other,
            sentence: sentence.into(),
            chain: Vec::new(),
        }
    }

    /// A failure of this kind by an error: its sentence, and those behind it.
    #[must_use]
    pub fn of(kind: ProblemKind, error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(error.source(), |cause| cause.source());
        Self {
            kind,
            sentence: error.to_string(),
            chain: causes.map(ToString::to_string).collect(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_its_sentence_and_its_causes() {
        #[derive(Debug, thiserror::Error)]
        #[error("the call failed")]
        struct Outer(#[source] std::io::Error);
        let error = Outer(std::io::Error::other("the line is dead"));
        let problem = Problem::of(ProblemKind::Network, &error);
        assert_eq!(problem.to_string(), "the call failed");
        assert_eq!(problem.chain, ["the line is dead"]);
    }
}
