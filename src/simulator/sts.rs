//! Who the caller is: STS `GetCallerIdentity` in the query protocol, with XML answers.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;

use super::account::Account;
use super::errors::{ApiError, ERROR_TYPE};
use super::request::WireRequest;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
const XML: &str = "text/xml";

/// `GetCallerIdentity`; the only action of STS there is.
pub(super) fn identity(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let form = String::from_utf8_lossy(&call.body);
    let posted = form
        .split('&')
        .find_map(|pair| pair.strip_prefix("Action="));
    let posted = posted.map(|action| percent_decode_str(action).decode_utf8_lossy());
    let action = call.query.get("Action").map(String::as_str);
    let action = action.or(posted.as_deref()).unwrap_or_default();
    if action != "GetCallerIdentity" {
        return Err(ApiError::new(
            axum::http::StatusCode::BAD_REQUEST,
            "InvalidAction",
            format!("Could not find operation {action} for version 2011-06-15"),
        ));
    }
    let (arn, id) = (account.place().user(), &call.request_id);
    let number = &account.place().account;
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\"><GetCallerIdentityResult>\
         <Arn>{arn}</Arn><UserId>AIDAIACSTONEDEMOUSER</UserId><Account>{number}</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
    Ok(([(header::CONTENT_TYPE, XML)], body).into_response())
}

/// An error as STS shows it; its codes lack the word `Exception` where Lambda's have it.
pub(super) fn refusal(error: &ApiError, request_id: &str) -> Response {
    let code = match error.code {
        "ExpiredTokenException" => "ExpiredToken",
        "AccessDeniedException" => "AccessDenied",
        "TooManyRequestsException" => "Throttling",
        "ServiceException" => "InternalFailure",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        other => other,
    };
    let side = if error.status.is_server_error() {
        "Receiver"
    } else {
        "Sender"
    };
    let message = escape(&error.message);
    let body = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{side}</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    );
    let headers = [(header::CONTENT_TYPE, XML), (ERROR_TYPE, code)];
    (error.status, headers, body).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
