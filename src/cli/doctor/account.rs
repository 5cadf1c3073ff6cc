//! Region, endpoint, credentials, identity: in the order in which they fail.

use std::time::Duration;

use super::super::context::CommandContext;
use super::check::Check;
use super::rights;
use crate::aws::{AwsError, CallerIdentity, Session};

/// How long the account may take to say who it is; a doctor that waits is no help.
const PATIENCE: Duration = Duration::from_secs(15);

/// What was found out about the account.
#[derive(Debug)]
pub(super) struct AccountCheck {
    pub(super) checks: Vec<Check>,
    /// IAM actions that were denied.
    pub(super) missing: Vec<String>,
    /// The pattern of ARNs a policy is for.
    pub(super) resource: String,
}

impl AccountCheck {
    /// Asks the account, unless iacstone is offline.
    pub(super) async fn examine(context: &CommandContext) -> Self {
        let mut account = Self {
            checks: Vec::new(),
            missing: Vec::new(),
            resource: "arn:aws:lambda:*:*:function:*".to_owned(),
        };
        if context.needs_network("doctor").is_err() {
            let words = "not asked: iacstone is offline";
            account.checks.push(Check::skip("account", words));
            return account;
        }
        match context.connection().session().await {
            Ok(session) => account.ask(session, context).await,
            Err(error) => account
                .checks
                .push(Check::fail("region", error.to_string())),
        }
        account
    }

    async fn ask(&mut self, session: &Session, context: &CommandContext) {
        let region = session.region();
        self.checks.push(Check::ok("region", region));
        self.checks.push(Check::ok("endpoint", endpoint(session)));
        self.checks.push(Check::ok("credentials", source(session)));
        let identity = tokio::time::timeout(PATIENCE, session.identity()).await;
        match identity {
            Ok(Ok(identity)) => {
                self.resource = resource(&identity, region);
                let words = format!("account {}, {}", identity.account, identity.arn);
                self.checks.push(Check::ok("identity", words));
            }
            Ok(Err(error)) if is_about_credentials(&error) => {
                self.checks.retain(|check| check.name != "credentials");
                self.checks
                    .push(Check::fail("credentials", error.to_string()));
                let words = "not tried: there are no usable credentials";
                return self.checks.push(Check::skip("rights", words));
            }
            Ok(Err(error)) => self.nobody(error.to_string()),
            Err(_elapsed) => self.nobody(format!("no answer within {} s", PATIENCE.as_secs())),
        }
        // A private subnet may reach Lambda and not the service that tells identities.
        self.try_rights(session, context).await;
    }

    async fn try_rights(&mut self, session: &Session, context: &CommandContext) {
        let lambda = session.lambda();
        self.hear(rights::checks(&lambda, context)).await;
        self.hear(rights::log_checks(&session.logs())).await;
    }

    async fn hear(&mut self, trial: impl Future<Output = (Vec<Check>, Vec<String>)>) {
        if let Ok((checks, missing)) = tokio::time::timeout(PATIENCE, trial).await {
            self.checks.extend(checks);
            self.missing.extend(missing);
        } else {
            let words = format!("no answer within {} s", PATIENCE.as_secs());
            let remedy = "check the network, the proxy and the VPC endpoints";
            self.checks
                .push(Check::fail("calls", words).with_remedy(remedy));
        }
    }

    fn nobody(&mut self, words: String) {
        let remedy = "tuning works without; the account is not shown";
        self.checks.push(Check::warn("identity", words, remedy));
    }
}

const fn is_about_credentials(error: &AwsError) -> bool {
    matches!(
        error,
        AwsError::NoCredentials(_) | AwsError::Expired(_) | AwsError::BadCredentials(_)
    )
}

fn endpoint(session: &Session) -> &str {
    match session.endpoint() {
        _ if session.is_demo() => "the simulated account, in process",
        Some(url) => url,
        None => "AWS",
    }
}

/// Where the credentials come from, as far as the environment tells.
fn source(session: &Session) -> String {
    if session.is_demo() {
        return "none needed".to_owned();
    }
    if let Some(profile) = session.profile() {
        return format!("profile '{profile}'");
    }
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let source = if set("AWS_ACCESS_KEY_ID") {
        "the environment (AWS_ACCESS_KEY_ID)"
    } else if set("AWS_WEB_IDENTITY_TOKEN_FILE") {
        "a web identity token (AWS_WEB_IDENTITY_TOKEN_FILE)"
    } else if set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        || set("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    {
        "the container's role"
    } else {
        "the default profile, else this host's role"
    };
    source.to_owned()
}

/// Every function of the account and region, in the partition of the caller.
fn resource(identity: &CallerIdentity, region: &str) -> String {
    let partition = identity.arn.split(':').nth(1).unwrap_or("aws");
    format!(
        "arn:{partition}:lambda:{region}:{}:function:*",
        identity.account
    )
}
