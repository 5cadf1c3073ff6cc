//! A session: credentials, region and endpoint, joined once and shared by every client.

use std::sync::Arc;

use futures::FutureExt;

use super::CallerIdentity;
use super::call::{AwsCall, CallerAccount};
use super::error::AwsError;
use super::explain::explain;
use super::lambda::LambdaClient;
use super::logs::LogsClient;
use super::session_config::{SessionConfig, SessionOptions};

/// An open session; clones are cheap and share connections and credentials.
#[derive(Debug, Clone)]
pub struct Session {
    account: Arc<CallerAccount>,
    lambda: LambdaClient,
    logs: LogsClient,
    identities: aws_sdk_sts::Client,
    demo: bool,
}

impl Session {
    /// Joins options, environment and profile into a session. Credentials are not asked for yet.
    ///
    /// # Errors
    /// [`AwsError::NoProfile`] when the profile is in none of the user's files, [`AwsError::NoRegion`] when no source
    /// names a region, [`AwsError::Setting`] for an endpoint or proxy that is not a URL.
    pub async fn connect(options: SessionOptions) -> Result<Self, AwsError> {
        Ok(Self::over(&SessionConfig::connect(options).await?))
    }

    fn over(config: &SessionConfig) -> Self {
        Self {
            account: config.account(),
            lambda: LambdaClient::new(config),
            logs: LogsClient::new(config),
            identities: aws_sdk_sts::Client::new(config.sdk()),
            demo: config.options().demo,
        }
    }

    /// The Lambda client.
    #[must_use]
    pub fn lambda(&self) -> LambdaClient {
        self.lambda.clone()
    }

    /// The `CloudWatch` Logs client.
    #[must_use]
    pub fn logs(&self) -> LogsClient {
        self.logs.clone()
    }

    /// Asks who the credentials are. Needs no permission.
    ///
    /// # Errors
    /// [`AwsError`] when there are no credentials, they are not accepted, or nothing answers.
    pub async fn identity(&self) -> Result<CallerIdentity, AwsError> {
        let call = AwsCall::new(&self.account, "GetCallerIdentity", &"");
        match self.identities.get_caller_identity().send().boxed().await {
            Ok(found) => Ok(CallerIdentity {
                account: found.account.unwrap_or_default(),
                arn: found.arn.unwrap_or_default(),
            }),
            Err(error) => Err(explain(call, error)),
        }
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.account.region
    }

    /// The profile in force: the one named, else `AWS_PROFILE`.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.account.profile.as_deref()
    }

    /// The endpoint, when it is not AWS's own.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.account.endpoint.as_deref()
    }

    /// Whether this is the demonstration account.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo
    }
}

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::error::CredentialsError;
    use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

    use super::*;

    /// A source of credentials that has none.
    #[derive(Debug)]
    struct Empty(fn() -> CredentialsError);

    impl ProvideCredentials for Empty {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err((self.0)()))
        }
    }

    async fn failing(source: fn() -> CredentialsError) -> AwsError {
        let source = SharedCredentialsProvider::new(Empty(source));
        let session = Session::over(&SessionConfig::with_credentials(source).unwrap());
        session.identity().await.unwrap_err()
    }

    #[tokio::test]
    async fn no_credentials_are_told_with_the_source_and_the_way_out() {
        let error = failing(|| CredentialsError::not_loaded("nothing in the chain")).await;
        assert!(matches!(error, AwsError::NoCredentials(_)), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("nothing in the chain"), "{text}");
        assert!(text.contains("profile 'work'"), "{text}");
        assert!(!error.was_not_applied() && !error.is_transient());
    }

    #[tokio::test]
    async fn a_sign_on_that_ran_out_names_the_command_that_renews_it() {
        let error = failing(|| CredentialsError::provider_error("the SSO token has expired")).await;
        assert!(matches!(error, AwsError::Expired(_)), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("aws sso login --profile work"), "{text}");
    }

    #[tokio::test]
    async fn an_endpoint_that_is_no_url_is_refused_before_anything_is_asked() {
        for url in ["localhost:4599", "ftp://x", "http://", ""] {
            let options = SessionOptions {
                endpoint_url: Some(url.to_owned()),
                ..SessionOptions::default()
            };
            let error = Session::connect(options).await.unwrap_err().to_string();
            assert!(error.starts_with(&format!("endpoint '{url}'")), "{error}");
            assert!(error.contains("http://127.0.0.1:4599"), "{error}");
        }
    }
}
