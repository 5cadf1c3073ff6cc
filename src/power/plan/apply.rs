//! What happens to the pick.

use serde::{Deserialize, Serialize};

use super::PlanError;
use crate::lambda::MemoryMb;
use crate::power::Applied;

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
    /// What a run with this changes for good on the function of this name; `None` where it changes nothing.
    #[must_use]
    pub fn change_words(&self, function: &str) -> Option<String> {
        let more = match self {
            Self::No => return None,
            Self::Latest => String::new(),
            Self::Alias(alias) => {
                format!(", a version is published, and the alias '{alias}' points at it")
            }
        };
        Some(format!(
            "Applying the pick changes the live function '{function}': its $LATEST gets the size{more}."
        ))
    }

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

impl Applied {
    /// What was changed, for a function that had `before`.
    #[must_use]
    pub fn words(&self, before: MemoryMb) -> String {
        let now = self.memory_mb;
        let memory = format!("the memory size of the function was {before} MB and is {now} MB");
        match (&self.version, &self.alias) {
            (None, _) => memory,
            (Some(it), Some(alias)) => {
                format!("{memory}; version {it} was published, alias '{alias}' points at it")
            }
            (Some(it), None) => {
                format!("{memory}; version {it} was published, and no alias points at it")
            }
        }
    }
}
