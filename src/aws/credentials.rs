//! Where credentials and the region come from when the account is real.
//!
//! A profile the user named is the only source of credentials: keys in the environment must not
//! send a tuning run to another account. Without one the SDK's default chain decides.

use std::time::Duration;

use aws_config::Region;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::imds;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// How long the instance metadata service may take; off EC2 nobody answers at its address.
const METADATA_LIMIT: Duration = Duration::from_millis(500);

/// The sources of one session.
pub(super) struct CredentialSources {
    config: ProviderConfig,
    profile: Option<String>,
}

impl CredentialSources {
    /// Prepares the sources; nothing is read or asked yet.
    pub(super) fn new(profile: Option<&str>, http: SharedHttpClient) -> Self {
        Self {
            config: ProviderConfig::without_region().with_http_client(http),
            profile: profile.map(str::to_owned),
        }
    }

    /// The region: the one asked for, the environment's, the profile's, the instance's.
    pub(super) async fn region(&self, asked: Option<String>) -> Option<Region> {
        if let Some(region) = asked {
            return Some(Region::new(region));
        }
        let mut profile = ProfileFileRegionProvider::builder().configure(&self.config);
        if let Some(name) = &self.profile {
            profile = profile.profile_name(name);
        }
        let instance = ImdsRegionProvider::builder()
            .configure(&self.config)
            .imds_client(self.metadata())
            .build();
        let chain = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
            .or_else(profile.build())
            .or_else(instance);
        let region = chain.region().await;
        // `region =` in a profile names none.
        region.filter(|region| !region.as_ref().trim().is_empty())
    }

    /// The credentials: the named profile's, else the default chain's.
    pub(super) async fn credentials(&self, region: Region) -> SharedCredentialsProvider {
        let config = self.config.clone().with_region(Some(region.clone()));
        match &self.profile {
            Some(name) => SharedCredentialsProvider::new(
                ProfileFileCredentialsProvider::builder()
                    .configure(&config)
                    .profile_name(name)
                    .build(),
            ),
            None => SharedCredentialsProvider::new(
                DefaultCredentialsChain::builder()
                    .configure(config)
                    .region(region)
                    .imds_client(self.metadata())
                    .build()
                    .await,
            ),
        }
    }

    fn metadata(&self) -> imds::Client {
        imds::Client::builder()
            .configure(&self.config)
            .connect_timeout(METADATA_LIMIT)
            .read_timeout(METADATA_LIMIT)
            .operation_timeout(2 * METADATA_LIMIT)
            .max_attempts(1)
            .build()
    }
}
