//! AWS's error codes, sorted by what the user can do about them.

/// What an error code is about.
pub(super) enum Family {
    /// The credentials ran out.
    Expired,
    /// The keys or the signature are unknown.
    BadCredentials,
    /// A right is missing.
    AccessDenied,
    /// It does not exist.
    NotFound,
    /// Too much at once.
    Throttled,
    /// It is busy.
    Conflict,
    /// It is not what was expected.
    Changed,
    /// The request can never succeed as it is.
    Refused,
    /// A quota of the account is used up.
    LimitExceeded,
    /// A live session has lasted as long as it may.
    SessionOver,
    /// Anything else.
    Other,
}

/// The words of all services for "too much at once".
const THROTTLES: [&str; 9] = [
    "TooManyRequestsException",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "SlowDown",
    "EC2ThrottledException",
];

/// What this code is about; [`Family::Other`] when it has no better words.
pub(super) fn family(code: &str) -> Family {
    match code {
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "TokenRefreshRequired" => {
            Family::Expired
        }
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Family::BadCredentials,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "OptInRequired" => {
            Family::AccessDenied
        }
        "ResourceNotFoundException" => Family::NotFound,
        _ if THROTTLES.contains(&code) => Family::Throttled,
        "ResourceConflictException"
        | "ResourceInUseException"
        | "ResourceNotReadyException"
        | "SnapStartNotReadyException" => Family::Conflict,
        "PreconditionFailedException" => Family::Changed,
        "InvalidParameterValueException"
        | "InvalidRequestContentException"
        | "ValidationException"
        | "ValidationError"
        | "RequestTooLargeException"
        | "RequestEntityTooLargeException"
        | "UnsupportedMediaTypeException"
        | "InvalidParameterException"
        | "InvalidOperationException"
        | "MalformedQueryException"
        | "CodeStorageExceededException" => Family::Refused,
        "LimitExceededException" | "ServiceQuotaExceededException" => Family::LimitExceeded,
        "SessionTimeoutException" => Family::SessionOver,
        _ => Family::Other,
    }
}
