//! The versions of one function: `$LATEST` with the update that is not in force yet, and what was published of it.
//! Invariant: a number is never used twice.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::time::Instant;

use super::chance;
use super::errors::ApiError;
use super::settings::FunctionSettings;
use super::version::{Version, VersionId};
use crate::lambda::SnapStart;

/// Every version of one function.
#[derive(Debug)]
pub(super) struct FunctionVersions {
    latest: Version,
    update: Option<ConfigUpdate>,
    published: BTreeMap<u64, Version>,
    /// The number the last publication used.
    last_number: u64,
}

/// An update of `$LATEST` in progress.
#[derive(Debug)]
struct ConfigUpdate {
    /// When it ends; `None` for one that never does.
    done_at: Option<Instant>,
    /// What invocations still use.
    before: FunctionSettings,
}

impl FunctionVersions {
    /// The versions of a new function: `$LATEST` alone.
    pub(super) fn new(settings: FunctionSettings, revision: String, modified: Timestamp) -> Self {
        Self {
            latest: Version {
                source: settings.clone(),
                settings,
                revision,
                modified,
                ready_at: None,
            },
            update: None,
            published: BTreeMap::new(),
            last_number: 0,
        }
    }

    /// `$LATEST`, as the API shows it: an update in progress is part of it.
    pub(super) const fn latest(&self) -> &Version {
        &self.latest
    }

    /// The version of this name, if there is one.
    pub(super) fn get(&self, id: VersionId) -> Option<&Version> {
        match id {
            VersionId::Latest => Some(&self.latest),
            VersionId::Number(number) => self.published.get(&number),
        }
    }

    /// The published versions by number, the lowest first.
    pub(super) fn published(&self) -> impl Iterator<Item = (u64, &Version)> {
        let published = self.published.iter();
        published.map(|(number, version)| (*number, version))
    }

    /// The settings invocations of a version use now.
    pub(super) fn in_force(&self, id: VersionId) -> Option<&FunctionSettings> {
        match (id, &self.update) {
            (VersionId::Latest, Some(update)) => Some(&update.before),
            _ => self.get(id).map(|version| &version.settings),
        }
    }

    /// Whether an update of `$LATEST` is in progress.
    pub(super) const fn is_updating(&self) -> bool {
        self.update.is_some()
    }

    /// Brings into force what has finished by `now`, each with a revision of its own; `true` when that was an update.
    pub(super) fn settle(&mut self, now: Instant, rng: &mut StdRng) -> bool {
        let done = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let is_updated = self.update.as_ref().is_some_and(|u| done(u.done_at));
        if is_updated {
            self.update = None;
            self.latest.revision = chance::uuid(rng);
        }
        let published = self.published.values_mut();
        for version in published.filter(|version| done(version.ready_at)) {
            version.ready_at = None;
            version.revision = chance::uuid(rng);
        }
        is_updated
    }

    /// Begins an update of `$LATEST`; the settings before stay in force until `done_at`, for ever without one.
    pub(super) fn start_update(
        &mut self,
        revision: String,
        modified: Timestamp,
        done_at: Option<Instant>,
        change: impl FnOnce(&mut FunctionSettings),
    ) {
        let before = self.latest.settings.clone();
        change(&mut self.latest.settings);
        self.latest.revision = revision;
        self.latest.modified = modified;
        self.update = Some(ConfigUpdate { done_at, before });
    }

    /// Replaces the code of `$LATEST` and changes what else `change` does, in force at once.
    pub(super) fn deploy(
        &mut self,
        revision: String,
        modified: Timestamp,
        change: impl FnOnce(&mut FunctionSettings),
    ) {
        let settings = &mut self.latest.settings;
        settings.code.replace(&revision);
        change(settings);
        self.latest.revision = revision;
        self.latest.modified = modified;
        self.update = None;
    }

    /// The last published version, when it still exists and `$LATEST` has not changed since.
    pub(super) fn unchanged(&self) -> Option<u64> {
        let last = self.published.get(&self.last_number)?;
        (last.source == self.latest.settings).then_some(self.last_number)
    }

    /// Publishes `$LATEST` and returns the new version's number; one with a snapshot can be invoked from `ready_at` on.
    pub(super) fn publish(
        &mut self,
        description: Option<String>,
        revision: String,
        modified: Timestamp,
        ready_at: Instant,
    ) -> u64 {
        let source = self.latest.settings.clone();
        let mut settings = source.clone();
        if let Some(description) = description {
            settings.description = description;
        }
        let has_snapshot = settings.hosting.snap_start == SnapStart::PublishedVersions;
        let version = Version {
            settings,
            source,
            revision,
            modified,
            ready_at: has_snapshot.then_some(ready_at),
        };
        self.insert(self.last_number + 1, version);
        self.last_number
    }

    /// Adds a published version; later publications have higher numbers.
    pub(super) fn insert(&mut self, number: u64, version: Version) {
        self.published.insert(number, version);
        self.last_number = self.last_number.max(number);
    }

    /// Deletes a published version; `false` when there is none of this number.
    pub(super) fn delete(&mut self, number: u64) -> bool {
        self.published.remove(&number).is_some()
    }

    /// Refuses changes while an update is in progress.
    pub(super) fn refuse_while_updating(&self, arn: &str) -> Result<(), ApiError> {
        if self.update.is_none() {
            return Ok(());
        }
        Err(ApiError::conflict(format!(
            "The operation cannot be performed at this time. An update is in progress for resource: {arn}"
        )))
    }

    /// Refuses to invoke a version whose snapshot is still being made.
    pub(super) fn refuse_unready(&self, id: VersionId) -> Result<(), ApiError> {
        if self.get(id).is_some_and(|v| v.ready_at.is_some()) {
            return Err(ApiError::snapshot_not_ready());
        }
        Ok(())
    }

    /// Refuses a change that expects another revision of `$LATEST`.
    pub(super) fn check_revision(&self, expected: Option<&str>) -> Result<(), ApiError> {
        match expected {
            Some(expected) if expected != self.latest.revision => {
                Err(ApiError::revision_mismatch())
            }
            _ => Ok(()),
        }
    }

    /// Refuses a publication that expects other code.
    pub(super) fn check_code(&self, expected: Option<&str>) -> Result<(), ApiError> {
        let current = &self.latest.settings.code.sha256;
        match expected {
            Some(expected) if expected != current => Err(ApiError::invalid(format!(
                "CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({current}). Please try again with the CodeSHA256 in $LATEST."
            ))),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_comes_into_force_with_a_new_revision() {
        let now = Instant::now();
        let before = FunctionSettings::new("f");
        let mut versions = FunctionVersions::new(before.clone(), "r".into(), Timestamp::UNIX_EPOCH);
        let done_at = now + std::time::Duration::from_secs(1);
        versions.start_update("s".into(), Timestamp::UNIX_EPOCH, Some(done_at), |it| {
            it.description = "new".into();
        });
        let mut rng = chance::seeded(1, &[]);
        assert!(!versions.settle(now, &mut rng));
        assert_eq!(versions.in_force(VersionId::Latest), Some(&before));
        assert!(versions.settle(done_at, &mut rng));
        let current = versions.in_force(VersionId::Latest).unwrap();
        assert_eq!(current.description, "new");
        assert_ne!(versions.latest().revision, "s");
    }
}
