//! Where the account is, the ARNs that follow from it, and how a request names a function.

use axum::http::StatusCode;

use super::errors::ApiError;
use crate::lambda::FunctionRef;

/// The longest function name AWS accepts.
const LONGEST_NAME: usize = 64;

/// An account in a region.
#[derive(Debug, Clone)]
pub(super) struct AccountRegion {
    /// The account number.
    pub(super) account: String,
    /// The region's code.
    pub(super) region: String,
}

/// A function as one request names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedFunction {
    /// The plain name.
    pub(super) name: String,
    /// The alias or version, from the path or the query.
    pub(super) qualifier: Option<String>,
}

impl AccountRegion {
    /// `aws`, `aws-cn` or another one.
    pub(super) fn partition(&self) -> &'static str {
        crate::lambda::partition(&self.region)
    }

    /// The unqualified ARN of a function.
    pub(super) fn function(&self, name: &str) -> String {
        let partition = self.partition();
        let Self { account, region } = self;
        format!("arn:{partition}:lambda:{region}:{account}:function:{name}")
    }

    /// The ARN of a version or alias; the unqualified one for `None`.
    pub(super) fn qualified(&self, name: &str, qualifier: Option<&str>) -> String {
        let arn = self.function(name);
        qualifier.map_or(arn.clone(), |qualifier| format!("{arn}:{qualifier}"))
    }

    /// The user whose credentials every call is taken to carry.
    pub(super) fn user(&self) -> String {
        format!("arn:{}:iam::{}:user/demo", self.partition(), self.account)
    }

    /// Takes apart the name in a path and joins it with the `Qualifier` of the query.
    pub(super) fn resolve(
        &self,
        text: &str,
        qualifier: Option<&str>,
    ) -> Result<NamedFunction, ApiError> {
        let Ok(reference) = FunctionRef::parse(text) else {
            return Err(malformed(text));
        };
        if reference.name().len() > LONGEST_NAME {
            let constraint = "have length less than or equal to 64";
            return Err(ApiError::constraint(text, "functionName", constraint));
        }
        self.check_owner(reference.target())?;
        let qualifier = match (reference.qualifier(), qualifier) {
            (Some(inner), Some(outer)) if inner != outer => {
                return Err(ApiError::invalid(
                    "The derived qualifier from the function name does not match the specified qualifier.",
                ));
            }
            (inner, outer) => inner.or(outer).map(str::to_owned),
        };
        Ok(NamedFunction {
            name: reference.name().to_owned(),
            qualifier,
        })
    }

    /// Refuses ARNs of another region or account.
    fn check_owner(&self, target: &str) -> Result<(), ApiError> {
        let parts: Vec<&str> = target.split(':').collect();
        let (region, account) = match parts.as_slice() {
            ["arn", _, _, region, account, ..] => (Some(*region), *account),
            [account, "function", _] => (None, *account),
            _ => return Ok(()),
        };
        if let Some(other) = region.filter(|region| *region != self.region) {
            return Err(ApiError::not_found(format!(
                "Functions from '{other}' are not reachable in this region ('{}')",
                self.region
            )));
        }
        if account != self.account {
            return Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "AccessDeniedException",
                format!(
                    "User: {} is not authorized to access this resource: {target}",
                    self.user()
                ),
            ));
        }
        Ok(())
    }
}

/// A name that has none of the forms AWS takes.
fn malformed(text: &str) -> ApiError {
    ApiError::constraint(
        text,
        "functionName",
        "satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> AccountRegion {
        AccountRegion {
            account: "123456789012".into(),
            region: "eu-west-1".into(),
        }
    }

    #[test]
    fn names_partial_and_full_arns_name_the_same_function() {
        let place = place();
        for text in [
            "busy".to_owned(),
            "123456789012:function:busy".to_owned(),
            place.function("busy"),
        ] {
            let named = place.resolve(&format!("{text}:prod"), None).unwrap();
            assert_eq!(named, place.resolve(&text, Some("prod")).unwrap());
            assert_eq!(named.name, "busy");
            assert_eq!(named.qualifier.as_deref(), Some("prod"));
        }
    }

    #[test]
    fn two_different_qualifiers_are_refused() {
        let error = place().resolve("busy:prod", Some("1")).unwrap_err();
        assert_eq!(error.code, "InvalidParameterValueException");
    }

    #[test]
    fn other_regions_and_accounts_are_out_of_reach() {
        let elsewhere = "arn:aws:lambda:us-east-1:123456789012:function:busy";
        assert_eq!(place().resolve(elsewhere, None).unwrap_err().status, 404);
        let stranger = "arn:aws:lambda:eu-west-1:999999999999:function:busy";
        assert_eq!(place().resolve(stranger, None).unwrap_err().status, 403);
        let shapeless = place().resolve("a b", None).unwrap_err();
        assert_eq!(shapeless.code, "ValidationException");
    }

    #[test]
    fn the_partition_follows_the_region() {
        let china = AccountRegion {
            account: "1".into(),
            region: "cn-north-1".into(),
        };
        assert!(
            china
                .function("f")
                .starts_with("arn:aws-cn:lambda:cn-north-1:")
        );
    }
}
