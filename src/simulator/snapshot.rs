//! The account's functions as plain values, to compare before and after.

use std::collections::BTreeMap;

use super::alias::StoredAlias;
use super::function::StoredFunction;
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
    pub(super) fn of(functions: &BTreeMap<String, StoredFunction>) -> Self {
        Self {
            functions: functions
                .iter()
                .map(|(name, function)| (name.clone(), FunctionSnapshot::of(function)))
                .collect(),
        }
    }
}

impl FunctionSnapshot {
    fn of(function: &StoredFunction) -> Self {
        let versions = function.versions.published();
        let aliases = function.aliases.iter();
        Self {
            latest: function.versions.latest().settings.clone(),
            versions: versions
                .map(|(number, version)| (number, version.settings.clone()))
                .collect(),
            aliases: aliases
                .map(|(name, record)| (name.to_owned(), record.alias.clone()))
                .collect(),
            reserved_concurrency: function.reserved,
        }
    }
}
