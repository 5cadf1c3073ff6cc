//! One version of a function: what it is called, its settings and its state.

use jiff::Timestamp;
use tokio::time::Instant;

use super::settings::FunctionSettings;

/// A version of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum VersionId {
    /// The one that can be changed.
    Latest,
    /// A published one.
    Number(u64),
}

impl VersionId {
    /// Reads `$LATEST` or a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "$LATEST" => Some(Self::Latest),
            _ if text.starts_with('+') => None,
            _ => text.parse().ok().map(Self::Number),
        }
    }
}

impl std::fmt::Display for VersionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Latest => f.write_str("$LATEST"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// One version's settings and state.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) settings: FunctionSettings,
    /// What `$LATEST` was when this was published: decides whether a publication is a new version.
    pub(super) source: FunctionSettings,
    pub(super) revision: String,
    pub(super) modified: Timestamp,
    /// When a version that is being made can be invoked.
    pub(super) ready_at: Option<Instant>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_numbers_are_digits_alone() {
        assert_eq!(VersionId::parse("$LATEST"), Some(VersionId::Latest));
        assert_eq!(VersionId::parse("12"), Some(VersionId::Number(12)));
        assert_eq!(VersionId::parse("+12"), None);
        assert_eq!(VersionId::parse("prod"), None);
    }
}
