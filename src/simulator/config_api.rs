//! Functions and their configuration: `ListFunctions`, `GetFunction`, `GetFunctionConfiguration`,
//! `UpdateFunctionConfiguration`.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::account::Account;
use super::arn::{AccountRegion, NamedFunction};
use super::chance;
use super::config_view::ConfigView;
use super::errors::ApiError;
use super::faults::Fault;
use super::function::StoredFunction;
use super::page::page;
use super::request::WireRequest;
use super::settings::FunctionSettings;
use super::version::VersionId;
use crate::lambda::{MemoryMb, PackageType};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 256;

/// `ListFunctions`.
pub(super) fn list(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let every_version = call
        .query
        .get("FunctionVersion")
        .is_some_and(|v| v == "ALL");
    let place = account.place();
    let state = account.state();
    let mut items = Vec::new();
    for function in state.functions.values() {
        let qualifier = every_version.then_some("$LATEST");
        let latest = view(place, function, VersionId::Latest, qualifier);
        items.extend(latest.map(|view| (function.name.clone(), view.listed())));
        if every_version {
            items.extend(published(place, function));
        }
    }
    drop(state);
    let page = page(call, items)?;
    Ok(Json(json!({ "Functions": page.items, "NextMarker": page.next })).into_response())
}

/// The published versions of a function with sort keys that follow its name.
fn published(place: &AccountRegion, function: &StoredFunction) -> Vec<(String, Value)> {
    let numbers = function.versions.published().map(|(number, _)| number);
    numbers
        .filter_map(|number| {
            let qualifier = number.to_string();
            let id = VersionId::Number(number);
            let view = view(place, function, id, Some(&qualifier))?;
            Some((format!("{}:{number:020}", function.name), view.listed()))
        })
        .collect()
}

/// `GetFunctionConfiguration`.
pub(super) fn configuration(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    Ok(Json(shown(account, &named)?).into_response())
}

/// The full configuration of the version a call names.
fn shown(account: &Account, named: &NamedFunction) -> Result<Value, ApiError> {
    let place = account.place();
    let arn = place.function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    let qualifier = named.qualifier.as_deref();
    let id = function.find(qualifier, &arn)?;
    let view = view(place, function, id, qualifier);
    view.map(|view| view.full())
        .ok_or_else(|| ApiError::function_not_found(&arn))
}

/// `GetFunction`.
pub(super) fn describe(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let configuration = shown(account, &named)?;
    let place = account.place();
    let state = account.state();
    let function = state.functions.get(&named.name);
    let package = function.map(|f| f.versions.latest().settings.code.package);
    let image = package == Some(PackageType::Image);
    let mut answer = json!({
        "Configuration": configuration,
        "Code": code(place, &named.name, image),
    });
    let reserved = function.and_then(|function| function.reserved);
    if let (Some(reserved), Some(answer)) = (reserved, answer.as_object_mut()) {
        let concurrency = json!({ "ReservedConcurrentExecutions": reserved });
        answer.insert("Concurrency".into(), concurrency);
    }
    Ok(Json(answer).into_response())
}

fn code(place: &AccountRegion, name: &str, image: bool) -> Value {
    let AccountRegion { account, region } = place;
    if image {
        let image = format!("{account}.dkr.ecr.{region}.amazonaws.com/{name}");
        let digest = chance::runtime_hash(name);
        return json!({
            "RepositoryType": "ECR",
            "ImageUri": format!("{image}:latest"),
            "ResolvedImageUri": format!("{image}@sha256:{digest}"),
        });
    }
    let bucket = format!("awslambda-{region}-tasks.s3.{region}.amazonaws.com");
    json!({ "RepositoryType": "S3", "Location": format!("https://{bucket}/snapshots/{account}/{name}") })
}

/// What `UpdateFunctionConfiguration` takes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigurationInput {
    memory_size: Option<u32>,
    description: Option<String>,
    timeout: Option<u64>,
    environment: Option<EnvironmentInput>,
    role: Option<String>,
    handler: Option<String>,
    runtime: Option<String>,
    revision_id: Option<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EnvironmentInput {
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

/// `UpdateFunctionConfiguration`.
pub(super) fn update(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    only_latest(account.place(), &named)?;
    let changes: ConfigurationInput = call.json()?;
    changes.check(account.options().memory_limit)?;
    let place = account.place();
    let arn = place.function(&named.name);
    let done_at = (call.fault != Some(Fault::StuckUpdate))
        .then(|| account.clock().after(account.options().config_update));
    let mut state = account.state();
    let revision = chance::uuid(&mut state.rng);
    let function = state.function(&named.name, &arn)?;
    let versions = &mut function.versions;
    versions.refuse_while_updating(&arn)?;
    versions.check_revision(changes.revision_id.as_deref())?;
    let now = account.clock().now();
    versions.start_update(revision, now, done_at, |it| changes.apply(it));
    view(place, function, VersionId::Latest, None)
        .map(|view| Json(view.full()).into_response())
        .ok_or_else(|| ApiError::function_not_found(&arn))
}

/// Refuses a change of a version or alias.
pub(super) fn only_latest(place: &AccountRegion, named: &NamedFunction) -> Result<(), ApiError> {
    match named.qualifier.as_deref() {
        None | Some("$LATEST") => Ok(()),
        Some(qualifier) => Err(ApiError::invalid(format!(
            "The function ARN {} is qualified. This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
            place.qualified(&named.name, Some(qualifier))
        ))),
    }
}

impl ConfigurationInput {
    fn check(&self, memory_limit: MemoryMb) -> Result<(), ApiError> {
        if let Some((field, _)) = self.others.iter().find(|(_, value)| !value.is_null()) {
            return Err(ApiError::invalid(format!(
                "The simulated account does not change '{field}' of a function."
            )));
        }
        if let Some(size) = self.memory_size {
            check_memory(size, memory_limit)?;
        }
        if let Some(seconds) = self.timeout.filter(|s| !(1..=900).contains(s)) {
            let constraint = "have value between 1 and 900";
            return Err(ApiError::constraint(
                &seconds.to_string(),
                "timeout",
                constraint,
            ));
        }
        let description = self.description.as_deref().unwrap_or_default();
        if description.chars().count() > LONGEST_DESCRIPTION {
            let constraint = "have length less than or equal to 256";
            return Err(ApiError::constraint(description, "description", constraint));
        }
        Ok(())
    }

    fn apply(self, settings: &mut FunctionSettings) {
        if let Some(size) = self.memory_size.and_then(|size| MemoryMb::new(size).ok()) {
            settings.memory = size;
        }
        if let Some(seconds) = self.timeout {
            settings.timeout = Duration::from_secs(seconds);
        }
        if let Some(environment) = self.environment {
            settings.variables = environment.variables;
        }
        settings.description = self
            .description
            .unwrap_or_else(|| settings.description.clone());
        settings.role = self.role.unwrap_or_else(|| settings.role.clone());
        let code = &mut settings.code;
        code.handler = self.handler.or_else(|| code.handler.clone());
        code.runtime = self.runtime.or_else(|| code.runtime.clone());
    }
}

/// The API's own range first, then the account's limit.
fn check_memory(size: u32, limit: MemoryMb) -> Result<(), ApiError> {
    let text = size.to_string();
    let (lowest, highest) = (MemoryMb::MIN.megabytes(), MemoryMb::MAX.megabytes());
    if size < lowest {
        let constraint = format!("have value greater than or equal to {lowest}");
        return Err(ApiError::constraint(&text, "memorySize", &constraint));
    }
    if size > highest {
        let constraint = format!("have value less than or equal to {highest}");
        return Err(ApiError::constraint(&text, "memorySize", &constraint));
    }
    if size > limit.megabytes() {
        return Err(ApiError::invalid(format!(
            "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to {limit}"
        )));
    }
    Ok(())
}

/// The view of one version, if there is such a version.
pub(super) fn view<'a>(
    place: &'a AccountRegion,
    function: &'a StoredFunction,
    id: VersionId,
    qualifier: Option<&'a str>,
) -> Option<ConfigView<'a>> {
    Some(ConfigView {
        place,
        function,
        id,
        version: function.versions.get(id)?,
        qualifier,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_beyond_the_api_and_beyond_the_account_have_different_errors() {
        let limit = MemoryMb::new(3008).unwrap();
        assert!(check_memory(3008, limit).is_ok());
        assert_eq!(
            check_memory(64, limit).unwrap_err().code,
            "ValidationException"
        );
        assert_eq!(
            check_memory(10_241, limit).unwrap_err().code,
            "ValidationException"
        );
        let beyond = check_memory(3009, limit).unwrap_err();
        assert_eq!(beyond.code, "InvalidParameterValueException");
        assert!(beyond.message.ends_with("less than or equal to 3008"));
    }

    #[test]
    fn fields_the_account_cannot_change_are_refused_by_name() {
        let changes: ConfigurationInput = serde_json::from_str(r#"{"Layers":["arn"]}"#).unwrap();
        let error = changes.check(MemoryMb::MAX).unwrap_err();
        assert!(error.message.contains("'Layers'"));
        let harmless: ConfigurationInput = serde_json::from_str(r#"{"Layers":null}"#).unwrap();
        assert!(harmless.check(MemoryMb::MAX).is_ok());
    }
}
