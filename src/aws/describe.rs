//! Reads what the SDK says about a function into the program's own type.

use std::time::Duration;

use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use aws_sdk_lambda::operation::publish_version::PublishVersionOutput;
use aws_sdk_lambda::operation::update_function_configuration::UpdateFunctionConfigurationOutput;
use aws_sdk_lambda::types;

use super::words::words;
use crate::lambda::{
    Architecture, Capacity, DurableExecutions, Function, FunctionCode, FunctionHosting,
    FunctionLogging, FunctionStatus, FunctionVariables, LogFormat, MemoryMb, PackageType,
    SnapStart, State, Tenancy, UpdateStatus,
};
use crate::text::digest;

/// Lambda's own default, for an answer that leaves the time-out away.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(3);

/// An SDK answer that describes a function.
pub(super) trait Describe {
    /// The function, or why the answer is none that iacstone can work with.
    fn describe(self) -> Result<Function, Misfit>;
}

/// Why an answer is not a function iacstone can work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It has no name.
    Nameless,
    /// It has this many megabytes of memory, which no tunable function has.
    Memory(i32),
}

/// The hash of what has no field in [`Function`]. The SDK hides the values of variables when it prints them.
macro_rules! fingerprint {
    ($function:expr) => {{
        let environment = $function.environment.as_ref();
        let variables = environment.and_then(|all| all.variables.as_ref());
        let variables = variables.into_iter().flatten();
        let mut texts: Vec<String> = variables
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        texts.sort();
        let layers = $function.layers.iter().flatten();
        texts.extend(layers.map(|layer| format!("{:?}", layer.arn)));
        texts.extend([
            format!("{:?}{:?}", $function.handler, $function.role),
            format!(
                "{:?}{:?}",
                $function.vpc_config, $function.file_system_configs
            ),
            format!(
                "{:?}{:?}",
                $function.ephemeral_storage, $function.tracing_config
            ),
            format!(
                "{:?}{:?}",
                $function.image_config_response, $function.dead_letter_config
            ),
        ]);
        hash(&texts)
    }};
}

/// How AWS runs the function of an answer.
macro_rules! hosting {
    ($function:expr) => {{
        let storage = $function.ephemeral_storage.as_ref();
        FunctionHosting {
            snap_start: snap_start($function.snap_start.as_ref()),
            tenancy: tenancy($function.tenancy_config.as_ref()),
            capacity: capacity($function.capacity_provider_config.as_ref()),
            durable: $function.durable_config.as_ref().map(durable),
            storage_mb: storage.and_then(|it| u32::try_from(it.size).ok()),
        }
    }};
}

/// Four SDK types carry the same fields and share no trait.
macro_rules! describe {
    ($($answer:ty),+) => {$(
        impl Describe for $answer {
            fn describe(self) -> Result<Function, Misfit> {
                let settings = fingerprint!(self);
                let variables = self.environment.and_then(|all| all.variables).unwrap_or_default();
                let logging = self.logging_config;
                let (state, fallback) = state(self.state.as_ref());
                Ok(Function {
                    name: self.function_name.filter(|name| !name.is_empty()).ok_or(Misfit::Nameless)?,
                    arn: self.function_arn.unwrap_or_default(),
                    version: self.version.unwrap_or_else(|| "$LATEST".to_owned()),
                    description: self.description.unwrap_or_default(),
                    memory: memory(self.memory_size)?,
                    timeout: timeout(self.timeout),
                    hosting: hosting!(self),
                    code: FunctionCode {
                        runtime: self.runtime.map(|runtime| runtime.as_str().to_owned()),
                        package: package(self.package_type.as_ref()),
                        architecture: architecture(self.architectures.as_deref()),
                        sha256: self.code_sha256.unwrap_or_default(),
                    },
                    logging: FunctionLogging {
                        format: log_format(logging.as_ref()),
                        group: logging.and_then(|logging| logging.log_group),
                    },
                    status: FunctionStatus {
                        state,
                        state_reason: self.state_reason.or(fallback).map(|said| words(&said)),
                        update: update(self.last_update_status.as_ref()),
                        update_reason: self.last_update_status_reason.map(|said| words(&said)),
                        revision: self.revision_id.unwrap_or_default(),
                    },
                    environment: FunctionVariables {
                        exec_wrapper: variables.get("AWS_LAMBDA_EXEC_WRAPPER").cloned(),
                        names: names(&variables),
                    },
                    settings,
                })
            }
        }
    )+};
}

describe!(
    types::FunctionConfiguration,
    GetFunctionConfigurationOutput,
    UpdateFunctionConfigurationOutput,
    PublishVersionOutput
);

/// A number for some texts, the same in every build.
fn hash(texts: &[String]) -> u64 {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    u64::from_str_radix(&digest(&texts, 16), 16).unwrap_or_default()
}

fn memory(megabytes: Option<i32>) -> Result<MemoryMb, Misfit> {
    // Lambda gives 128 MB to a function that names no size.
    let megabytes = megabytes.unwrap_or(128);
    u32::try_from(megabytes)
        .ok()
        .and_then(|size| MemoryMb::new(size).ok())
        .ok_or(Misfit::Memory(megabytes))
}

fn timeout(seconds: Option<i32>) -> Duration {
    seconds
        .and_then(|seconds| u64::try_from(seconds).ok())
        .map_or(DEFAULT_TIMEOUT, Duration::from_secs)
}

fn package(kind: Option<&types::PackageType>) -> PackageType {
    match kind {
        Some(types::PackageType::Image) => PackageType::Image,
        _ => PackageType::Zip,
    }
}

fn architecture(all: Option<&[types::Architecture]>) -> Architecture {
    match all.and_then(<[_]>::first) {
        Some(types::Architecture::Arm64) => Architecture::Arm64,
        _ => Architecture::X86_64,
    }
}

fn log_format(logging: Option<&types::LoggingConfig>) -> LogFormat {
    match logging.and_then(|logging| logging.log_format.as_ref()) {
        Some(types::LogFormat::Json) => LogFormat::Json,
        _ => LogFormat::Text,
    }
}

fn snap_start(settings: Option<&types::SnapStartResponse>) -> SnapStart {
    match settings.and_then(|settings| settings.apply_on.as_ref()) {
        Some(types::SnapStartApplyOn::PublishedVersions) => SnapStart::PublishedVersions,
        _ => SnapStart::Off,
    }
}

fn tenancy(settings: Option<&types::TenancyConfig>) -> Tenancy {
    match settings.map(|settings| &settings.tenant_isolation_mode) {
        Some(types::TenantIsolationMode::PerTenant) => Tenancy::PerTenant,
        _ => Tenancy::Shared,
    }
}

fn capacity(settings: Option<&types::CapacityProviderConfig>) -> Capacity {
    let instances = settings.and_then(|settings| {
        settings
            .lambda_managed_instances_capacity_provider_config
            .as_ref()
    });
    match instances {
        Some(_) => Capacity::ManagedInstances,
        None => Capacity::OnDemand,
    }
}

fn durable(settings: &types::DurableConfig) -> DurableExecutions {
    let seconds = settings.execution_timeout;
    let days = settings.retention_period_in_days;
    DurableExecutions {
        timeout: seconds
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs),
        kept_days: days.and_then(|days| u32::try_from(days).ok()),
    }
}

/// The state, and words for one that iacstone has no name for.
fn state(state: Option<&types::State>) -> (State, Option<String>) {
    match state {
        None | Some(types::State::Active) => (State::Active, None),
        Some(types::State::Pending) => (State::Pending, None),
        Some(types::State::Inactive) => (State::Inactive, None),
        Some(types::State::Failed) => (State::Failed, None),
        // Deleting, deactivated, not invocable, or newer than this program: none takes an invocation.
        Some(other) => (State::Failed, Some(other.as_str().to_owned())),
    }
}

fn update(status: Option<&types::LastUpdateStatus>) -> UpdateStatus {
    match status {
        Some(types::LastUpdateStatus::InProgress) => UpdateStatus::InProgress,
        Some(types::LastUpdateStatus::Failed) => UpdateStatus::Failed,
        _ => UpdateStatus::Successful,
    }
}

fn names(variables: &std::collections::HashMap<String, String>) -> Vec<String> {
    let mut names: Vec<String> = variables.keys().cloned().collect();
    names.sort();
    names
}
