//! Limits: `GetAccountSettings`, `GetFunctionConcurrency` and `GetProvisionedConcurrencyConfig`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::account::Account;
use super::errors::ApiError;
use super::request::WireRequest;

/// `GetAccountSettings`.
pub(super) fn settings(account: &Account) -> Response {
    let state = account.state();
    let functions = state.functions.values();
    let code_size: u64 = functions
        .map(|f| f.versions.latest().settings.code.size)
        .sum();
    let limit = account.concurrency_limit();
    Json(json!({
        "AccountLimit": {
            "TotalCodeSize": 80_530_636_800_u64,
            "CodeSizeUnzipped": 262_144_000,
            "CodeSizeZipped": 52_428_800,
            "ConcurrentExecutions": limit,
            "UnreservedConcurrentExecutions": limit.saturating_sub(state.reserved()),
        },
        "AccountUsage": { "TotalCodeSize": code_size, "FunctionCount": state.functions.len() },
    }))
    .into_response()
}

/// `GetFunctionConcurrency`; an empty object when nothing is reserved.
pub(super) fn concurrency(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let reserved = account.state().function(&named.name, &arn)?.reserved;
    let answer = reserved.map_or_else(
        || json!({}),
        |reserved| json!({ "ReservedConcurrentExecutions": reserved }),
    );
    Ok(Json(answer).into_response())
}

/// `GetProvisionedConcurrencyConfig` of a version or an alias; an error when nothing is provided for it.
pub(super) fn provisioned(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let named = call.named(account)?;
    let arn = account.place().function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    function.find(named.qualifier.as_deref(), &arn)?;
    let qualifier = named.qualifier.unwrap_or_default();
    let Some(environments) = function.provisioned.get(&qualifier) else {
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "ProvisionedConcurrencyConfigNotFoundException",
            "No Provisioned Concurrency Config found for this function",
        ));
    };
    Ok(Json(json!({
        "RequestedProvisionedConcurrentExecutions": environments,
        "AvailableProvisionedConcurrentExecutions": environments,
        "AllocatedProvisionedConcurrentExecutions": environments,
        "Status": "READY",
    }))
    .into_response())
}
