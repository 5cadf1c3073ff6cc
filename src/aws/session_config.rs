//! The configuration of a session: options, environment and profile joined once for every client.

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

use super::call::CallerAccount;
use super::credentials::CredentialSources;
use super::error::AwsError;
use super::{profiles, transport};

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

/// What every client of a session is made from.
#[derive(Debug)]
pub(super) struct SessionConfig {
    sdk: SdkConfig,
    account: Arc<CallerAccount>,
    options: Arc<SessionOptions>,
}

impl SessionConfig {
    /// Joins options, environment and profile. Credentials are not asked for yet.
    ///
    /// # Errors
    /// Those of [`super::Session::connect`].
    pub(super) async fn connect(options: SessionOptions) -> Result<Self, AwsError> {
        check_endpoint(options.endpoint_url.as_deref())?;
        let profile = options
            .profile
            .clone()
            .or_else(|| named_profile(options.http.is_none()));
        let sdk = match options.http.clone() {
            Some(http) => simulated(options.clone(), http),
            None => real(options.clone()).await?,
        };
        Ok(Self::over(sdk, profile, options))
    }

    fn over(sdk: SdkConfig, profile: Option<String>, options: SessionOptions) -> Self {
        let account = Arc::new(CallerAccount {
            profile,
            region: sdk.region().map(ToString::to_string).unwrap_or_default(),
            endpoint: sdk.endpoint_url().map(str::to_owned),
        });
        let options = Arc::new(options);
        Self {
            sdk,
            account,
            options,
        }
    }

    /// A simulated account whose credentials come from this source, with the profile 'work'.
    #[cfg(test)]
    pub(super) fn with_credentials(source: SharedCredentialsProvider) -> Result<Self, AwsError> {
        let http = transport::https_client()?;
        let sdk = simulated(SessionOptions::default(), http).into_builder();
        let sdk = sdk.credentials_provider(source).build();
        Ok(Self::over(
            sdk,
            Some("work".to_owned()),
            SessionOptions::default(),
        ))
    }

    /// The SDK's own.
    pub(super) const fn sdk(&self) -> &SdkConfig {
        &self.sdk
    }

    /// The account, as messages name it.
    pub(super) fn account(&self) -> Arc<CallerAccount> {
        Arc::clone(&self.account)
    }

    /// What it was made from, so that it can be made anew.
    pub(super) fn options(&self) -> Arc<SessionOptions> {
        Arc::clone(&self.options)
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
    use super::*;

    #[test]
    fn the_environment_names_no_profile_for_a_simulated_account() {
        assert_eq!(named_profile(false), None);
    }
}
