//! The operations the account knows: their names, and the method and path each one answers to.

use std::borrow::Cow;

use axum::http::Method;
use percent_encoding::percent_decode_str;

/// An operation of the Lambda API, or of STS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    ListFunctions,
    GetFunction,
    GetFunctionConfiguration,
    UpdateFunctionConfiguration,
    DeleteFunction,
    PublishVersion,
    ListVersionsByFunction,
    ListAliases,
    CreateAlias,
    GetAlias,
    UpdateAlias,
    DeleteAlias,
    GetFunctionConcurrency,
    GetAccountSettings,
    Invoke,
    InvokeWithResponseStream,
    GetCallerIdentity,
}

/// A request's operation with what its path says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) operation: Operation,
    /// The function as the caller named it; empty where the operation takes none.
    pub(super) function: String,
    /// The alias in the path; empty where the operation takes none.
    pub(super) alias: String,
}

impl Operation {
    /// Every operation, in the order errors list them.
    pub(super) const ALL: [Self; 17] = [
        Self::ListFunctions,
        Self::GetFunction,
        Self::GetFunctionConfiguration,
        Self::UpdateFunctionConfiguration,
        Self::DeleteFunction,
        Self::PublishVersion,
        Self::ListVersionsByFunction,
        Self::ListAliases,
        Self::CreateAlias,
        Self::GetAlias,
        Self::UpdateAlias,
        Self::DeleteAlias,
        Self::GetFunctionConcurrency,
        Self::GetAccountSettings,
        Self::Invoke,
        Self::InvokeWithResponseStream,
        Self::GetCallerIdentity,
    ];

    /// The name AWS uses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::ListFunctions => "ListFunctions",
            Self::GetFunction => "GetFunction",
            Self::GetFunctionConfiguration => "GetFunctionConfiguration",
            Self::UpdateFunctionConfiguration => "UpdateFunctionConfiguration",
            Self::DeleteFunction => "DeleteFunction",
            Self::PublishVersion => "PublishVersion",
            Self::ListVersionsByFunction => "ListVersionsByFunction",
            Self::ListAliases => "ListAliases",
            Self::CreateAlias => "CreateAlias",
            Self::GetAlias => "GetAlias",
            Self::UpdateAlias => "UpdateAlias",
            Self::DeleteAlias => "DeleteAlias",
            Self::GetFunctionConcurrency => "GetFunctionConcurrency",
            Self::GetAccountSettings => "GetAccountSettings",
            Self::Invoke => "Invoke",
            Self::InvokeWithResponseStream => "InvokeWithResponseStream",
            Self::GetCallerIdentity => "GetCallerIdentity",
        }
    }

    /// The operation of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The IAM action that allows it.
    pub(super) fn action(self) -> String {
        let service = if self == Self::GetCallerIdentity {
            "sts"
        } else {
            "lambda"
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
        !self.invokes() && !matches!(self, Self::GetCallerIdentity)
    }

    /// Whether it changes the account's functions, versions or aliases.
    pub(super) const fn mutates(self) -> bool {
        matches!(
            self,
            Self::UpdateFunctionConfiguration
                | Self::DeleteFunction
                | Self::PublishVersion
                | Self::CreateAlias
                | Self::UpdateAlias
                | Self::DeleteAlias
        )
    }
}

impl Target {
    /// The operation that this method and (still percent-encoded) path stand for.
    pub(super) fn of(method: &Method, path: &str) -> Option<Self> {
        let parts: Vec<Cow<'_, str>> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent_decode_str(part).decode_utf8_lossy())
            .collect();
        let parts: Vec<&str> = parts.iter().map(Cow::as_ref).collect();
        let (operation, function, alias) = match (method.as_str(), parts.as_slice()) {
            ("GET" | "POST", []) => (Operation::GetCallerIdentity, "", ""),
            ("GET", ["2016-08-19", "account-settings"]) => (Operation::GetAccountSettings, "", ""),
            ("GET", ["2019-09-30", "functions", name, "concurrency"]) => {
                (Operation::GetFunctionConcurrency, *name, "")
            }
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

/// What follows `/2015-03-31/functions`.
fn in_functions<'a>(method: &str, rest: &[&'a str]) -> Option<(Operation, &'a str, &'a str)> {
    Some(match (method, rest) {
        ("GET", []) => (Operation::ListFunctions, "", ""),
        ("GET", [name]) => (Operation::GetFunction, *name, ""),
        ("DELETE", [name]) => (Operation::DeleteFunction, *name, ""),
        ("GET", [name, "configuration"]) => (Operation::GetFunctionConfiguration, *name, ""),
        ("PUT", [name, "configuration"]) => (Operation::UpdateFunctionConfiguration, *name, ""),
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

    #[test]
    fn paths_are_decoded_and_may_end_in_a_slash() {
        let list = Target::of(&Method::GET, "/2015-03-31/functions/").unwrap();
        assert_eq!(list.operation, Operation::ListFunctions);
        let arn =
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/aliases/prod";
        let alias = Target::of(&Method::PUT, arn).unwrap();
        assert_eq!(alias.operation, Operation::UpdateAlias);
        assert_eq!(alias.function, "arn:aws:lambda:eu-west-1:1:function:f");
        assert_eq!(alias.alias, "prod");
        assert_eq!(Target::of(&Method::PATCH, "/2015-03-31/functions/f"), None);
    }

    #[test]
    fn every_operation_is_found_by_its_name() {
        for operation in Operation::ALL {
            assert_eq!(Operation::named(operation.name()), Some(operation));
        }
    }
}
