//! The operations the account knows: their names, and what requests each one answers to.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName, Method};
use percent_encoding::percent_decode_str;

/// The header that names an operation of `CloudWatch` Logs.
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
/// What stands before the operation in it.
const LOGS_PREFIX: &str = "Logs_20140328.";

/// The services, each with a protocol of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AwsService {
    /// REST JSON.
    Lambda,
    /// JSON 1.1.
    Logs,
    /// The query protocol.
    Sts,
}

impl AwsService {
    /// The service whose protocol a request speaks, as far as its headers tell.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        if headers.contains_key(TARGET) {
            Self::Logs
        } else {
            Self::Lambda
        }
    }
}

/// Makes the operations out of one table: their services, and the names AWS uses.
macro_rules! operations {
    ($($service:ident { $($name:ident),+ $(,)? })+) => {
        /// An operation of one of the services.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Operation { $($($name),+),+ }

        impl Operation {
            /// Every operation, in the order errors list them.
            pub(super) const ALL: &[Self] = &[$($(Self::$name),+),+];

            /// The name AWS uses.
            pub(super) const fn name(self) -> &'static str {
                match self { $($(Self::$name => stringify!($name)),+),+ }
            }

            /// The service it belongs to.
            pub(super) const fn service(self) -> AwsService {
                match self { $($(Self::$name)|+ => AwsService::$service),+ }
            }
        }
    };
}

operations! {
    Lambda {
        ListFunctions,
        GetFunction,
        GetFunctionConfiguration,
        UpdateFunctionConfiguration,
        UpdateFunctionCode,
        DeleteFunction,
        PublishVersion,
        ListVersionsByFunction,
        ListAliases,
        CreateAlias,
        GetAlias,
        UpdateAlias,
        DeleteAlias,
        GetFunctionConcurrency,
        GetProvisionedConcurrencyConfig,
        GetAccountSettings,
        Invoke,
        InvokeWithResponseStream,
    }
    Logs {
        DescribeLogGroups,
        ListLogGroups,
        DescribeLogStreams,
        FilterLogEvents,
        GetLogEvents,
        PutLogEvents,
        CreateLogGroup,
        CreateLogStream,
        DeleteLogGroup,
        DeleteLogStream,
        PutRetentionPolicy,
        DeleteRetentionPolicy,
        StartLiveTail,
        StartQuery,
        GetQueryResults,
        StopQuery,
        DescribeQueries,
        GetLogRecord,
    }
    Sts { GetCallerIdentity }
}

/// A request's operation with what its path says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OperationTarget {
    pub(super) operation: Operation,
    /// The function as the caller named it; empty where the operation takes none.
    pub(super) function: String,
    /// The alias in the path; empty where the operation takes none.
    pub(super) alias: String,
}

impl Operation {
    /// The operation of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == name)
    }

    /// The IAM action that allows it.
    pub(super) fn action(self) -> String {
        let service = match self.service() {
            AwsService::Lambda => "lambda",
            AwsService::Logs => "logs",
            AwsService::Sts => "sts",
        };
        let name = match self {
            Self::Invoke | Self::InvokeWithResponseStream => "InvokeFunction",
            _ => self.name(),
        };
        format!("{service}:{name}")
    }

    /// Whether it runs a function.
    pub(super) const fn invokes(self) -> bool {
        matches!(self, Self::Invoke | Self::InvokeWithResponseStream)
    }

    /// Whether it belongs to the control plane of Lambda.
    pub(super) const fn controls(self) -> bool {
        matches!(self.service(), AwsService::Lambda) && !self.invokes()
    }

    /// Whether it changes the account's functions, versions or aliases.
    pub(super) const fn mutates(self) -> bool {
        matches!(
            self,
            Self::UpdateFunctionConfiguration
                | Self::UpdateFunctionCode
                | Self::DeleteFunction
                | Self::PublishVersion
                | Self::CreateAlias
                | Self::UpdateAlias
                | Self::DeleteAlias
        )
    }
}

impl OperationTarget {
    /// What a request asks for that is no operation of the account, in words.
    pub(super) fn unknown(method: &Method, path: &str, headers: &HeaderMap) -> String {
        let asked = headers.get(TARGET).and_then(|target| target.to_str().ok());
        match asked.map(|target| (target, target.strip_prefix(LOGS_PREFIX))) {
            Some((_, Some(name))) => {
                format!("CloudWatch Logs of the simulated account has no operation {name}.")
            }
            Some((target, None)) => {
                format!(
                    "The simulated account has no operation {target}: it knows CloudWatch Logs, Lambda and STS."
                )
            }
            None => format!("The simulated account has no operation for {method} {path}"),
        }
    }

    /// The operation that the headers name, or that this method and (still percent-encoded) path stand for.
    pub(super) fn of(method: &Method, path: &str, headers: &HeaderMap) -> Option<Self> {
        if let Some(target) = headers.get(TARGET) {
            let name = target.to_str().ok()?.strip_prefix(LOGS_PREFIX)?;
            let operation = Operation::named(name).filter(|o| o.service() == AwsService::Logs)?;
            return Some(Self {
                operation,
                function: String::new(),
                alias: String::new(),
            });
        }
        let parts: Vec<Cow<'_, str>> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent_decode_str(part).decode_utf8_lossy())
            .collect();
        let parts: Vec<&str> = parts.iter().map(Cow::as_ref).collect();
        let (operation, function, alias) = match (method.as_str(), parts.as_slice()) {
            ("GET" | "POST", []) => (Operation::GetCallerIdentity, "", ""),
            ("GET", ["2016-08-19", "account-settings"]) => (Operation::GetAccountSettings, "", ""),
            ("GET", ["2019-09-30", "functions", name, limit]) => (limits(limit)?, *name, ""),
            (
                "POST",
                [
                    "2021-11-15",
                    "functions",
                    name,
                    "response-streaming-invocations",
                ],
            ) => (Operation::InvokeWithResponseStream, *name, ""),
            (method, ["2015-03-31", "functions", rest @ ..]) => in_functions(method, rest)?,
            _ => return None,
        };
        Some(Self {
            operation,
            function: function.to_owned(),
            alias: alias.to_owned(),
        })
    }
}

/// The operation that asks for a limit of a function.
fn limits(word: &str) -> Option<Operation> {
    match word {
        "concurrency" => Some(Operation::GetFunctionConcurrency),
        "provisioned-concurrency" => Some(Operation::GetProvisionedConcurrencyConfig),
        _ => None,
    }
}

/// What follows `/2015-03-31/functions`.
fn in_functions<'a>(method: &str, rest: &[&'a str]) -> Option<(Operation, &'a str, &'a str)> {
    Some(match (method, rest) {
        ("GET", []) => (Operation::ListFunctions, "", ""),
        ("GET", [name]) => (Operation::GetFunction, *name, ""),
        ("DELETE", [name]) => (Operation::DeleteFunction, *name, ""),
        ("GET", [name, "configuration"]) => (Operation::GetFunctionConfiguration, *name, ""),
        ("PUT", [name, "configuration"]) => (Operation::UpdateFunctionConfiguration, *name, ""),
        ("PUT", [name, "code"]) => (Operation::UpdateFunctionCode, *name, ""),
        ("POST", [name, "versions"]) => (Operation::PublishVersion, *name, ""),
        ("GET", [name, "versions"]) => (Operation::ListVersionsByFunction, *name, ""),
        ("POST", [name, "invocations"]) => (Operation::Invoke, *name, ""),
        ("GET", [name, "aliases"]) => (Operation::ListAliases, *name, ""),
        ("POST", [name, "aliases"]) => (Operation::CreateAlias, *name, ""),
        ("GET", [name, "aliases", alias]) => (Operation::GetAlias, *name, *alias),
        ("PUT", [name, "aliases", alias]) => (Operation::UpdateAlias, *name, *alias),
        ("DELETE", [name, "aliases", alias]) => (Operation::DeleteAlias, *name, *alias),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn paths_are_decoded_and_may_end_in_a_slash() {
        let none = HeaderMap::new();
        let list = OperationTarget::of(&Method::GET, "/2015-03-31/functions/", &none).unwrap();
        assert_eq!(list.operation, Operation::ListFunctions);
        let arn =
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/aliases/prod";
        let alias = OperationTarget::of(&Method::PUT, arn, &none).unwrap();
        assert_eq!(alias.operation, Operation::UpdateAlias);
        assert_eq!(alias.function, "arn:aws:lambda:eu-west-1:1:function:f");
        assert_eq!(alias.alias, "prod");
        let patch = OperationTarget::of(&Method::PATCH, "/2015-03-31/functions/f", &none);
        assert_eq!(patch, None);
    }

    #[test]
    fn every_operation_is_found_by_its_name() {
        for operation in Operation::ALL {
            assert_eq!(Operation::named(operation.name()), Some(*operation));
        }
    }

    #[test]
    fn the_header_names_operations_of_logs_only() {
        let of = |target| {
            let headers = HeaderMap::from_iter([(TARGET, HeaderValue::from_static(target))]);
            OperationTarget::of(&Method::POST, "/", &headers).map(|target| target.operation)
        };
        let filter = Some(Operation::FilterLogEvents);
        assert_eq!(of("Logs_20140328.FilterLogEvents"), filter);
        assert_eq!(of("Logs_20140328.Invoke"), None);
        assert_eq!(of("DynamoDB_20120810.GetItem"), None);
    }
}
