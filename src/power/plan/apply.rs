//! What happens to the pick.

use serde::{Deserialize, Serialize};

use super::PlanError;

/// Whether the pick is written to the live function after the run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apply {
    /// Leave the function as it was.
    #[default]
    No,
    /// Set `$LATEST` to the picked size.
    Latest,
    /// Set `$LATEST`, publish a version and point this alias at it.
    Alias(String),
}

impl Apply {
    /// The same, with an alias that can be one.
    pub(super) fn checked(self) -> Result<Self, PlanError> {
        if let Self::Alias(alias) = &self {
            let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let number = alias.chars().all(|c| c.is_ascii_digit());
            if alias.len() > 128 || number || !alias.chars().all(word) {
                return Err(PlanError::Alias(alias.clone()));
            }
        }
        Ok(self)
    }
}
