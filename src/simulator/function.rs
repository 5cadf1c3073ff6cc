//! One function: its unpublished version, published versions, aliases, environments.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::time::Instant;

use super::blueprint::Blueprint;
use super::chance;
use super::environment::EnvironmentPool;
use super::errors::ApiError;
use super::settings::FunctionSettings;
use super::workload::Workload;

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

/// A function of the account.
#[derive(Debug)]
pub(super) struct StoredFunction {
    pub(super) name: String,
    pub(super) workload: Workload,
    pub(super) latest: Version,
    /// The update that is not in force yet.
    pub(super) update: Option<ConfigUpdate>,
    pub(super) versions: BTreeMap<u64, Version>,
    /// The number the last publication used; never used again.
    pub(super) last_number: u64,
    pub(super) aliases: BTreeMap<String, AliasRecord>,
    pub(super) reserved: Option<u32>,
    pub(super) pools: HashMap<VersionId, EnvironmentPool>,
    /// One generator for each memory size, so that sizes measured side by side do not disturb each other.
    pub(super) generators: HashMap<u32, StdRng>,
    pub(super) in_flight: u32,
    pub(super) invocations: u32,
    pub(super) cold_starts: u32,
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

/// An update of `$LATEST` in progress.
#[derive(Debug, Clone)]
pub(super) struct ConfigUpdate {
    /// When it ends; `None` for one that never does.
    pub(super) done_at: Option<Instant>,
    /// What invocations still use.
    pub(super) before: FunctionSettings,
}

/// An alias: what it points at and its share of other versions.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAlias {
    /// The version, `$LATEST` or a number.
    pub version: String,
    /// The description.
    pub description: String,
    /// The share (0 to 1) of invocations that go to other versions.
    pub weights: BTreeMap<String, f64>,
}

#[derive(Debug, Clone)]
pub(super) struct AliasRecord {
    pub(super) alias: StoredAlias,
    pub(super) revision: String,
}

impl StoredFunction {
    pub(super) fn new(blueprint: Blueprint, revision: String, modified: Timestamp) -> Self {
        let Blueprint {
            name,
            settings,
            workload,
            reserved,
        } = blueprint;
        Self {
            name,
            workload,
            latest: Version {
                source: settings.clone(),
                settings,
                revision,
                modified,
                ready_at: None,
            },
            update: None,
            versions: BTreeMap::new(),
            last_number: 0,
            aliases: BTreeMap::new(),
            reserved,
            pools: HashMap::new(),
            generators: HashMap::new(),
            in_flight: 0,
            invocations: 0,
            cold_starts: 0,
        }
    }

    /// Brings into force what has finished by `now`; a finished update has a revision of its own.
    pub(super) fn settle(&mut self, now: Instant, rng: &mut StdRng) {
        let done = |at: &Option<Instant>| at.is_some_and(|at| at <= now);
        if self.update.as_ref().is_some_and(|u| done(&u.done_at)) {
            self.update = None;
            self.pools.remove(&VersionId::Latest);
            self.latest.revision = chance::uuid(rng);
        }
        for version in self.versions.values_mut().filter(|v| done(&v.ready_at)) {
            version.ready_at = None;
            version.revision = chance::uuid(rng);
        }
    }

    pub(super) fn version(&self, id: VersionId) -> Option<&Version> {
        match id {
            VersionId::Latest => Some(&self.latest),
            VersionId::Number(number) => self.versions.get(&number),
        }
    }

    /// The version behind a qualifier; `arn` is the function's own, for the error.
    ///
    /// An alias with weights answers with its main version; see [`StoredFunction::route`].
    pub(super) fn find(&self, qualifier: Option<&str>, arn: &str) -> Result<VersionId, ApiError> {
        let Some(qualifier) = qualifier else {
            return Ok(VersionId::Latest);
        };
        let target = if let Some(id) = VersionId::parse(qualifier) {
            Some(id)
        } else {
            let record = self.aliases.get(qualifier).ok_or_else(|| {
                ApiError::not_found(format!("Cannot find alias arn: {arn}:{qualifier}"))
            })?;
            VersionId::parse(&record.alias.version)
        };
        target
            .filter(|id| self.version(*id).is_some())
            .ok_or_else(|| ApiError::function_not_found(&format!("{arn}:{qualifier}")))
    }

    /// The version an invocation of an alias goes to, for a draw from 0 to 1.
    pub(super) fn route(&self, alias: &str, mut draw: f64) -> Option<VersionId> {
        let alias = &self.aliases.get(alias)?.alias;
        for (version, weight) in &alias.weights {
            if draw < *weight {
                return VersionId::parse(version).filter(|id| self.version(*id).is_some());
            }
            draw -= weight;
        }
        VersionId::parse(&alias.version)
    }

    /// The settings invocations of a version use now.
    pub(super) fn in_force(&self, id: VersionId) -> Option<&FunctionSettings> {
        match (id, &self.update) {
            (VersionId::Latest, Some(update)) => Some(&update.before),
            _ => self.version(id).map(|version| &version.settings),
        }
    }

    /// The names of the aliases that point at a version.
    pub(super) fn aliases_of(&self, version: u64) -> Vec<&str> {
        let version = version.to_string();
        self.aliases
            .iter()
            .filter(|(_, record)| {
                record.alias.version == version || record.alias.weights.contains_key(&version)
            })
            .map(|(name, _)| name.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn qualifiers_are_versions_or_aliases() {
        let mut function = function();
        function.versions.insert(3, function.latest.clone());
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
        let mut function = function();
        function.versions.insert(1, function.latest.clone());
        function.versions.insert(2, function.latest.clone());
        let record = pointing_at("1", &[("2", 0.25)]);
        function.aliases.insert("live".into(), record);
        assert_eq!(function.route("live", 0.2), Some(VersionId::Number(2)));
        assert_eq!(function.route("live", 0.3), Some(VersionId::Number(1)));
        assert_eq!(function.aliases_of(2), ["live"]);
    }

    #[test]
    fn an_update_comes_into_force_with_a_new_revision() {
        let (mut function, now) = (function(), Instant::now());
        let before = function.latest.settings.clone();
        function.latest.settings.description = "new".into();
        function.update = Some(ConfigUpdate {
            done_at: Some(now + std::time::Duration::from_secs(1)),
            before: before.clone(),
        });
        let mut rng = chance::seeded(1, &[]);
        function.settle(now, &mut rng);
        assert_eq!(function.in_force(VersionId::Latest), Some(&before));
        function.settle(now + std::time::Duration::from_secs(1), &mut rng);
        let current = function.in_force(VersionId::Latest).unwrap();
        assert_eq!(current.description, "new");
        assert_ne!(function.latest.revision, "r");
    }
}
