//! What to do about each kind of failure.

use super::Call;
use super::error::Failure;

/// For keys or signatures AWS does not know.
pub(super) const KEYS: &str =
    "check the access key, its secret, and that this machine's clock is right";
/// For a function that is not the one that was read.
pub(super) const CHANGED: &str =
    "nothing of it was overwritten; look at the change, then start anew";

/// For missing or unusable credentials.
pub(super) fn credentials(call: &Call) -> String {
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
pub(super) fn renew(call: &Call) -> String {
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
pub(super) fn not_found(call: &Call) -> String {
    format!(
        "check the name, the qualifier and the region ('{}'); 'iacstone functions' lists them",
        call.region()
    )
}

/// For a resource that is busy.
pub(super) fn conflict(call: &Call) -> &'static str {
    match call.operation {
        "DeleteFunction" => "an alias may point at the version: point it elsewhere, then try again",
        "CreateAlias" => "the alias came into being meanwhile: look at it, then try again",
        _ => "wait until the function's update ends, then try again",
    }
}

/// For a connection that fails.
pub(super) fn unreachable(failure: &Failure) -> String {
    if failure.said.contains("UnknownIssuer") {
        return "no root certificate of this machine vouches for the server: install the package \
                ca-certificates, or name a bundle in SSL_CERT_FILE"
            .to_owned();
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
pub(super) fn garbled(call: &Call) -> String {
    match call.endpoint() {
        Some(endpoint) => format!("check that '{endpoint}' speaks AWS's protocol"),
        None => "a proxy may stand in between; check the network".to_owned(),
    }
}

/// For a failure of AWS itself.
pub(super) fn service(status: u16) -> &'static str {
    if status >= 500 {
        "AWS has a problem; try again in a while"
    } else {
        "AWS's words say what to change"
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
