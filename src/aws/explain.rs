//! Turns the SDK's errors into iacstone's: by AWS's error code first, then by how the call ended.

use std::error::Error;
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::event_stream::RawMessage;

use super::call::AwsCall;
use super::code::{Family, family};
use super::error::AwsError;
use super::failure::{CallFailure, Cause};
use super::words::{beginning, name, words};
use super::{policy, transport};

/// How many characters of a foreign page are shown.
const OPENING: usize = 60;

/// Why this call failed, in the user's terms.
pub(super) fn explain<E>(call: AwsCall, error: SdkError<E, HttpResponse>) -> AwsError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    if let Some(text) = credentials_trouble(&error) {
        return without_credentials(call, text, error.into());
    }
    match &error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let said = answer.err().message().map(str::to_owned);
            match answer.err().code().map(str::to_owned) {
                Some(code) => answered(call, status, &code, said, error.into()),
                None => nameless(call, status, opening(answer.raw()), error.into()),
            }
        }
        SdkError::TimeoutError(_) => too_late(call, transport::CALL_LIMIT, error),
        SdkError::DispatchFailure(failure) => {
            let known = failure.as_connector_error();
            let timed_out = known.is_some_and(ConnectorError::is_timeout);
            dispatched(call, timed_out, error.into())
        }
        SdkError::ResponseError(_) => AwsError::Unreachable {
            connected: true,
            failure: failure(call, deepest(&error), error.into()),
        },
        _ => {
            let said = deepest(&error);
            AwsError::Refused(failure(call, said, error.into()))
        }
    }
}

/// Why a stream of events ended, in the user's terms. `code` is what the service called it, which the SDK tells by
/// the type of the error alone.
pub(super) fn explain_stream<E>(
    call: AwsCall,
    code: &str,
    error: SdkError<E, RawMessage>,
) -> AwsError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match &error {
        SdkError::ServiceError(answer) => {
            let said = answer.err().message().map(str::to_owned);
            // The stream began with 200; what ends it is the service's fault unless its name says otherwise.
            answered(call, 500, code, said, error.into())
        }
        SdkError::ResponseError(_) => {
            AwsError::Garbled(failure(call, deepest(&error), error.into()))
        }
        _ => AwsError::Unreachable {
            connected: true,
            failure: failure(call, deepest(&error), error.into()),
        },
    }
}

/// Something that AWS's answer does not hold.
pub(super) fn missing(call: AwsCall, said: impl AsRef<str>) -> AwsError {
    AwsError::NotFound(bare(call, said))
}

/// An answer that is not what the operation promises.
pub(super) fn garbled(call: AwsCall, said: impl AsRef<str>) -> AwsError {
    AwsError::Garbled(bare(call, said))
}

/// A call that iacstone itself does not let out.
pub(super) fn refused(call: AwsCall, said: impl AsRef<str>) -> AwsError {
    AwsError::Refused(bare(call, said))
}

/// No answer within the caller's limit.
pub(super) fn too_late(call: AwsCall, after: Duration, cause: impl Into<Cause>) -> AwsError {
    let cause = cause.into();
    AwsError::TimedOut {
        after,
        failure: failure(call, cause.to_string(), cause),
    }
}

/// AWS answered with an error.
fn answered(
    call: AwsCall,
    status: u16,
    code: &str,
    said: Option<String>,
    cause: Cause,
) -> AwsError {
    let said = said.unwrap_or_else(|| deepest(cause.as_ref()));
    let action = missing_action(&said, call.operation);
    let stale_code =
        call.operation == "PublishVersion" && said.to_lowercase().contains("codesha256");
    let failure = failure(call, said, cause);
    match family(code) {
        Family::Expired => AwsError::Expired(failure),
        Family::BadCredentials => AwsError::BadCredentials(failure),
        Family::AccessDenied => AwsError::AccessDenied { action, failure },
        Family::NotFound => AwsError::NotFound(failure),
        Family::Throttled => AwsError::Throttled(failure),
        Family::Conflict => AwsError::Conflict(failure),
        Family::Changed => AwsError::Changed(failure),
        Family::Refused if stale_code => AwsError::Changed(failure),
        Family::Refused => AwsError::Refused(failure),
        Family::LimitExceeded => AwsError::LimitExceeded(failure),
        Family::SessionOver => AwsError::SessionOver(failure),
        Family::Other if status == 429 => AwsError::Throttled(failure),
        Family::Other => AwsError::Service {
            code: name(code),
            status,
            failure,
        },
    }
}

/// An answer without an error code: a proxy's page, a broken success, a bare 503.
fn nameless(call: AwsCall, status: u16, page: Option<String>, cause: Cause) -> AwsError {
    let words = page.unwrap_or_else(|| deepest(cause.as_ref()));
    let failure = failure(call, words, cause);
    match status {
        200..=399 => AwsError::Garbled(failure),
        429 => AwsError::Throttled(failure),
        _ => AwsError::Service {
            code: format!("HTTP {status}"),
            status,
            failure,
        },
    }
}

/// How a page that is no JSON begins, such as a proxy's; JSON may hold what should not be shown.
fn opening(answer: &HttpResponse) -> Option<String> {
    let body = String::from_utf8_lossy(answer.body().bytes()?);
    let text = body.trim_start();
    if text.is_empty() || text.starts_with(['{', '[', '"']) {
        return None;
    }
    Some(format!("it begins with '{}'", beginning(text, OPENING)))
}

/// The action AWS names (`… not authorized to perform: lambda:X on …`), else the operation's own.
fn missing_action(said: &str, operation: &str) -> String {
    let named = said
        .split_once("not authorized to perform: ")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .filter(|action| action.contains(':'));
    name(named.unwrap_or_else(|| policy::action_of(operation)))
}

/// The request did not get an answer.
fn dispatched(call: AwsCall, timed_out: bool, cause: Cause) -> AwsError {
    let opened = !chain(cause.as_ref()).any(never_connected);
    if timed_out && opened {
        return too_late(call, transport::CALL_LIMIT, cause);
    }
    AwsError::Unreachable {
        connected: opened,
        failure: failure(call, deepest(cause.as_ref()), cause),
    }
}

/// Whether this link of the chain says that no connection was opened: nothing was sent then.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let refused = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|io| io.kind() == std::io::ErrorKind::ConnectionRefused);
    let text = error.to_string();
    refused || text.contains("(Connect)") || text.contains("HTTP connect timeout")
}

/// The words of the credential sources, when they are why the call failed.
fn credentials_trouble(error: &(dyn Error + 'static)) -> Option<String> {
    let source = chain(error).find(|link| link.is::<CredentialsError>())?;
    let mut words: Vec<String> = chain(source).skip(1).map(ToString::to_string).collect();
    words.dedup();
    if words.is_empty() {
        return Some("the source gives none".to_owned());
    }
    let words = words.join(": ");
    // The default chain goes on to list, over many lines, why each of its sources had none.
    let told = words.split(" Attempted:").next().unwrap_or(&words);
    Some(told.to_owned())
}

fn without_credentials(call: AwsCall, said: String, cause: Cause) -> AwsError {
    let words = chain(cause.as_ref())
        .map(|link| link.to_string().to_lowercase())
        .collect::<String>();
    let failure = failure(call, said, cause);
    if [
        "expired",
        "unauthorizedexception",
        "session token not found",
    ]
    .iter()
    .any(|sign| words.contains(sign))
    {
        AwsError::Expired(failure)
    } else {
        AwsError::NoCredentials(failure)
    }
}

fn failure(call: AwsCall, said: impl AsRef<str>, cause: Cause) -> CallFailure {
    CallFailure {
        cause: Some(cause),
        ..bare(call, said)
    }
}

/// A failure that nothing underneath explains.
fn bare(call: AwsCall, said: impl AsRef<str>) -> CallFailure {
    let said = said.as_ref().trim_end_matches(['.', ' ', '\n']);
    CallFailure {
        call,
        said: words(said),
        cause: None,
    }
}

/// The text at the end of the chain: the one that names the cause.
fn deepest(error: &(dyn Error + 'static)) -> String {
    chain(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&link| link.source())
}
