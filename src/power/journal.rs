//! The write-ahead journal of a run: what is about to be changed in the account, written before each mutating
//! call, so that a killed run can be undone by the next start.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RunId;
use crate::lambda::MemoryMb;

/// The journal of one run, as read back from the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// The run.
    pub run: RunId,
    /// When it began.
    pub started: Timestamp,
    /// The function as it was.
    pub original: Original,
    /// The steps, oldest first.
    pub steps: Vec<Step>,
}

/// What the function was before the run touched it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// The unqualified ARN: account, region and name in one.
    pub function_arn: String,
    /// The endpoint the run spoke to, when it was not AWS itself; recovery must speak to the same.
    pub endpoint: Option<String>,
    /// The memory size to restore.
    pub memory: MemoryMb,
    /// The versions that existed (numbers, without `$LATEST`); never deleted.
    pub versions: Vec<String>,
}

/// One line of the journal. Intents are written before the call, outcomes after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// About to set the memory size of `$LATEST`.
    SettingMemory(MemoryMb),
    /// About to publish a version at this size.
    Publishing(MemoryMb),
    /// A version of this run exists and must be deleted.
    Published {
        /// Its number.
        version: String,
        /// Its size.
        memory: MemoryMb,
    },
    /// About to restore the memory size.
    Restoring,
    /// The memory size is the original again (or a deploy changed it, which is left alone).
    Restored,
    /// A version of this run is gone.
    Deleted {
        /// Its number.
        version: String,
    },
    /// The user asked for this size to stay: recovery must not take it back.
    Applied(MemoryMb),
}
