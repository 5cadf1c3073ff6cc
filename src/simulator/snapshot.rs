//! The account's functions as plain values, to compare before and after.

use std::collections::BTreeMap;

use super::account::State;
use super::function::{Alias, Function};
use super::settings::Settings;

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
    pub latest: Settings,
    /// The settings of the published versions.
    pub versions: BTreeMap<u64, Settings>,
    /// The aliases by name.
    pub aliases: BTreeMap<String, Alias>,
    /// The reserved concurrency.
    pub reserved_concurrency: Option<u32>,
}

impl AccountSnapshot {
    pub(super) fn of(state: &State) -> Self {
        let functions = state.functions.iter();
        Self {
            functions: functions
                .map(|(name, function)| (name.clone(), FunctionSnapshot::of(function)))
                .collect(),
        }
    }
}

impl FunctionSnapshot {
    fn of(function: &Function) -> Self {
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
