//! The aliases of one function: names that point at a version and can share its invocations with others.

use std::collections::BTreeMap;

use super::errors::ApiError;

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

/// An alias with its revision.
#[derive(Debug, Clone)]
pub(super) struct AliasRecord {
    pub(super) alias: StoredAlias,
    pub(super) revision: String,
}

/// Every alias of one function by name.
#[derive(Debug, Default)]
pub(super) struct FunctionAliases(BTreeMap<String, AliasRecord>);

impl StoredAlias {
    /// The version that one invocation goes to, for a draw from 0 to 1.
    pub(super) fn route(&self, mut draw: f64) -> &str {
        for (version, weight) in &self.weights {
            if draw < *weight {
                return version;
            }
            draw -= weight;
        }
        &self.version
    }

    /// Whether it sends invocations to a version.
    fn names(&self, version: &str) -> bool {
        self.version == version || self.weights.contains_key(version)
    }
}

impl FunctionAliases {
    /// The aliases in order of name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &AliasRecord)> {
        self.0.iter().map(|(name, record)| (name.as_str(), record))
    }

    /// The names of the aliases that send invocations to a version.
    pub(super) fn pointing_at(&self, version: u64) -> Vec<&str> {
        let version = version.to_string();
        let pointing = self.iter().filter(|(_, it)| it.alias.names(&version));
        pointing.map(|(name, _)| name).collect()
    }

    /// The alias of this name, if there is one.
    pub(super) fn get(&self, name: &str) -> Option<&AliasRecord> {
        self.0.get(name)
    }

    /// The alias of this name; `arn` is the function's own, for the error.
    pub(super) fn find(&mut self, name: &str, arn: &str) -> Result<&mut AliasRecord, ApiError> {
        let found = self.0.get_mut(name);
        found.ok_or_else(|| ApiError::alias_not_found(arn, name))
    }

    /// Adds an alias, or replaces the one of this name.
    pub(super) fn insert(&mut self, name: String, record: AliasRecord) {
        self.0.insert(name, record);
    }

    /// Deletes an alias, if there is one of this name.
    pub(super) fn delete(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_aliases_split_invocations() {
        let mut aliases = FunctionAliases::default();
        let record = AliasRecord {
            alias: StoredAlias {
                version: "1".into(),
                description: String::new(),
                weights: [("2".into(), 0.25)].into(),
            },
            revision: "r".into(),
        };
        aliases.insert("live".into(), record);
        let alias = &aliases.get("live").unwrap().alias;
        assert_eq!(alias.route(0.2), "2");
        assert_eq!(alias.route(0.3), "1");
        assert_eq!(aliases.pointing_at(1), ["live"]);
        assert_eq!(aliases.pointing_at(2), ["live"]);
        assert!(aliases.pointing_at(3).is_empty());
    }
}
