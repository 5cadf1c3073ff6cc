//! The errors AWS answers with: status, code and body as on the wire.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The header that carries the name of the error.
pub(super) const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// One error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApiError {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// The exception's name.
    pub(super) code: &'static str,
    /// AWS's words.
    pub(super) message: String,
    /// The `Reason` of a throttled call.
    pub(super) reason: Option<&'static str>,
    /// Where a query is malformed: its first character, and the one behind its last.
    pub(super) place: Option<(usize, usize)>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            reason: None,
            place: None,
        }
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFoundException", message)
    }

    pub(super) fn function_not_found(arn: &str) -> Self {
        Self::not_found(format!("Function not found: {arn}"))
    }

    pub(super) fn alias_not_found(arn: &str, alias: &str) -> Self {
        Self::not_found(format!("Cannot find alias arn: {arn}:{alias}"))
    }

    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "ResourceConflictException", message)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        let code = "InvalidParameterValueException";
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// A value outside what the API's model allows.
    pub(super) fn constraint(value: &str, field: &str, constraint: &str) -> Self {
        let message = format!(
            "1 validation error detected: Value '{value}' at '{field}' failed to satisfy constraint: Member must {constraint}"
        );
        Self::new(StatusCode::BAD_REQUEST, "ValidationException", message)
    }

    pub(super) fn revision_mismatch() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
        )
    }

    pub(super) fn snapshot_not_ready() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "SnapStartNotReadyException",
            "Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.",
        )
    }

    pub(super) fn too_many_requests(reason: &'static str) -> Self {
        let code = "TooManyRequestsException";
        Self {
            reason: Some(reason),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, code, "Rate Exceeded.")
        }
    }

    pub(super) fn unreadable_body(code: &'static str, cause: &impl std::fmt::Display) -> Self {
        let message = format!("Could not parse request body into json: {cause}");
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// The body in AWS's spelling: some exceptions say `Message`, others `message`.
    fn body(&self) -> serde_json::Value {
        let kind = if self.status.is_server_error() {
            "Service"
        } else {
            "User"
        };
        let upper = matches!(
            self.code,
            "ResourceNotFoundException" | "ServiceException" | "SnapStartNotReadyException"
        );
        let key = if upper { "Message" } else { "message" };
        self.reason.map_or_else(
            || json!({ "Type": kind, key: self.message }),
            |reason| json!({ "Reason": reason, "Type": kind, key: self.message }),
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(ERROR_TYPE, HeaderValue::from_static(self.code));
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttled_call_names_its_reason_and_when_to_retry() {
        let error = ApiError::too_many_requests("ConcurrentInvocationLimitExceeded");
        assert_eq!(
            error.body().to_string(),
            r#"{"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#
        );
        let response = error.into_response();
        assert_eq!(response.status(), 429);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "TooManyRequestsException"
        );
        assert_eq!(response.headers()["retry-after"], "1");
    }

    #[test]
    fn each_exception_spells_its_message_as_the_service_model_does() {
        assert!(ApiError::not_found("x").body().get("Message").is_some());
        assert!(ApiError::conflict("x").body().get("message").is_some());
    }
}
