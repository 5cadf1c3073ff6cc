//! The `CloudWatch` Logs client: one method per call iacstone makes, own types in and out.
//!
//! Nothing here retries; whoever calls knows how long a repeat may wait ([`AwsError`] says whether one is of use).

use std::sync::Arc;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::config::Builder;

use super::call::{AwsCall, CallerAccount};
use super::error::AwsError;
use super::session_config::{SessionConfig, SessionOptions};
use super::transport;

mod filter;
mod groups;
mod host;
mod insights;
mod live;
mod names;
mod quota;
mod sanitize;

pub use filter::{FilterPage, FilterRequest};
pub use groups::{GroupArn, GroupPage, LogStream, StreamOrder, StreamPage};
pub use insights::InsightsClient;
pub use live::{LiveRequest, LiveSession, LiveUpdate};
pub use quota::Quota;

/// The log calls of one session; clones are cheap.
#[derive(Debug, Clone)]
pub struct LogsClient {
    client: Client,
    /// The client for sessions: a quiet one is no broken one.
    patient: Client,
    account: Arc<CallerAccount>,
    options: Arc<SessionOptions>,
    quota: Quota,
}

impl LogsClient {
    pub(super) fn new(config: &SessionConfig) -> Self {
        let account = config.account();
        let patient = Builder::from(config.sdk())
            .timeout_config(transport::session_limits())
            .stalled_stream_protection(transport::no_stall_guard())
            .interceptor(host::PlainHost)
            .interceptor(sanitize::MendFrames);
        let reading = Builder::from(config.sdk()).interceptor(sanitize::Mend);
        Self {
            client: Client::from_conf(reading.build()),
            patient: Client::from_conf(patient.build()),
            quota: Quota::of_region(&account.region),
            account,
            options: config.options(),
        }
    }

    /// The same calls with credentials that were read anew: from the environment, the files, the host's role.
    ///
    /// # Errors
    /// Those of [`super::Session::connect`].
    pub async fn renewed(&self) -> Result<Self, AwsError> {
        let config = SessionConfig::connect(self.options.as_ref().clone()).await?;
        Ok(Self {
            quota: self.quota.clone(),
            ..Self::new(&config)
        })
    }

    /// The right to call `FilterLogEvents`, which all who read events through this session share.
    #[must_use]
    pub const fn quota(&self) -> &Quota {
        &self.quota
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.account.region
    }

    fn call(&self, operation: &'static str, subject: &dyn std::fmt::Display) -> AwsCall {
        AwsCall::new(&self.account, operation, subject)
    }
}
