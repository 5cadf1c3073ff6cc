//! New code for a function: `UpdateFunctionCode`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::account::Account;
use super::chance;
use super::config_api::{only_latest, view};
use super::errors::ApiError;
use super::request::WireRequest;
use super::version::VersionId;
use crate::lambda::Architecture;

/// What `UpdateFunctionCode` takes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CodeInput {
    zip_file: Option<String>,
    s3_bucket: Option<String>,
    s3_key: Option<String>,
    image_uri: Option<String>,
    architectures: Option<Vec<Architecture>>,
    revision_id: Option<String>,
    #[serde(default)]
    publish: bool,
    #[serde(default)]
    dry_run: bool,
}

/// `UpdateFunctionCode`: the code is in force when the update ends, as with the configuration.
pub(super) fn update(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    only_latest(account.place(), &named)?;
    let input: CodeInput = call.json()?;
    let content = input.content()?;
    let place = account.place();
    let arn = place.function(&named.name);
    let done_at = account.clock().after(account.options().config_update);
    let now = account.clock().now();
    let mut state = account.state();
    let revision = chance::uuid(&mut state.rng);
    let version_revision = chance::uuid(&mut state.rng);
    let function = state.function(&named.name, &arn)?;
    let versions = &mut function.versions;
    versions.refuse_while_updating(&arn)?;
    versions.check_revision(input.revision_id.as_deref())?;
    let mut id = VersionId::Latest;
    if !input.dry_run {
        let architecture = input.architectures.and_then(|all| all.first().copied());
        versions.start_update(revision, now, Some(done_at), |settings| {
            settings.code.replace(&content);
            settings.architecture = architecture.unwrap_or(settings.architecture);
        });
        if input.publish {
            id = VersionId::Number(versions.publish(None, version_revision, now, done_at));
        }
    }
    view(place, function, id, None)
        .map(|view| (StatusCode::OK, Json(view.full())).into_response())
        .ok_or_else(|| ApiError::function_not_found(&arn))
}

impl CodeInput {
    /// What the hash of the new code follows from.
    fn content(&self) -> Result<String, ApiError> {
        if let Some(zip) = &self.zip_file {
            let bytes = STANDARD
                .decode(zip)
                .map_err(|cause| ApiError::unreadable_body("SerializationException", &cause))?;
            return Ok(STANDARD.encode(bytes));
        }
        match (&self.s3_bucket, &self.s3_key, &self.image_uri) {
            (Some(bucket), Some(key), None) => Ok(format!("s3://{bucket}/{key}")),
            (None, None, Some(image)) => Ok(image.clone()),
            _ => Err(ApiError::invalid(
                "Please provide a source for function code.",
            )),
        }
    }
}
