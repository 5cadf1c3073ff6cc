//! The JSON 1.1 protocol: which operation answers, and how answers and errors look on the wire.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::errors::{ApiError, ERROR_TYPE};
use super::super::operation::Operation;
use super::super::request::WireRequest;
use super::{
    filter_api, get_api, groups_api, list_api, live_api, put_api, query_api, record_api,
    retention_api, streams_api,
};

/// The content type of every answer but a live tail's.
pub(super) const CONTENT: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");

/// Answers an operation of `CloudWatch` Logs.
pub(in crate::simulator) fn answer(
    account: &Account,
    call: &WireRequest,
) -> Result<Response, ApiError> {
    match call.target.operation {
        Operation::DescribeLogGroups => {
            groups_api::describe(account, call).map(|said| spoken(&said))
        }
        Operation::ListLogGroups => list_api::list(account, call).map(|said| spoken(&said)),
        Operation::CreateLogGroup => groups_api::create(account, call).map(silent),
        Operation::DeleteLogGroup => groups_api::delete(account, call).map(silent),
        Operation::DescribeLogStreams => {
            streams_api::describe(account, call).map(|said| spoken(&said))
        }
        Operation::CreateLogStream => streams_api::create(account, call).map(silent),
        Operation::DeleteLogStream => streams_api::delete(account, call).map(silent),
        Operation::PutRetentionPolicy => retention_api::put(account, call).map(silent),
        Operation::DeleteRetentionPolicy => retention_api::delete(account, call).map(silent),
        Operation::FilterLogEvents => filter_api::filter(account, call).map(|said| spoken(&said)),
        Operation::GetLogEvents => get_api::events(account, call).map(|said| spoken(&said)),
        Operation::PutLogEvents => put_api::put(account, call).map(|said| spoken(&said)),
        Operation::StartLiveTail => live_api::start(account, call),
        Operation::StartQuery => query_api::start(account, call).map(|said| spoken(&said)),
        Operation::GetQueryResults => query_api::results(account, call).map(|said| spoken(&said)),
        Operation::StopQuery => query_api::stop(account, call).map(|said| spoken(&said)),
        Operation::DescribeQueries => query_api::describe(account, call).map(|said| spoken(&said)),
        Operation::GetLogRecord => record_api::record(account, call).map(|said| spoken(&said)),
        other => Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "UnknownOperationException",
            format!("CloudWatch Logs has no operation {}", other.name()),
        )),
    }
}

/// An error as `CloudWatch` Logs words it: every refusal is a 400, and the body says which.
pub(in crate::simulator) fn refusal(error: &ApiError) -> Response {
    let code = match error.code {
        "TooManyRequestsException" => "ThrottlingException",
        "ServiceException" => "ServiceUnavailableException",
        "ValidationException" => "InvalidParameterException",
        other => other,
    };
    let status = if error.status.is_server_error() {
        error.status
    } else {
        StatusCode::BAD_REQUEST
    };
    let mut body = json!({ "__type": code, "message": error.message });
    if let (Some((start, end)), Some(fields)) = (error.place, body.as_object_mut()) {
        let location = json!({ "startCharOffset": start, "endCharOffset": end });
        let compile = json!({ "location": location, "message": error.message });
        fields.insert("queryCompileError".into(), compile);
    }
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, CONTENT);
    headers.insert(ERROR_TYPE, HeaderValue::from_static(code));
    response
}

fn spoken(answer: &Value) -> Response {
    let mut response = Body::from(answer.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, CONTENT);
    response
}

/// The answer of an operation that has nothing to say.
fn silent((): ()) -> Response {
    let mut response = Body::empty().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, CONTENT);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_400_and_carry_the_names_of_this_service() {
        let throttled = refusal(&ApiError::too_many_requests("x"));
        assert_eq!(throttled.status(), 400);
        assert_eq!(throttled.headers()[ERROR_TYPE], "ThrottlingException");
        assert_eq!(throttled.headers()["content-type"], CONTENT);
        let busy = ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "ServiceException", "x");
        assert_eq!(refusal(&busy).status(), 500);
    }
}
