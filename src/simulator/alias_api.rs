//! Aliases: `ListAliases`, `CreateAlias`, `GetAlias`, `UpdateAlias`, `DeleteAlias`.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::account::Account;
use super::alias::{AliasRecord, StoredAlias};
use super::chance;
use super::errors::ApiError;
use super::function::StoredFunction;
use super::page::page;
use super::request::WireRequest;
use super::version::VersionId;

/// What `CreateAlias` and `UpdateAlias` take.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AliasInput {
    name: Option<String>,
    function_version: Option<String>,
    description: Option<String>,
    routing_config: Option<Routing>,
    revision_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Routing {
    #[serde(default)]
    additional_version_weights: BTreeMap<String, f64>,
}

/// `ListAliases`, of all versions or of one.
pub(super) fn list(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let wanted = call.query.get("FunctionVersion");
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    let records = function.aliases.iter();
    let items = records
        .filter(|(_, record)| wanted.is_none_or(|version| *version == record.alias.version))
        .map(|(name, record)| (name.to_owned(), record.shown(&arn, name)))
        .collect();
    drop(state);
    let page = page(call, items)?;
    Ok(Json(json!({ "Aliases": page.items, "NextMarker": page.next })).into_response())
}

/// `GetAlias`.
pub(super) fn describe(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let alias = &call.target.alias;
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    let record = function.aliases.find(alias, &arn)?;
    Ok(Json(record.shown(&arn, alias)).into_response())
}

/// `CreateAlias`.
pub(super) fn create(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let changes: AliasInput = call.json()?;
    let arn = account.place().function(&named.name);
    let name = changes.name.clone().unwrap_or_default();
    check_name(&name)?;
    let mut state = account.state();
    let revision = chance::uuid(&mut state.rng);
    let function = state.function(&named.name, &arn)?;
    if function.aliases.get(&name).is_some() {
        return Err(ApiError::conflict(format!(
            "Alias already exists: {arn}:{name}"
        )));
    }
    let mut record = AliasRecord {
        alias: StoredAlias {
            version: String::new(),
            description: String::new(),
            weights: BTreeMap::new(),
        },
        revision,
    };
    changes.check(function, &arn)?;
    changes.apply(&mut record.alias);
    if record.alias.version.is_empty() {
        let constraint = "not be null";
        return Err(ApiError::constraint("null", "functionVersion", constraint));
    }
    let shown = record.shown(&arn, &name);
    function.aliases.insert(name, record);
    Ok((StatusCode::CREATED, Json(shown)).into_response())
}

/// `UpdateAlias`.
pub(super) fn update(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let changes: AliasInput = call.json()?;
    let arn = account.place().function(&named.name);
    let name = &call.target.alias;
    let mut state = account.state();
    let revision = chance::uuid(&mut state.rng);
    let function = state.function(&named.name, &arn)?;
    changes.check(function, &arn)?;
    let record = function.aliases.find(name, &arn)?;
    if changes
        .revision_id
        .as_ref()
        .is_some_and(|id| *id != record.revision)
    {
        return Err(ApiError::revision_mismatch());
    }
    changes.apply(&mut record.alias);
    record.revision = revision;
    Ok(Json(record.shown(&arn, name)).into_response())
}

/// `DeleteAlias`; one that does not exist counts as deleted.
pub(super) fn delete(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    function.aliases.delete(&call.target.alias);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A name of letters, digits, `-` and `_` that is not a number.
fn check_name(name: &str) -> Result<(), ApiError> {
    let letters = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let number = name.bytes().all(|b| b.is_ascii_digit());
    if letters && !number && name.len() <= 128 {
        return Ok(());
    }
    let constraint = "satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)";
    Err(ApiError::constraint(name, "name", constraint))
}

impl AliasInput {
    /// Refuses versions that do not exist.
    fn check(&self, function: &StoredFunction, arn: &str) -> Result<(), ApiError> {
        let weights = self.routing_config.iter();
        let others = weights.flat_map(|routing| routing.additional_version_weights.keys());
        let missing = self.function_version.iter().chain(others).find(|version| {
            VersionId::parse(version).is_none_or(|id| function.versions.get(id).is_none())
        });
        match missing {
            Some(version) => Err(ApiError::function_not_found(&format!("{arn}:{version}"))),
            None => Ok(()),
        }
    }

    fn apply(self, alias: &mut StoredAlias) {
        if let Some(version) = self.function_version {
            alias.version = version;
        }
        if let Some(description) = self.description {
            alias.description = description;
        }
        if let Some(routing) = self.routing_config {
            alias.weights = routing.additional_version_weights;
        }
    }
}

impl AliasRecord {
    /// The alias as the API shows it.
    fn shown(&self, arn: &str, name: &str) -> Value {
        let mut shown = Map::new();
        shown.insert("AliasArn".into(), json!(format!("{arn}:{name}")));
        shown.insert("Name".into(), json!(name));
        shown.insert("FunctionVersion".into(), json!(self.alias.version));
        shown.insert("Description".into(), json!(self.alias.description));
        if !self.alias.weights.is_empty() {
            let weights = json!({ "AdditionalVersionWeights": self.alias.weights });
            shown.insert("RoutingConfig".into(), weights);
        }
        shown.insert("RevisionId".into(), json!(self.revision));
        Value::Object(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alias_names_are_words_and_not_numbers() {
        assert!(check_name("RAM512").is_ok());
        for name in ["", "12", "a b", "a:b"] {
            assert_eq!(check_name(name).unwrap_err().code, "ValidationException");
        }
    }
}
