//! Why there is no session, and whether that passes.

use crate::aws::AwsError;

/// Whether another attempt may well succeed in a moment.
pub(super) fn passes(error: &AwsError) -> bool {
    match error {
        AwsError::Unreachable { connected, .. } => *connected,
        // Its cure is the user's; the attempt is repeated when the credentials are new.
        AwsError::Expired(_) | AwsError::NoCredentials(_) | AwsError::BadCredentials(_) => true,
        error => error.is_transient(),
    }
}

/// Why there is no session, in a few words.
pub(in crate::tail) fn reason(error: &AwsError) -> String {
    match error {
        AwsError::LimitExceeded(_) => "too many live sessions are open in the account".to_owned(),
        AwsError::AccessDenied { action, .. } => format!("'{action}' is not allowed"),
        AwsError::Unreachable {
            connected: false, ..
        } => "the host of live sessions cannot be reached".to_owned(),
        AwsError::Unreachable { .. } => "the connection broke".to_owned(),
        AwsError::SessionOver(_) => "the session was over".to_owned(),
        AwsError::Throttled(_) => "too many calls in the account".to_owned(),
        AwsError::TimedOut { .. } => "no answer".to_owned(),
        AwsError::Expired(_) | AwsError::NoCredentials(_) | AwsError::BadCredentials(_) => {
            "the credentials are not valid".to_owned()
        }
        AwsError::NotFound(_) => "a log group is not there".to_owned(),
        AwsError::Refused(failure) if failure.is_about_class() => {
            "only Logs Insights reads its log class".to_owned()
        }
        AwsError::Refused(failure) | AwsError::Garbled(failure) => failure.said.clone(),
        AwsError::Service { code, .. } => format!("the service failed with {code}"),
        other => other.to_string(),
    }
}
