//! One call to AWS as it is on the wire, before any client or server has made something of it.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use percent_encoding::percent_decode_str;

/// What is asked for, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Update,
    Publish,
    Delete,
    Invoke,
    Alias,
    Versions,
    Configuration,
    Other,
}

impl Operation {
    /// Those that ambushes wait for; the ones that change something more than once.
    pub(crate) const AMBUSHED: [Self; 12] = [
        Self::Update,
        Self::Update,
        Self::Update,
        Self::Publish,
        Self::Publish,
        Self::Publish,
        Self::Delete,
        Self::Invoke,
        Self::Invoke,
        Self::Alias,
        Self::Versions,
        Self::Configuration,
    ];
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) operation: Operation,
    /// The version or alias it names; empty for none.
    pub(crate) qualifier: String,
    /// What it sends.
    pub(crate) body: String,
}

impl Call {
    /// Reads it from the request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let url = request.uri();
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let qualifier = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("Qualifier="))
            .unwrap_or_default();
        let operation = match (
            request.method(),
            path.rsplit('/').next().unwrap_or_default(),
        ) {
            _ if !path.contains("/functions/") => Operation::Other,
            ("PUT", "configuration") => Operation::Update,
            ("POST", "versions") => Operation::Publish,
            ("POST", "invocations") => Operation::Invoke,
            ("GET", "versions") => Operation::Versions,
            ("GET", "configuration") => Operation::Configuration,
            ("PUT" | "POST", _) if path.contains("/aliases") => Operation::Alias,
            ("DELETE", _) => Operation::Delete,
            _ => Operation::Other,
        };
        let body = request.body().bytes().unwrap_or_default();
        Self {
            operation,
            qualifier: percent_decode_str(qualifier)
                .decode_utf8_lossy()
                .into_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }
}

impl std::fmt::Display for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            operation,
            qualifier,
            body,
        } = self;
        write!(f, "{operation:?} {qualifier} {body}")
    }
}
