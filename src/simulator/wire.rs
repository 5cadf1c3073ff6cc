//! The account's front door: what strikes a request, and who answers it.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::account::Account;
use super::errors::ApiError;
use super::faults::Fault;
use super::operation::{AwsService, Operation};
use super::request::WireRequest;
use super::{
    account_api, alias_api, chance, code_api, config_api, invoke_api, logs, mishap, sts,
    version_api,
};

/// The header with the request's id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// The account as an HTTP service.
pub fn router(account: Account) -> Router {
    Router::new().fallback(answer).with_state(account)
}

async fn answer(State(account): State<Account>, request: Request) -> Response {
    let request_id = chance::uuid(&mut account.state().rng);
    let (parts, body) = request.into_parts();
    if carries_real_credential(&parts.headers) {
        account.note_real_credential();
    }
    let account = match signed_region(&parts.headers) {
        Some(region) => account.seen_from(region),
        None => account,
    };
    let service = AwsService::of(&parts.headers);
    let mut response = match WireRequest::read(parts, body, &request_id).await {
        Ok(call) => perform(&account, call).await,
        Err(error) => refused(service, &error, &request_id),
    };
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Answers a call, with the fault that strikes it and the kill point, if it is the one.
async fn perform(account: &Account, mut call: WireRequest) -> Response {
    let operation = call.target.operation;
    account.note_call(operation);
    let fault = account.state().faults.strike(operation);
    if let Some(error) = fault.and_then(|fault| mishap::refusal(fault, operation, account)) {
        return refused(operation.service(), &error, &call.request_id);
    }
    call.fault = fault;
    let outcome = route(account, &call).await;
    let response = match outcome {
        Ok(response) => {
            if operation.mutates() && account.note_mutation() {
                std::future::pending::<()>().await;
            }
            response
        }
        Err(error) => return refused(operation.service(), &error, &call.request_id),
    };
    match fault {
        // A live session has no end to wait for: it spoils its stream itself.
        Some(Fault::Stall | Fault::Cut | Fault::BrokenText)
            if operation == Operation::StartLiveTail =>
        {
            response
        }
        Some(fault) => mishap::spoil(fault, response, account.clock()).await,
        None => response,
    }
}

async fn route(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    match call.target.operation {
        Operation::ListFunctions => config_api::list(account, call),
        Operation::GetFunction => config_api::describe(account, call),
        Operation::GetFunctionConfiguration => config_api::configuration(account, call),
        Operation::UpdateFunctionConfiguration => config_api::update(account, call),
        Operation::UpdateFunctionCode => code_api::update(account, call),
        Operation::DeleteFunction => version_api::delete(account, call),
        Operation::PublishVersion => version_api::publish(account, call),
        Operation::ListVersionsByFunction => version_api::list(account, call),
        Operation::ListAliases => alias_api::list(account, call),
        Operation::CreateAlias => alias_api::create(account, call),
        Operation::GetAlias => alias_api::describe(account, call),
        Operation::UpdateAlias => alias_api::update(account, call),
        Operation::DeleteAlias => alias_api::delete(account, call),
        Operation::GetFunctionConcurrency => account_api::concurrency(account, call),
        Operation::GetProvisionedConcurrencyConfig => account_api::provisioned(account, call),
        Operation::GetAccountSettings => Ok(account_api::settings(account)),
        Operation::Invoke => invoke_api::invoke(account, call).await,
        Operation::InvokeWithResponseStream => invoke_api::stream(account, call).await,
        Operation::GetCallerIdentity => sts::identity(account, call),
        _ => logs::answer(account, call),
    }
}

/// An error in the protocol of its service.
fn refused(service: AwsService, error: &ApiError, request_id: &str) -> Response {
    match service {
        AwsService::Lambda => error.clone().into_response(),
        AwsService::Logs => logs::refusal(error),
        AwsService::Sts => sts::refusal(error, request_id),
    }
}

/// Whether the request is signed with an access key that may be somebody's own.
fn carries_real_credential(headers: &HeaderMap) -> bool {
    credential(headers).is_some_and(|scope| scope.first().is_some_and(|key| looks_real(key)))
}

/// The region that the request is signed for.
fn signed_region(headers: &HeaderMap) -> Option<&str> {
    let scope = credential(headers)?;
    let [_, _, region, _, "aws4_request"] = *scope.as_slice() else {
        return None;
    };
    let shaped = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (!region.is_empty() && region.bytes().all(shaped)).then_some(region)
}

/// The credential of the signature: access key, date, region, service, `aws4_request`.
fn credential(headers: &HeaderMap) -> Option<Vec<&str>> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, scope) = authorization.split_once("Credential=")?;
    let scope = scope.split([',', ' ']).next()?;
    Some(scope.split('/').collect())
}

/// Access keys have 20 characters and a known prefix; the documented examples end in `EXAMPLE`.
fn looks_real(key: &str) -> bool {
    let shaped = key.len() == 20
        && (key.starts_with("AKIA") || key.starts_with("ASIA"))
        && key
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    shaped && !key.ends_with("EXAMPLE") && !key.contains("TEST")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn example_keys_do_not_look_real() {
        assert!(looks_real("AKIA2E0A8F3B7C5D9G1H"));
        for harmless in ["AKIAIOSFODNN7EXAMPLE", "test", "AKIATESTTESTTESTTEST"] {
            assert!(!looks_real(harmless), "{harmless}");
        }
    }

    #[test]
    fn key_and_region_are_read_from_the_signature() {
        let mut headers = HeaderMap::new();
        assert!(!carries_real_credential(&headers));
        assert_eq!(signed_region(&headers), None);
        let signature = "AWS4-HMAC-SHA256 Credential=AKIA2E0A8F3B7C5D9G1H/20261121/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static(signature));
        assert!(carries_real_credential(&headers));
        assert_eq!(signed_region(&headers), Some("us-east-1"));
        let odd = "AWS4-HMAC-SHA256 Credential=k/20261121/\"},{/logs/aws4_request, Signature=0";
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static(odd));
        assert_eq!(signed_region(&headers), None);
    }
}
