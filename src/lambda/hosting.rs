//! How AWS runs a function: what its environments start from, who shares them, what they are billed by.

use std::time::Duration;

/// How AWS runs a function, beside its code and its memory size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionHosting {
    /// Whether published versions are restored from a snapshot.
    pub snap_start: SnapStart,
    /// Who shares its environments.
    pub tenancy: Tenancy,
    /// What its environments run on.
    pub capacity: Capacity,
    /// Its executions, if they are durable.
    pub durable: Option<DurableExecutions>,
    /// The size of `/tmp` in megabytes, when it is known.
    pub storage_mb: Option<u32>,
}

/// Whether published versions start from a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SnapStart {
    /// Every environment runs its initialisation.
    #[default]
    Off,
    /// Published versions restore a snapshot; `$LATEST` does not.
    PublishedVersions,
}

/// Who shares the environments of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tenancy {
    /// All its callers.
    #[default]
    Shared,
    /// Each tenant has environments of its own, and an invocation names its tenant.
    PerTenant,
}

/// What the environments of a function run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Capacity {
    /// What AWS provides for each invocation, billed by the millisecond.
    #[default]
    OnDemand,
    /// Instances of a capacity provider, billed by the instance; an environment runs several invocations at once.
    ManagedInstances,
}

/// The executions of a durable function: each may be suspended and go on in a later invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DurableExecutions {
    /// How long one may take in all, when that is known.
    pub timeout: Option<Duration>,
    /// How many days AWS keeps one after its end, when that is known.
    pub kept_days: Option<u32>,
}
