//! What a fault does to a call: the refusal before it is applied, or the spoilt answer after.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::response::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::stream::{self, Stream, StreamExt as _};
use jiff::{Timestamp, ToSpan as _};

use super::account::Account;
use super::broken;
use super::clock::AccountClock;
use super::errors::ApiError;
use super::faults::Fault;
use super::operation::Operation;

/// The error of a fault that keeps the call from being applied.
pub(super) fn refusal(fault: Fault, operation: Operation, account: &Account) -> Option<ApiError> {
    let forbidden = |code, message: String| ApiError::new(StatusCode::FORBIDDEN, code, message);
    Some(match fault {
        Fault::Throttle => ApiError {
            message: "Rate exceeded".to_owned(),
            ..ApiError::too_many_requests("CallerRateLimitExceeded")
        },
        Fault::ServerError => ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "ServiceException",
            "An error occurred and the request cannot be processed.",
        ),
        Fault::ExpiredToken => forbidden(
            "ExpiredTokenException",
            "The security token included in the request is expired".to_owned(),
        ),
        Fault::AccessDenied => forbidden("AccessDeniedException", denial(operation, account)),
        Fault::ClockSkew => forbidden("InvalidSignatureException", skew()),
        Fault::LimitExceeded => ApiError::new(
            StatusCode::BAD_REQUEST,
            "LimitExceededException",
            "Resource limit exceeded.",
        ),
        _ => return None,
    })
}

fn denial(operation: Operation, account: &Account) -> String {
    let (user, action) = (account.place().user(), operation.action());
    format!(
        "User: {user} is not authorized to perform: {action} because no identity-based policy allows the {action} action"
    )
}

fn skew() -> String {
    let now = Timestamp::now();
    let stamp = |time: Timestamp| time.strftime("%Y%m%dT%H%M%SZ").to_string();
    let minutes = |count: i64| stamp(now.checked_sub(count.minutes()).unwrap_or(now));
    format!(
        "Signature expired: {} is now earlier than {} ({} - 5 min.)",
        minutes(20),
        minutes(5),
        stamp(now)
    )
}

/// Spoils the answer of a call that was applied.
pub(super) async fn spoil(fault: Fault, response: Response, clock: AccountClock) -> Response {
    match fault {
        Fault::Slow(milliseconds) => {
            clock.pass(f64::from(milliseconds)).await;
            response
        }
        Fault::Stall => torn(response, stream::pending()).await,
        Fault::Cut => torn(response, stream::once(breakage())).await,
        Fault::BrokenText => {
            let (mut parts, bytes) = whole(response).await;
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, broken::texts(&bytes).into())
        }
        Fault::Garbage => {
            let kind = [(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            )];
            (kind, "{\"FunctionName\": <html>").into_response()
        }
        _ => response,
    }
}

/// Breaks the connection, after the server had the chance to send what came before.
pub(super) async fn breakage() -> io::Result<Bytes> {
    tokio::task::yield_now().await;
    Err(io::Error::new(
        io::ErrorKind::ConnectionReset,
        "the connection broke in the middle of the answer",
    ))
}

/// The answer with its whole body.
async fn whole(response: Response) -> (Parts, Bytes) {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await;
    (parts, bytes.unwrap_or_default())
}

/// The first half of the answer, followed by `rest`.
async fn torn(
    response: Response,
    rest: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
) -> Response {
    let (mut parts, mut bytes) = whole(response).await;
    bytes.truncate(bytes.len() / 2);
    if parts.status == StatusCode::NO_CONTENT {
        // An answer without a body cannot break in the middle of one.
        parts.status = StatusCode::OK;
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = Body::from_stream(stream::iter([Ok(bytes)]).chain(rest));
    Response::from_parts(parts, body)
}
