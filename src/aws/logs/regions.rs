//! The clients of the regions that a session's groups are in, each made once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::{Region, SdkConfig};
use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::config::Builder;

use super::{Quota, Quotas, host, sanitize};
use crate::aws::call::CallerAccount;
use crate::aws::transport;

/// What talks to one region.
#[derive(Debug, Clone)]
pub(super) struct RegionClients {
    pub(super) client: Client,
    /// The client for sessions: a quiet one is no broken one.
    pub(super) patient: Client,
    pub(super) account: Arc<CallerAccount>,
    pub(super) quota: Quota,
}

/// The regions; clones share them.
#[derive(Debug, Clone)]
pub(super) struct Regions {
    sdk: SdkConfig,
    account: Arc<CallerAccount>,
    quotas: Quotas,
    known: Arc<Mutex<BTreeMap<String, RegionClients>>>,
}

impl RegionClients {
    fn new(sdk: &SdkConfig, account: Arc<CallerAccount>, quota: Quota) -> Self {
        let patient = Builder::from(sdk)
            .timeout_config(transport::session_limits())
            .stalled_stream_protection(transport::no_stall_guard())
            .interceptor(host::PlainHost)
            .interceptor(sanitize::MendFrames);
        let reading = Builder::from(sdk).interceptor(sanitize::Mend);
        Self {
            client: Client::from_conf(reading.build()),
            patient: Client::from_conf(patient.build()),
            account,
            quota,
        }
    }
}

impl Regions {
    /// Those of a session that works in the region of this account.
    pub(super) fn of(sdk: SdkConfig, account: Arc<CallerAccount>) -> Self {
        Self {
            quotas: Quotas::of_session(&account.region),
            sdk,
            account,
            known: Arc::default(),
        }
    }

    /// The same with rights to call of which some were used.
    pub(super) fn with_quotas(self, quotas: Quotas) -> Self {
        Self { quotas, ..self }
    }

    /// The rights to call.
    pub(super) const fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// The region the session works in.
    pub(super) fn home_region(&self) -> &str {
        &self.account.region
    }

    /// The clients of that region.
    pub(super) fn home(&self) -> RegionClients {
        self.get(self.home_region())
    }

    /// The clients of a region.
    pub(super) fn get(&self, region: &str) -> RegionClients {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let clients = known.entry(region.to_owned()).or_insert_with(|| {
            let sdk = self.sdk.to_builder().region(Region::new(region.to_owned()));
            let account = CallerAccount {
                region: region.to_owned(),
                ..self.account.as_ref().clone()
            };
            let quota = self.quotas.in_region(region);
            RegionClients::new(&sdk.build(), Arc::new(account), quota)
        });
        clients.clone()
    }
}
