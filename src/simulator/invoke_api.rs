//! Running functions: Invoke and `InvokeWithResponseStream`.

use aws_smithy_eventstream::frame::write_message_to;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::account::Account;
use super::arn::NamedFunction;
use super::errors::ApiError;
use super::faults::Fault;
use super::frame::{self, event};
use super::invocation::{Admission, InvocationResult};
use super::request::WireRequest;
use crate::lambda::{FunctionHosting, Tenancy};

/// The largest payload of an invocation that is waited for, in bytes.
const LARGEST_PAYLOAD: usize = 6_291_456;
/// The largest payload of an asynchronous invocation, in bytes.
const LARGEST_EVENT: usize = 1_048_576;
/// How much of the log an answer carries, in bytes.
const LOG_TAIL: usize = 4096;
/// How much of an answer one event of a response stream carries, in bytes.
const CHUNK: usize = 1024;

const FUNCTION_ERROR: HeaderName = HeaderName::from_static("x-amz-function-error");
const EXECUTED_VERSION: HeaderName = HeaderName::from_static("x-amz-executed-version");
const LOG_RESULT: HeaderName = HeaderName::from_static("x-amz-log-result");
const DURABLE_EXECUTION: HeaderName = HeaderName::from_static("x-amz-durable-execution-arn");
const TENANT: &str = "x-amz-tenant-id";

/// How the caller wants the function to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InvocationType {
    RequestResponse,
    Event,
    DryRun,
}

/// Invoke.
pub(super) async fn invoke(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let mode = mode(call)?;
    check_payload(&call.body, mode)?;
    let named = call.named(account)?;
    if mode == InvocationType::DryRun {
        let arn = account.place().function(&named.name);
        let mut state = account.state();
        let function = state.function(&named.name, &arn)?;
        function.find(named.qualifier.as_deref(), &arn)?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let hosting = hosting(account, &named)?;
    check_kind(&hosting, &named, call)?;
    let admission = Admission::take(account, &named, &call.request_id)?;
    // A task of its own: the function runs on when the caller hangs up.
    let running = tokio::spawn(admission.run(account.clone(), call.body.clone()));
    if mode == InvocationType::Event {
        return Ok(StatusCode::ACCEPTED.into_response());
    }
    let mut outcome = running.await.map_err(|cause| interrupted(&cause))?;
    if call.fault == Some(Fault::NoReport) {
        let own = outcome.log.lines().filter(|line| !is_report(line));
        outcome.log = own.flat_map(|line| [line, "\n"]).collect();
    }
    let mut response = answer(&outcome, wants_log(call));
    if hosting.durable.is_some() {
        let version = outcome.version.to_string();
        let arn = account.place().qualified(&named.name, Some(&version));
        let execution = durable_header(&arn, &call.request_id);
        response.headers_mut().extend(execution);
    }
    Ok(response)
}

/// The execution that an invocation of this version began.
fn durable_header(arn: &str, request_id: &str) -> Option<(HeaderName, HeaderValue)> {
    let execution = format!("{arn}/durable-execution/{request_id}/{request_id}");
    let execution = HeaderValue::from_str(&execution).ok()?;
    Some((DURABLE_EXECUTION, execution))
}

/// `InvokeWithResponseStream`.
pub(super) async fn stream(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    check_payload(&call.body, InvocationType::RequestResponse)?;
    let named = call.named(account)?;
    check_kind(&hosting(account, &named)?, &named, call)?;
    let admission = Admission::take(account, &named, &call.request_id)?;
    let running = tokio::spawn(admission.run(account.clone(), call.body.clone()));
    let outcome = running.await.map_err(|cause| interrupted(&cause))?;
    let frames = frames(&outcome, wants_log(call)).map_err(|cause| interrupted(&cause))?;
    let mut response = Body::from(frames).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, frame::CONTENT);
    headers.extend(version_header(&outcome));
    Ok(response)
}

fn mode(call: &WireRequest) -> Result<InvocationType, ApiError> {
    match call.header("x-amz-invocation-type") {
        None | Some("RequestResponse") => Ok(InvocationType::RequestResponse),
        Some("Event") => Ok(InvocationType::Event),
        Some("DryRun") => Ok(InvocationType::DryRun),
        Some(other) => Err(ApiError::constraint(
            other,
            "invocationType",
            "satisfy enum value set: [Event, RequestResponse, DryRun]",
        )),
    }
}

fn wants_log(call: &WireRequest) -> bool {
    call.header("x-amz-log-type") == Some("Tail")
}

/// How the service runs the function that a call names.
fn hosting(account: &Account, named: &NamedFunction) -> Result<FunctionHosting, ApiError> {
    let arn = account.place().function(&named.name);
    let mut state = account.state();
    let function = state.function(&named.name, &arn)?;
    Ok(function.versions.latest().settings.hosting.clone())
}

/// Refuses an invocation that the kind of the function does not take.
fn check_kind(
    hosting: &FunctionHosting,
    named: &NamedFunction,
    call: &WireRequest,
) -> Result<(), ApiError> {
    let has_tenant = call.header(TENANT).is_some_and(|tenant| !tenant.is_empty());
    match hosting.tenancy {
        Tenancy::PerTenant if !has_tenant => Err(ApiError::invalid(
            "Add a valid tenant ID in your request for a function with tenant isolation mode enabled.",
        )),
        _ if hosting.durable.is_some() && named.qualifier.is_none() => Err(ApiError::invalid(
            "You cannot invoke a durable function using an unqualified ARN.",
        )),
        _ => Ok(()),
    }
}

/// Payloads are JSON, or nothing at all.
fn check_payload(payload: &Bytes, mode: InvocationType) -> Result<(), ApiError> {
    let limit = if mode == InvocationType::Event {
        LARGEST_EVENT
    } else {
        LARGEST_PAYLOAD
    };
    if payload.len() > limit {
        let size = payload.len();
        return Err(ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestTooLargeException",
            format!(
                "{size} byte payload is too large for the invocation type (limit {limit} bytes)"
            ),
        ));
    }
    if payload.is_empty() {
        return Ok(());
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(payload)
        .map(|_| ())
        .map_err(|cause| ApiError::unreadable_body("InvalidRequestContentException", &cause))
}

fn interrupted(cause: &impl std::fmt::Display) -> ApiError {
    let message = format!("The invocation was interrupted: {cause}");
    ApiError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "ServiceException",
        message,
    )
}

fn answer(outcome: &InvocationResult, with_log: bool) -> Response {
    let mut response = Body::from(outcome.payload.clone()).into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    headers.extend(version_header(outcome));
    if outcome.failed {
        headers.insert(FUNCTION_ERROR, HeaderValue::from_static("Unhandled"));
    }
    let log = with_log.then(|| HeaderValue::from_str(&tail(&outcome.log)).ok());
    headers.extend(log.flatten().map(|log| (LOG_RESULT, log)));
    response
}

fn version_header(outcome: &InvocationResult) -> Option<(HeaderName, HeaderValue)> {
    let version = HeaderValue::from_str(&outcome.version.to_string()).ok()?;
    Some((EXECUTED_VERSION, version))
}

fn is_report(line: &str) -> bool {
    line.starts_with("REPORT ") || line.contains(r#""platform.report""#)
}

/// The base64 of the log's last 4 KB, wherever in a line that begins.
fn tail(log: &str) -> String {
    let bytes = log.as_bytes();
    let from = bytes.len().saturating_sub(LOG_TAIL);
    STANDARD.encode(bytes.get(from..).unwrap_or_default())
}

/// The events of a response stream: the answer in chunks, then its completion.
fn frames(
    outcome: &InvocationResult,
    with_log: bool,
) -> Result<Vec<u8>, aws_smithy_eventstream::error::Error> {
    let mut frames = Vec::new();
    let mut completion = json!({});
    if let Some(fields) = completion.as_object_mut() {
        if outcome.failed {
            let details = String::from_utf8_lossy(&outcome.payload);
            fields.insert("ErrorCode".into(), json!("Unhandled"));
            fields.insert("ErrorDetails".into(), json!(details));
        }
        if with_log {
            fields.insert("LogResult".into(), json!(tail(&outcome.log)));
        }
    }
    let answer: &[u8] = if outcome.failed {
        b""
    } else {
        &outcome.payload
    };
    for chunk in answer.chunks(CHUNK) {
        let kind = "application/octet-stream";
        let message = event("PayloadChunk", kind, Bytes::copy_from_slice(chunk));
        write_message_to(&message, &mut frames)?;
    }
    let body = completion.to_string().into();
    let message = event("InvokeComplete", "application/json", body);
    write_message_to(&message, &mut frames)?;
    Ok(frames)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_last_four_kilobytes() {
        let log = "x".repeat(LOG_TAIL) + "end\n";
        let decoded = STANDARD.decode(tail(&log)).unwrap();
        assert_eq!(decoded.len(), LOG_TAIL);
        assert!(decoded.ends_with(b"xend\n"));
        assert_eq!(STANDARD.decode(tail("short")).unwrap(), b"short");
    }

    #[test]
    fn payloads_are_json_within_the_limit_of_the_mode() {
        let check =
            |payload: &'static [u8], mode| check_payload(&Bytes::from_static(payload), mode);
        assert!(check(b"", InvocationType::Event).is_ok());
        assert!(check(b"[1, \"a\"]", InvocationType::RequestResponse).is_ok());
        let garbled = check(b"{", InvocationType::RequestResponse).unwrap_err();
        assert_eq!(garbled.code, "InvalidRequestContentException");
        let large = Bytes::from(vec![b' '; LARGEST_EVENT + 1]);
        assert_eq!(
            check_payload(&large, InvocationType::Event)
                .unwrap_err()
                .status,
            413
        );
    }
}
