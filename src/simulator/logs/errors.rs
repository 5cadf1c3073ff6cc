//! The errors of `CloudWatch` Logs, in its own words.

use axum::http::StatusCode;

use super::super::errors::ApiError;
use super::super::operation::Operation;
use super::group::Class;

/// A value the service does not take.
pub(super) fn invalid(message: impl Into<String>) -> ApiError {
    let code = "InvalidParameterException";
    ApiError::new(StatusCode::BAD_REQUEST, code, message)
}

/// A value outside what the service model allows.
pub(super) fn constraint(value: &str, field: &str, must: &str) -> ApiError {
    let error = ApiError::constraint(value, field, must);
    invalid(error.message)
}

/// An operation that groups of this class do not have.
pub(super) fn not_of_class(group: &str, class: Class, operation: Operation) -> ApiError {
    let (class, operation) = (class.name(), operation.name());
    let message = format!(
        "The log group {group} is of log-group-class {class}. {operation} is not supported for this log class."
    );
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "InvalidOperationException",
        message,
    )
}

pub(super) fn no_group() -> ApiError {
    missing("The specified log group does not exist.")
}

pub(super) fn no_stream() -> ApiError {
    missing("The specified log stream does not exist.")
}

pub(super) fn missing(message: &str) -> ApiError {
    let code = "ResourceNotFoundException";
    ApiError::new(StatusCode::BAD_REQUEST, code, message)
}

pub(super) fn exists(message: &str) -> ApiError {
    let code = "ResourceAlreadyExistsException";
    ApiError::new(StatusCode::BAD_REQUEST, code, message)
}

pub(super) fn limit_exceeded(message: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "LimitExceededException", message)
}
