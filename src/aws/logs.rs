//! The `CloudWatch` Logs client: one method per call iacstone makes, own types in and out.
//!
//! Nothing here retries; whoever calls knows how long a repeat may wait ([`AwsError`] says whether one is of use).

use std::sync::Arc;

use aws_sdk_cloudwatchlogs::Client;

use super::call::{AwsCall, CallerAccount};
use super::error::AwsError;
use super::failure::CallFailure;
use super::session_config::{SessionConfig, SessionOptions};
use crate::logs::{Home, group_name};

mod filter;
mod groups;
mod host;
mod insights;
mod live;
mod names;
mod quota;
mod regions;
mod sanitize;

pub use filter::{FilterPage, FilterRequest};
pub use groups::{GroupArn, GroupPage, GroupScope, LogStream, StreamOrder, StreamPage};
pub use insights::InsightsClient;
pub use live::{LiveRequest, LiveSession, LiveUpdate};
pub use quota::{Quota, Quotas};
use regions::{RegionClients, Regions};

/// The log calls of one session; clones are cheap. What is about one group goes to that group's region.
#[derive(Debug, Clone)]
pub struct LogsClient {
    client: Client,
    /// The client for sessions: a quiet one is no broken one.
    patient: Client,
    account: Arc<CallerAccount>,
    options: Arc<SessionOptions>,
    quota: Quota,
    regions: Regions,
}

impl LogsClient {
    pub(super) fn new(config: &SessionConfig) -> Self {
        let regions = Regions::of(config.sdk().clone(), config.account());
        Self::over(regions.home(), regions, config.options())
    }

    fn over(region: RegionClients, regions: Regions, options: Arc<SessionOptions>) -> Self {
        Self {
            client: region.client,
            patient: region.patient,
            account: region.account,
            quota: region.quota,
            options,
            regions,
        }
    }

    /// The same calls where a group is, by its key.
    #[must_use]
    pub fn at(&self, key: &str) -> Self {
        match Home::of_arn(key).filter(|home| home.region != self.region()) {
            Some(home) => self.in_region(&home.region),
            None => self.clone(),
        }
    }

    /// The same calls in a region.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        let clients = self.regions.get(region);
        Self::over(clients, self.regions.clone(), Arc::clone(&self.options))
    }

    /// The same calls with credentials that were read anew: from the environment, the files, the host's role.
    ///
    /// # Errors
    /// Those of [`super::Session::connect`].
    pub async fn renewed(&self) -> Result<Self, AwsError> {
        let config = SessionConfig::connect(self.options.as_ref().clone()).await?;
        let regions = Regions::of(config.sdk().clone(), config.account());
        let regions = regions.with_quotas(self.regions.quotas().clone());
        Ok(Self::over(regions.home(), regions, config.options()))
    }

    /// The right to call `FilterLogEvents` here, which all who read events through this session share.
    #[must_use]
    pub const fn quota(&self) -> &Quota {
        &self.quota
    }

    /// The same in every region.
    #[must_use]
    pub const fn quotas(&self) -> &Quotas {
        self.regions.quotas()
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.account.region
    }

    /// Whether this is the region the session works in.
    fn is_home(&self) -> bool {
        self.region() == self.regions.home_region()
    }

    /// The error of a query about a group that ended before all was read; `status` is AWS's word for how.
    #[must_use]
    pub fn unfinished(&self, group: &str, status: &str) -> AwsError {
        AwsError::Service {
            code: status.to_owned(),
            status: 200,
            failure: CallFailure {
                call: self.at(group).call("GetQueryResults", &group_name(group)),
                said: "the query ended before all was read".to_owned(),
                cause: None,
            },
        }
    }

    fn call(&self, operation: &'static str, subject: &dyn std::fmt::Display) -> AwsCall {
        AwsCall::new(&self.account, operation, subject)
    }
}
