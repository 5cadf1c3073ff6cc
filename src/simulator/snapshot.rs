//! The account's functions as plain values, to compare before and after.

use std::collections::BTreeMap;

use super::account::AccountState;
use super::function::{StoredAlias, StoredFunction};
use super::settings::FunctionSettings;

/// Every function of an account. Revisions and times are left out, so equal means unchanged for a user.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountSnapshot {
    /// The functions by name.
    pub functions: BTreeMap<String, FunctionSnapshot>,
}

/// One function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionSnapshot {
    /// The settings of `$LATEST`.
    pub latest: FunctionSettings,
    /// The settings of the published versions.
    pub versions: BTreeMap<u64, FunctionSettings>,
    /// The aliases by name.
    pub aliases: BTreeMap<String, StoredAlias>,
    /// The reserved concurrency.
    pub reserved_concurrency: Option<u32>,
}

impl AccountSnapshot {
    pub(super) fn of(state: &AccountState) -> Self {
        let functions = state.functions.iter();
        Self {
            functions: functions
                .map(|(name, function)| (name.clone(), FunctionSnapshot::of(function)))
                .collect(),
        }
    }
}

impl FunctionSnapshot {
    fn of(function: &StoredFunction) -> Self {
        let versions = function.versions.iter();
        let aliases = function.aliases.iter();
        Self {
            latest: function.latest.settings.clone(),
            versions: versions
                .map(|(number, version)| (*number, version.settings.clone()))
                .collect(),
            aliases: aliases
                .map(|(name, record)| (name.clone(), record.alias.clone()))
                .collect(),
            reserved_concurrency: function.reserved,
        }
    }
}
