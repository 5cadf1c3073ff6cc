//! How a request names groups and streams.

use super::super::account::Account;
use super::super::arn::AccountRegion;
use super::super::errors::ApiError;
use super::errors::{constraint, invalid};
use crate::logs::is_arn;

impl AccountRegion {
    /// The ARN of a group, without `:*`.
    pub(super) fn log_group(&self, name: &str) -> String {
        let partition = self.partition();
        let Self { account, region } = self;
        format!("arn:{partition}:logs:{region}:{account}:log-group:{name}")
    }

    /// The ARN of a stream.
    pub(super) fn log_stream(&self, group: &str, stream: &str) -> String {
        format!("{}:log-stream:{stream}", self.log_group(group))
    }
}

/// The group that either `logGroupName` or `logGroupIdentifier` names; exactly one of them must be there.
pub(super) fn group(
    account: &Account,
    name: Option<String>,
    identifier: Option<String>,
) -> Result<String, ApiError> {
    match (name, identifier) {
        (Some(name), None) => {
            check_group(&name)?;
            Ok(name)
        }
        (None, Some(identifier)) => of_identifier(account, &identifier),
        (Some(_), Some(_)) => Err(invalid(
            "LogGroup name and log group identifier cannot be both set. Please set only one of them.",
        )),
        (None, None) => Err(invalid(
            "Either log group name or log group identifier must be set.",
        )),
    }
}

/// The group that a name or an ARN stands for; an ARN may not end in `:*`.
fn of_identifier(account: &Account, identifier: &str) -> Result<String, ApiError> {
    if is_arn(identifier) {
        return of_arn(account, identifier);
    }
    check_group(identifier)?;
    Ok(identifier.to_owned())
}

/// The group that an ARN of this account stands for; it may not end in `:*`. A group of a linked account is kept under
/// its ARN.
pub(super) fn of_arn(account: &Account, arn: &str) -> Result<String, ApiError> {
    if is_arn(arn) && account.state().logs.groups.contains_key(arn) {
        return Ok(arn.to_owned());
    }
    let prefix = account.place().log_group("");
    let name = arn.strip_prefix(&prefix);
    let name =
        name.ok_or_else(|| invalid(format!("The specified log group ARN is invalid: {arn}")))?;
    check_group(name)?;
    Ok(name.to_owned())
}

/// Refuses what is no name of a group.
pub(super) fn check_group(name: &str) -> Result<(), ApiError> {
    let shaped = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/#".contains(&byte);
    check_length(name, "logGroupName")?;
    if name.bytes().all(shaped) {
        return Ok(());
    }
    let must = r"satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+";
    Err(constraint(name, "logGroupName", must))
}

/// Refuses what is no name of a stream.
pub(super) fn check_stream(name: &str) -> Result<(), ApiError> {
    check_length(name, "logStreamName")?;
    if !name.contains([':', '*']) {
        return Ok(());
    }
    let must = "satisfy regular expression pattern: [^:*]*";
    Err(constraint(name, "logStreamName", must))
}

fn check_length(name: &str, field: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        let must = "have length greater than or equal to 1";
        return Err(constraint(name, field, must));
    }
    if name.chars().count() > 512 {
        let must = "have length less than or equal to 512";
        return Err(constraint(name, field, must));
    }
    Ok(())
}

/// The size of a page, within what the operation allows; the most when none is asked for.
pub(super) fn limit(asked: Option<i64>, most: usize) -> Result<usize, ApiError> {
    let Some(asked) = asked else {
        return Ok(most);
    };
    let text = asked.to_string();
    match usize::try_from(asked) {
        Ok(size) if (1..=most).contains(&size) => Ok(size),
        Ok(size) if size > most => {
            let bound = format!("have value less than or equal to {most}");
            Err(constraint(&text, "limit", &bound))
        }
        _ => {
            let bound = "have value greater than or equal to 1";
            Err(constraint(&text, "limit", bound))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::AccountOptions;

    fn named(name: Option<&str>, identifier: Option<&str>) -> Result<String, ApiError> {
        let account = Account::empty(AccountOptions::default());
        group(
            &account,
            name.map(str::to_owned),
            identifier.map(str::to_owned),
        )
    }

    #[test]
    fn a_group_is_named_by_name_or_arn_but_not_by_both() {
        let arn = "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/alpha/beat";
        assert_eq!(named(None, Some(arn)).unwrap(), "/ecs/alpha/beat");
        assert_eq!(named(Some("/a"), None).unwrap(), "/a");
        assert_eq!(named(None, Some("/a")).unwrap(), "/a");
        assert!(named(Some("/a"), Some(arn)).is_err());
        assert!(named(None, None).is_err());
        assert!(named(None, Some(&format!("{arn}:*"))).is_err());
        assert!(named(Some("a b"), None).is_err());
    }

    #[test]
    fn page_sizes_have_bounds() {
        assert_eq!(limit(None, 50).unwrap(), 50);
        assert_eq!(limit(Some(7), 50).unwrap(), 7);
        for bad in [0, -1, 51] {
            let error = limit(Some(bad), 50).unwrap_err();
            assert_eq!(error.code, "InvalidParameterException");
        }
    }
}
