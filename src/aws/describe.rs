//! Reads what the SDK says about a function into the program's own type.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use aws_sdk_lambda::operation::publish_version::PublishVersionOutput;
use aws_sdk_lambda::operation::update_function_configuration::UpdateFunctionConfigurationOutput;
use aws_sdk_lambda::types;

use super::words::words;
use crate::lambda::{
    Architecture, Function, FunctionCode, FunctionLogging, FunctionStatus, FunctionVariables,
    LogFormat, MemoryMb, PackageType, SnapStart, State, UpdateStatus,
};

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
        let mut hasher = DefaultHasher::new();
        let environment = $function.environment.as_ref();
        let variables = environment.and_then(|all| all.variables.as_ref());
        let sorted: Option<BTreeMap<_, _>> = variables.map(|all| all.iter().collect());
        sorted.hash(&mut hasher);
        for layer in $function.layers.iter().flatten() {
            layer.arn.hash(&mut hasher);
        }
        for printed in [
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
        ] {
            printed.hash(&mut hasher);
        }
        hasher.finish()
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
                    snap_start: snap_start(self.snap_start.as_ref()),
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
