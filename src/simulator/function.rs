//! One function: its versions, its aliases, its environments and what it does in them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::time::Instant;

use super::alias::FunctionAliases;
use super::arn::NamedFunction;
use super::behaviour::Behaviour;
use super::blueprint::Blueprint;
use super::environment::FunctionEnvironments;
use super::errors::ApiError;
use super::settings::FunctionSettings;
use super::version::VersionId;
use super::versions::FunctionVersions;

/// A function of the account.
#[derive(Debug)]
pub(super) struct StoredFunction {
    pub(super) name: String,
    pub(super) behaviour: Behaviour,
    /// The reserved concurrency.
    pub(super) reserved: Option<u32>,
    /// The provisioned concurrency, by version or alias.
    pub(super) provisioned: BTreeMap<String, u32>,
    pub(super) versions: FunctionVersions,
    pub(super) aliases: FunctionAliases,
    pub(super) environments: FunctionEnvironments,
}

impl StoredFunction {
    pub(super) fn new(blueprint: Blueprint, revision: String, modified: Timestamp) -> Self {
        Self {
            name: blueprint.name,
            behaviour: Behaviour::new(blueprint.workload),
            reserved: blueprint.reserved,
            provisioned: BTreeMap::new(),
            versions: FunctionVersions::new(blueprint.settings, revision, modified),
            aliases: FunctionAliases::default(),
            environments: FunctionEnvironments::default(),
        }
    }

    /// Brings into force what has finished by `now`; an update leaves no environment of `$LATEST`.
    pub(super) fn settle(&mut self, now: Instant, rng: &mut StdRng) {
        if self.versions.settle(now, rng) {
            self.environments.discard(VersionId::Latest);
        }
    }

    /// Replaces the code of `$LATEST` and changes what else `change` does, in force at once.
    pub(super) fn deploy(
        &mut self,
        revision: String,
        modified: Timestamp,
        change: impl FnOnce(&mut FunctionSettings),
    ) {
        self.versions.deploy(revision, modified, change);
        self.environments.discard(VersionId::Latest);
    }

    /// The version behind a qualifier; `arn` is the function's own, for the error.
    ///
    /// An alias with weights answers with its main version; see [`StoredFunction::choose`].
    pub(super) fn find(&self, qualifier: Option<&str>, arn: &str) -> Result<VersionId, ApiError> {
        let Some(qualifier) = qualifier else {
            return Ok(VersionId::Latest);
        };
        let target = if let Some(id) = VersionId::parse(qualifier) {
            Some(id)
        } else {
            let found = self.aliases.get(qualifier);
            let record = found.ok_or_else(|| ApiError::alias_not_found(arn, qualifier))?;
            VersionId::parse(&record.alias.version)
        };
        target
            .filter(|id| self.versions.get(*id).is_some())
            .ok_or_else(|| ApiError::function_not_found(&format!("{arn}:{qualifier}")))
    }

    /// The version that one invocation goes to for a draw from 0 to 1, if it can run.
    pub(super) fn choose(
        &self,
        named: &NamedFunction,
        draw: f64,
        arn: &str,
    ) -> Result<VersionId, ApiError> {
        let qualifier = named.qualifier.as_deref();
        let found = self.find(qualifier, arn)?;
        let record = qualifier.and_then(|name| self.aliases.get(name));
        let routed = record
            .and_then(|record| VersionId::parse(record.alias.route(draw)))
            .filter(|id| self.versions.get(*id).is_some());
        let version = routed.unwrap_or(found);
        self.versions.refuse_unready(version)?;
        Ok(version)
    }

    /// Deletes a published version that no alias names.
    pub(super) fn delete_version(&mut self, number: u64, arn: &str) -> Result<(), ApiError> {
        let aliases = self.aliases.pointing_at(number);
        if !aliases.is_empty() {
            return Err(ApiError::conflict(format!(
                "Unable to delete version because the following aliases reference it: [{}]",
                aliases.join(", ")
            )));
        }
        if !self.versions.delete(number) {
            return Err(ApiError::function_not_found(&format!("{arn}:{number}")));
        }
        self.environments.discard(VersionId::Number(number));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::alias::{AliasRecord, StoredAlias};
    use super::super::workload::Workload;
    use super::*;

    fn function() -> StoredFunction {
        let blueprint = Blueprint::new("f", Workload::computing());
        StoredFunction::new(blueprint, "r".into(), Timestamp::UNIX_EPOCH)
    }

    fn pointing_at(version: &str, weights: &[(&str, f64)]) -> AliasRecord {
        AliasRecord {
            alias: StoredAlias {
                version: version.into(),
                description: String::new(),
                weights: weights.iter().map(|(v, w)| ((*v).into(), *w)).collect(),
            },
            revision: "r".into(),
        }
    }

    fn with_version(number: u64) -> StoredFunction {
        let mut function = function();
        let version = function.versions.latest().clone();
        function.versions.insert(number, version);
        function
    }

    #[test]
    fn qualifiers_are_versions_or_aliases() {
        let mut function = with_version(3);
        let record = pointing_at("3", &[]);
        function.aliases.insert("prod".into(), record);
        let find = |qualifier| function.find(qualifier, "arn");
        assert_eq!(find(None), Ok(VersionId::Latest));
        assert_eq!(find(Some("3")), Ok(VersionId::Number(3)));
        assert_eq!(find(Some("prod")), Ok(VersionId::Number(3)));
        let message = |qualifier| find(Some(qualifier)).unwrap_err().message;
        assert_eq!(message("4"), "Function not found: arn:4");
        assert_eq!(message("test"), "Cannot find alias arn: arn:test");
    }

    #[test]
    fn weighted_aliases_split_invocations() {
        let mut function = with_version(1);
        let version = function.versions.latest().clone();
        function.versions.insert(2, version);
        let record = pointing_at("1", &[("2", 0.25)]);
        function.aliases.insert("live".into(), record);
        let named = NamedFunction {
            name: "f".into(),
            qualifier: Some("live".into()),
        };
        let chosen = |draw| function.choose(&named, draw, "arn");
        assert_eq!(chosen(0.2), Ok(VersionId::Number(2)));
        assert_eq!(chosen(0.3), Ok(VersionId::Number(1)));
        assert_eq!(function.aliases.pointing_at(2), ["live"]);
    }
}
