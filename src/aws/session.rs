//! A session: credentials, region and endpoint, joined once and shared by every client.

use futures::FutureExt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use tokio::time::Instant;

use super::call::{AwsCall, CallerAccount};
use super::credentials::CredentialSources;
use super::explain::explain;
use super::{AwsError, CallerIdentity, LambdaClient, LogsClient, profiles, transport};

/// The region of a simulated account; the bundled prices are its prices.
const SIMULATED_REGION: &str = "us-east-1";

/// What decides which account a session talks to.
#[derive(Debug, Clone, Default)]
pub struct SessionOptions {
    /// The profile the user named; its credentials are then the only ones used.
    pub profile: Option<String>,
    /// The region, instead of the environment's or the profile's.
    pub region: Option<String>,
    /// Another endpoint for every service: a simulator, moto, `LocalStack`.
    pub endpoint_url: Option<String>,
    /// What answers instead of the network. With it no real configuration or credential is read.
    pub http: Option<SharedHttpClient>,
    /// Whether this is the demonstration account.
    pub demo: bool,
}

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
        check_endpoint(options.endpoint_url.as_deref())?;
        let profile = options
            .profile
            .clone()
            .or_else(|| named_profile(options.http.is_none()));
        let config = match options.http.clone() {
            Some(http) => simulated(options.clone(), http),
            None => real(options.clone()).await?,
        };
        Ok(Self::over(&config, profile, options))
    }

    fn over(config: &SdkConfig, profile: Option<String>, options: SessionOptions) -> Self {
        let demo = options.demo;
        let account = Arc::new(CallerAccount {
            profile,
            region: config.region().map(ToString::to_string).unwrap_or_default(),
            endpoint: config.endpoint_url().map(str::to_owned),
        });
        Self {
            lambda: LambdaClient::new(config, Arc::clone(&account)),
            logs: LogsClient::new(config, Arc::clone(&account), Arc::new(options)),
            identities: aws_sdk_sts::Client::new(config),
            account,
            demo,
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

/// The configuration of an account that answers in process, with credentials that are none.
fn simulated(options: SessionOptions, http: SharedHttpClient) -> SdkConfig {
    let keys = Credentials::new("SIMULATED", "simulated", None, None, "simulated account");
    let region = options
        .region
        .unwrap_or_else(|| SIMULATED_REGION.to_owned());
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .region(Region::new(region))
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .time_source(SimulatedTime::new())
        .retry_config(RetryConfig::disabled())
        .timeout_config(transport::limits())
        .stalled_stream_protection(transport::stall_guard())
        .http_client(http);
    config.set_endpoint_url(options.endpoint_url);
    config.build()
}

/// The time of a simulated account: tokio's clock, which tests may move.
#[derive(Debug, Clone, Copy)]
struct SimulatedTime(SystemTime, Instant);

impl SimulatedTime {
    fn new() -> Self {
        Self(SystemTime::now(), Instant::now())
    }
}

impl TimeSource for SimulatedTime {
    fn now(&self) -> SystemTime {
        self.0 + self.1.elapsed()
    }
}

/// The configuration of a real account, from the options, the environment and the user's files.
async fn real(options: SessionOptions) -> Result<SdkConfig, AwsError> {
    if let Some(profile) = &options.profile {
        profiles::check(profile, |name| std::env::var(name).ok()).await?;
    }
    let http = transport::https_client()?;
    let sources = CredentialSources::new(options.profile.as_deref(), http.clone());
    let Some(region) = sources.region(options.region).await else {
        return Err(AwsError::NoRegion {
            profile: options.profile,
        });
    };
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region.clone())
        .credentials_provider(sources.credentials(region).await)
        .retry_config(RetryConfig::disabled())
        .timeout_config(transport::limits())
        .stalled_stream_protection(transport::stall_guard())
        .http_client(http);
    if let Some(profile) = options.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(url) = options.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    Ok(loader.load().await)
}

/// `AWS_PROFILE`, for an account that reads the environment at all.
fn named_profile(reads_environment: bool) -> Option<String> {
    let named = reads_environment.then(|| std::env::var("AWS_PROFILE").ok());
    named.flatten().filter(|name| !name.is_empty())
}

fn check_endpoint(url: Option<&str>) -> Result<(), AwsError> {
    let Some(url) = url else { return Ok(()) };
    let parsed = url.parse::<http::Uri>();
    match parsed {
        Ok(uri) if matches!(uri.scheme_str(), Some("http" | "https")) => Ok(()),
        Ok(_) => Err(AwsError::setting("endpoint", url, ENDPOINT_REMEDY, None)),
        Err(error) => Err(AwsError::setting(
            "endpoint",
            url,
            ENDPOINT_REMEDY,
            Some(error.into()),
        )),
    }
}

const ENDPOINT_REMEDY: &str = "give a URL such as http://127.0.0.1:4599";

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::error::CredentialsError;
    use aws_credential_types::provider::{ProvideCredentials, future};

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
        let http = transport::https_client().unwrap();
        let config = simulated(SessionOptions::default(), http).into_builder();
        let config = config.credentials_provider(SharedCredentialsProvider::new(Empty(source)));
        let session = Session::over(
            &config.build(),
            Some("work".to_owned()),
            SessionOptions::default(),
        );
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

    #[test]
    fn the_environment_names_no_profile_for_a_simulated_account() {
        assert_eq!(named_profile(false), None);
    }
}
