//! What to do about each kind of failure.

use super::call::AwsCall;
use super::failure::CallFailure;
use super::policy;

/// For keys or signatures AWS does not know.
pub(super) const KEYS: &str =
    "check the access key, its secret, and that this machine's clock is right";
/// For a function that is not the one that was read.
pub(super) const CHANGED: &str =
    "nothing of it was overwritten; look at the change, then start anew";

/// For missing or unusable credentials.
pub(super) fn credentials(call: &AwsCall) -> String {
    match call.profile() {
        Some(profile) => format!(
            "check profile '{profile}' in ~/.aws/config, sign in with 'aws sso login --profile {profile}', \
             or choose another with --profile"
        ),
        None => "name a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
                 or give this host a role; --demo needs none"
            .to_owned(),
    }
}

/// For expired credentials.
pub(super) fn renew(call: &AwsCall) -> String {
    match call.profile() {
        Some(profile) => {
            format!(
                "renew them: 'aws sso login --profile {profile}', or however this profile signs in"
            )
        }
        None => "renew them: 'aws sso login', or set fresh AWS_* variables".to_owned(),
    }
}

/// For a missing right.
pub(super) fn allow(action: &str) -> String {
    format!("allow '{action}' for these credentials; 'iacstone doctor' prints a ready policy")
}

/// For something that does not exist.
pub(super) fn not_found(call: &AwsCall) -> String {
    if policy::action_of(call.operation).starts_with("logs:") {
        return format!(
            "check the name and the region ('{}'); 'iacstone groups' lists the log groups",
            call.region()
        );
    }
    format!(
        "check the name, the qualifier and the region ('{}'); 'iacstone functions' lists them",
        call.region()
    )
}

/// For a resource that is busy.
pub(super) fn conflict(call: &AwsCall) -> &'static str {
    match call.operation {
        "DeleteFunction" => "an alias may point at the version: point it elsewhere, then try again",
        "CreateAlias" => "the alias came into being meanwhile: look at it, then try again",
        _ => "wait until the function's update ends, then try again",
    }
}

/// For a value that cannot be.
pub(super) fn refused(failure: &CallFailure) -> &'static str {
    if !policy::action_of(failure.call.operation).starts_with("logs:") {
        return "change the value, or ask AWS to raise the limit";
    }
    if failure.is_about_class() {
        return "only Logs Insights reads log groups of this class: ask it with `iacstone query`, or Q in the log pane";
    }
    if ["logGroupName", "logGroupIdentifier", "logStreamName"]
        .iter()
        .any(|name| failure.said.contains(name))
    {
        return "correct the name";
    }
    if failure.said.to_lowercase().contains("pattern") {
        return "correct the filter pattern";
    }
    if failure.call.operation == "StartQuery" {
        return "change the query";
    }
    "change the value"
}

/// For a connection that fails.
pub(super) fn unreachable(failure: &CallFailure) -> String {
    if failure.said.contains("UnknownIssuer") {
        return crate::text::NO_ROOTS.to_owned();
    }
    match failure.call.endpoint() {
        Some(endpoint) => format!("check that '{endpoint}' is up and the right endpoint"),
        None => format!(
            "check the network, the proxy and the region ('{}')",
            failure.call.region()
        ),
    }
}

/// For an answer that makes no sense.
pub(super) fn garbled(call: &AwsCall) -> String {
    match call.endpoint() {
        Some(endpoint) => format!("check that '{endpoint}' speaks AWS's protocol"),
        None => "a proxy may stand in between; check the network".to_owned(),
    }
}

/// For a failure there are no better words for.
pub(super) fn service(code: &str, status: u16) -> &'static str {
    match status {
        500.. => "AWS has a problem: try again in a while",
        _ if code.starts_with("HTTP ") => {
            "AWS names its errors, so something in between answered: check proxy and endpoint"
        }
        _ => "the error code in AWS's documentation says more",
    }
}

/// For a session without a region.
pub(super) fn region(profile: Option<&str>) -> String {
    let example = "for example eu-west-1";
    match profile {
        Some(profile) => format!(
            "give --region ({example}), set AWS_REGION, or run 'aws configure set region' for profile '{profile}'"
        ),
        None => {
            format!("give --region ({example}), set AWS_REGION, or name a profile that has one")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::aws::AwsError;
    use crate::aws::call::CallerAccount;

    fn call(profile: Option<&str>, endpoint: Option<&str>) -> AwsCall {
        let account = CallerAccount {
            profile: profile.map(str::to_owned),
            region: "eu-west-1".to_owned(),
            endpoint: endpoint.map(str::to_owned),
        };
        AwsCall::new(&Arc::new(account), "DeleteFunction", &"busy:7")
    }

    fn said(said: &str, endpoint: Option<&str>) -> String {
        unreachable(&CallFailure {
            call: call(None, endpoint),
            said: said.to_owned(),
            cause: None,
        })
    }

    #[test]
    fn sign_in_commands_name_the_profile() {
        assert!(renew(&call(Some("work"), None)).contains("aws sso login --profile work"));
        assert!(credentials(&call(Some("work"), None)).contains("profile 'work'"));
        assert!(credentials(&call(None, None)).contains("--demo"));
        assert!(region(Some("work")).contains("profile 'work'"));
    }

    #[test]
    fn a_bad_filter_pattern_is_to_be_corrected_and_no_limit_to_be_raised() {
        let refused = AwsError::Refused(CallFailure::saying(
            "Invalid character(s) in filter pattern",
        ));
        let text = refused.to_string();
        assert!(text.ends_with("; correct the filter pattern"), "{text}");
    }

    #[test]
    fn a_group_that_only_insights_reads_has_no_value_to_change() {
        let refused = AwsError::Refused(CallFailure::saying(
            "The log group /case/ia is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.",
        ));
        assert!(refused.is_about_one_group());
        let text = refused.to_string();
        assert!(text.contains("only Logs Insights reads"), "{text}");
        assert!(!text.contains("change the value"), "{text}");
    }

    #[test]
    fn a_machine_without_root_certificates_is_told_which_package_it_lacks() {
        let text = said("invalid peer certificate: UnknownIssuer", None);
        assert!(text.contains("ca-certificates"), "{text}");
    }

    #[test]
    fn a_lost_connection_points_at_the_endpoint_or_the_region() {
        assert!(said("refused", Some("http://x:1")).contains("'http://x:1'"));
        assert!(said("refused", None).contains("'eu-west-1'"));
    }

    #[test]
    fn a_version_that_cannot_be_deleted_is_not_blamed_on_an_update() {
        assert!(conflict(&call(None, None)).contains("alias"));
    }
}
