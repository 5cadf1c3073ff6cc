//! What can go wrong between iacstone and AWS, each as something the user can act on.

use std::time::Duration;

use super::call::AwsCall;
use super::failure::{CallFailure, Cause};
use super::remedy;

/// Why a call to AWS failed. The text says what failed, AWS's own words, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// No source gave credentials, or the profile is not usable.
    #[error(
        "{call} failed: no AWS credentials ({0}); {remedy}",
        call = .0.call,
        remedy = remedy::credentials(&.0.call)
    )]
    NoCredentials(#[source] CallFailure),
    /// The credentials, or the sign-on behind them, have run out.
    #[error(
        "{call} failed: the AWS credentials have expired ({0}); {remedy}",
        call = .0.call,
        remedy = remedy::renew(&.0.call)
    )]
    Expired(#[source] CallFailure),
    /// AWS does not know the keys or the signature.
    #[error(
        "{call} failed: AWS does not accept the credentials ({0}); {remedy}",
        call = .0.call,
        remedy = remedy::KEYS
    )]
    BadCredentials(#[source] CallFailure),
    /// The credentials lack a right.
    #[error(
        "{call} was denied: {failure}; {remedy}",
        call = failure.call,
        remedy = remedy::allow(action)
    )]
    AccessDenied {
        /// The IAM action that is missing, such as `lambda:PublishVersion`.
        action: String,
        /// The call and AWS's words.
        #[source]
        failure: CallFailure,
    },
    /// The function, version or alias does not exist.
    #[error("{call} failed: {0}; {remedy}", call = .0.call, remedy = remedy::not_found(&.0.call))]
    NotFound(#[source] CallFailure),
    /// Too many calls or invocations at once.
    #[error("{call} was throttled: {0}; try again in a while", call = .0.call)]
    Throttled(#[source] CallFailure),
    /// The function is busy with an update or a snapshot, or an alias points at the version.
    #[error(
        "{call} was refused: {0}; {remedy}",
        call = .0.call,
        remedy = remedy::conflict(&.0.call)
    )]
    Conflict(#[source] CallFailure),
    /// The function is not the one that was read: someone else changed it.
    #[error(
        "{call} was refused, the function was changed by someone else: {0}; {remedy}",
        call = .0.call,
        remedy = remedy::CHANGED
    )]
    Changed(#[source] CallFailure),
    /// A value, or a limit of the account, stands against it.
    #[error(
        "{call} was refused: {0}; {remedy}",
        call = .0.call,
        remedy = remedy::refused(&.0)
    )]
    Refused(#[source] CallFailure),
    /// A quota of the account is used up.
    #[error(
        "{call} was refused: {0}; wait until others are done, or ask AWS to raise the limit",
        call = .0.call
    )]
    LimitExceeded(#[source] CallFailure),
    /// A live session has lasted as long as it may; another can be opened.
    #[error("{call} is over: {0}; open another session", call = .0.call)]
    SessionOver(#[source] CallFailure),
    /// The connection could not be opened, or broke.
    #[error(
        "{call} failed: {failure}; {remedy}",
        call = failure.call,
        remedy = remedy::unreachable(failure)
    )]
    Unreachable {
        /// Whether there was a connection, so that the call may have had its effect.
        connected: bool,
        /// The call and what the connection says.
        #[source]
        failure: CallFailure,
    },
    /// No answer in time; the call may have had its effect.
    #[error(
        "{call} failed: no answer within {seconds} s; check the network, then try again",
        call = failure.call,
        seconds = after.as_secs_f64()
    )]
    TimedOut {
        /// How long the answer was waited for.
        after: Duration,
        /// The call and what the clock says.
        #[source]
        failure: CallFailure,
    },
    /// An answer came that is not AWS's language.
    #[error(
        "{call} failed, the answer makes no sense: {0}; {remedy}",
        call = .0.call,
        remedy = remedy::garbled(&.0.call)
    )]
    Garbled(#[source] CallFailure),
    /// AWS failed, or said something there are no better words for.
    #[error(
        "{call} failed with {code}: {failure}; {remedy}",
        call = failure.call,
        remedy = remedy::service(code, *status)
    )]
    Service {
        /// AWS's error code, or `HTTP 503` when it gave none.
        code: String,
        /// The HTTP status.
        status: u16,
        /// The call and AWS's words.
        #[source]
        failure: CallFailure,
    },
    /// The function has a memory size no tuning knows (managed instances have up to 32 GB).
    #[error(
        "{call}: it has {megabytes} MB of memory; iacstone tunes 128 to 10240 MB (more have functions on Managed Instances alone, which are billed by the instance): choose another function"
    )]
    Unsupported {
        /// The call that found it.
        call: AwsCall,
        /// The memory size in megabytes.
        megabytes: i32,
    },
    /// The profile the user named is in none of the files.
    #[error("the AWS profile '{profile}' does not exist in {read}; {remedy}")]
    NoProfile {
        /// The profile.
        profile: String,
        /// The files that were read.
        read: String,
        /// The profiles there are.
        remedy: String,
    },
    /// No source names a region.
    #[error("no AWS region is set; {}", remedy::region(profile.as_deref()))]
    NoRegion {
        /// The profile that names none.
        profile: Option<String>,
    },
    /// A setting has a value that cannot be used.
    #[error("{setting} '{value}' is not usable; {remedy}")]
    Setting {
        /// Which setting.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What to do.
        remedy: &'static str,
        /// The cause.
        #[source]
        cause: Option<Cause>,
    },
}

impl AwsError {
    /// Whether the same *read* may well succeed in a moment.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Throttled(_) | Self::Unreachable { .. } | Self::TimedOut { .. } => true,
            Self::Service { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// Whether it says something about the one log group that was asked for, and nothing about others.
    #[must_use]
    pub fn is_about_one_group(&self) -> bool {
        match self {
            Self::NotFound(_) | Self::AccessDenied { .. } => true,
            _ => self.is_about_class(),
        }
    }

    /// Whether the log group is of a class that the call is not for.
    #[must_use]
    pub fn is_about_class(&self) -> bool {
        matches!(self, Self::Refused(failure) if failure.is_about_class())
    }

    /// Whether the call surely had no effect *and* may succeed in a moment: it was throttled, or no
    /// connection was opened. Such a call can be repeated even when it changes something.
    #[must_use]
    pub fn was_not_applied(&self) -> bool {
        match self {
            Self::Throttled(_) => true,
            Self::Unreachable { connected, .. } => !connected,
            _ => false,
        }
    }

    /// Whether nobody can say if the call had its effect: it may have reached AWS, whose answer did not arrive whole.
    #[must_use]
    pub const fn is_unclear(&self) -> bool {
        match self {
            Self::Unreachable { connected, .. } => *connected,
            Self::TimedOut { .. } | Self::Garbled(_) | Self::Service { .. } => true,
            _ => false,
        }
    }

    /// Whether the call may reach AWS, or have its effect there, later than now: it was sent, and nothing answered.
    #[must_use]
    pub const fn may_still_arrive(&self) -> bool {
        matches!(
            self,
            Self::TimedOut { .. }
                | Self::Unreachable {
                    connected: true,
                    ..
                }
        )
    }

    /// A setting that cannot be used.
    pub(super) fn setting(
        setting: &'static str,
        value: &str,
        remedy: &'static str,
        cause: Option<Cause>,
    ) -> Self {
        Self::Setting {
            setting,
            value: value.to_owned(),
            remedy,
            cause,
        }
    }
}
