//! Published versions: `PublishVersion`, `ListVersionsByFunction`, `DeleteFunction`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

use super::account::Account;
use super::chance;
use super::config_api::view;
use super::errors::ApiError;
use super::page::page;
use super::request::WireRequest;
use super::version::VersionId;

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
    let versions = &mut function.versions;
    versions.refuse_while_updating(&arn)?;
    versions.check_revision(publication.revision_id.as_deref())?;
    versions.check_code(publication.code_sha256.as_deref())?;
    let number = versions
        .unchanged()
        .unwrap_or_else(|| versions.publish(publication.description, revision, now, ready_at));
    let qualifier = number.to_string();
    view(place, function, VersionId::Number(number), Some(&qualifier))
        .map(|view| (StatusCode::CREATED, Json(view.full())).into_response())
        .ok_or_else(|| ApiError::function_not_found(&arn))
}

/// `ListVersionsByFunction`: `$LATEST` first, then the numbers in rising order.
pub(super) fn list(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let place = account.place();
    let arn = place.function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    let published = function.versions.published();
    let numbers = published.map(|(number, _)| VersionId::Number(number));
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
