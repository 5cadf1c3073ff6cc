//! How a function enters the account: its name, settings, behaviour and reserved concurrency.

use std::time::Duration;

use super::settings::FunctionSettings;
use super::workload::Workload;
use crate::lambda::{
    Architecture, Capacity, DurableExecutions, LogFormat, MemoryMb, SnapStart, Tenancy,
};

/// The description of a function to add to the account.
#[derive(Debug, Clone)]
pub struct Blueprint {
    pub(super) name: String,
    pub(super) settings: FunctionSettings,
    pub(super) workload: Workload,
    pub(super) reserved: Option<u32>,
}

impl Blueprint {
    /// A function with 128 MB, 30 s, Node.js, `x86_64` and text logs.
    #[must_use]
    pub fn new(name: &str, workload: Workload) -> Self {
        Self {
            name: name.to_owned(),
            settings: FunctionSettings::new(name),
            workload,
            reserved: None,
        }
    }

    /// Sets the memory size.
    #[must_use]
    pub fn memory(mut self, size: MemoryMb) -> Self {
        self.settings.memory = size;
        self
    }

    /// Sets the time-out of one invocation.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        text.clone_into(&mut self.settings.description);
        self
    }

    /// Sets the managed runtime and the entry point.
    #[must_use]
    pub fn runtime(mut self, runtime: &str, handler: &str) -> Self {
        self.settings.code.runtime = Some(runtime.to_owned());
        self.settings.code.handler = Some(handler.to_owned());
        self
    }

    /// Adds an environment variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        let variables = &mut self.settings.variables;
        variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Runs on arm64.
    #[must_use]
    pub const fn arm64(mut self) -> Self {
        self.settings.architecture = Architecture::Arm64;
        self
    }

    /// Logs JSON records.
    #[must_use]
    pub const fn json_logs(mut self) -> Self {
        self.settings.log_format = LogFormat::Json;
        self
    }

    /// Restores published versions from a snapshot.
    #[must_use]
    pub const fn snap_start(mut self) -> Self {
        self.settings.hosting.snap_start = SnapStart::PublishedVersions;
        self
    }

    /// Keeps its tenants apart: an invocation has to name one.
    #[must_use]
    pub const fn per_tenant(mut self) -> Self {
        self.settings.hosting.tenancy = Tenancy::PerTenant;
        self
    }

    /// Runs on instances of a capacity provider.
    #[must_use]
    pub const fn managed_instances(mut self) -> Self {
        self.settings.hosting.capacity = Capacity::ManagedInstances;
        self
    }

    /// Has durable executions, each of at most this length.
    #[must_use]
    pub const fn durable(mut self, timeout: Duration, kept_days: u32) -> Self {
        self.settings.hosting.durable = Some(DurableExecutions {
            timeout: Some(timeout),
            kept_days: Some(kept_days),
        });
        self
    }

    /// Has a `/tmp` of so many megabytes.
    #[must_use]
    pub const fn storage(mut self, megabytes: u32) -> Self {
        self.settings.hosting.storage_mb = Some(megabytes);
        self
    }

    /// Is a container image: no runtime, no entry point, no code size.
    #[must_use]
    pub fn image(mut self) -> Self {
        self.settings.code.pack_as_image();
        self
    }

    /// Reserves this many concurrent invocations.
    #[must_use]
    pub const fn reserved(mut self, invocations: u32) -> Self {
        self.reserved = Some(invocations);
        self
    }
}
