//! Published versions: `PublishVersion`, `ListVersionsByFunction`, `DeleteFunction`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

use super::account::Account;
use super::chance;
use super::config_api::view;
use super::errors::ApiError;
use super::function::{StoredFunction, Version, VersionId};
use super::page::page;
use super::wire::WireRequest;
use crate::lambda::SnapStart;

/// How much longer than a configuration update the making of a snapshot takes.
const SNAPSHOT_UPDATES: u32 = 3;

/// What `PublishVersion` takes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Publication {
    description: Option<String>,
    code_sha256: Option<String>,
    revision_id: Option<String>,
}

/// `PublishVersion`.
pub(super) fn publish(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let publication: Publication = call.json()?;
    let place = account.place();
    let arn = place.function(&named.name);
    let snapshot: Duration = account.options().config_update * SNAPSHOT_UPDATES;
    let (now, ready_at) = (account.clock().now(), account.clock().after(snapshot));
    let mut state = account.state();
    let revision = chance::uuid(&mut state.rng);
    let function = state.function(&named.name, &arn)?;
    function.refuse_while_updating(&arn)?;
    function.check_revision(publication.revision_id.as_deref())?;
    function.check_code(publication.code_sha256.as_deref())?;
    let number = function
        .unchanged_version()
        .unwrap_or_else(|| function.publish(publication.description, revision, now, ready_at));
    let qualifier = number.to_string();
    view(place, function, VersionId::Number(number), Some(&qualifier))
        .map(|view| (StatusCode::CREATED, Json(view.full())).into_response())
        .ok_or_else(|| ApiError::function_not_found(&arn))
}

impl StoredFunction {
    /// Refuses a publication that expects other code.
    fn check_code(&self, expected: Option<&str>) -> Result<(), ApiError> {
        let current = &self.latest.settings.code_sha256;
        match expected {
            Some(expected) if expected != current => Err(ApiError::invalid(format!(
                "CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({current}). Please try again with the CodeSHA256 in $LATEST."
            ))),
            _ => Ok(()),
        }
    }

    /// The last published version, when it still exists and `$LATEST` has not changed since.
    fn unchanged_version(&self) -> Option<u64> {
        let last = self.versions.get(&self.last_number)?;
        (last.source == self.latest.settings).then_some(self.last_number)
    }

    /// Publishes `$LATEST` and returns the new version's number.
    fn publish(
        &mut self,
        description: Option<String>,
        revision: String,
        now: Timestamp,
        snapshot_ready_at: Instant,
    ) -> u64 {
        let source = self.latest.settings.clone();
        let mut settings = source.clone();
        if let Some(description) = description {
            settings.description = description;
        }
        let snapshot = settings.snap_start == SnapStart::PublishedVersions;
        let version = Version {
            settings,
            source,
            revision,
            modified: now,
            ready_at: snapshot.then_some(snapshot_ready_at),
        };
        self.last_number += 1;
        self.versions.insert(self.last_number, version);
        self.last_number
    }

    /// Deletes one published version.
    fn delete_version(&mut self, number: u64, arn: &str) -> Result<(), ApiError> {
        let aliases = self.aliases_of(number);
        if !aliases.is_empty() {
            return Err(ApiError::conflict(format!(
                "Unable to delete version because the following aliases reference it: [{}]",
                aliases.join(", ")
            )));
        }
        if self.versions.remove(&number).is_none() {
            return Err(ApiError::function_not_found(&format!("{arn}:{number}")));
        }
        self.pools.remove(&VersionId::Number(number));
        Ok(())
    }
}

/// `ListVersionsByFunction`: `$LATEST` first, then the numbers in rising order.
pub(super) fn list(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let place = account.place();
    let arn = place.function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    let numbers = function.versions.keys().copied().map(VersionId::Number);
    let ids = std::iter::once(VersionId::Latest).chain(numbers);
    let items = ids
        .filter_map(|id| {
            let key = match id {
                VersionId::Latest => "0".repeat(20),
                VersionId::Number(number) => format!("{number:020}"),
            };
            let qualifier = id.to_string();
            let view = view(place, function, id, Some(&qualifier))?;
            Some((key, view.listed()))
        })
        .collect();
    drop(state);
    let page = page(call, items)?;
    Ok(Json(json!({ "Versions": page.items, "NextMarker": page.next })).into_response())
}

/// `DeleteFunction`: one published version, or the whole function without a qualifier.
pub(super) fn delete(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    match named.qualifier.as_deref().map(VersionId::parse) {
        None => {
            state.functions.remove(&named.name);
        }
        Some(Some(VersionId::Number(number))) => function.delete_version(number, &arn)?,
        Some(Some(VersionId::Latest)) => {
            return Err(ApiError::invalid(
                "$LATEST version cannot be deleted without deleting the function.",
            ));
        }
        Some(None) => {
            return Err(ApiError::invalid(
                "Deletion of aliases is not currently supported.",
            ));
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
