//! What the account says about one function (or one of its versions).

use std::time::Duration;

use super::{Architecture, FunctionHosting, MemoryMb};

/// The configuration of a function or of one published version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The plain name.
    pub name: String,
    /// The full ARN, with `:<version>` when a version was asked for.
    pub arn: String,
    /// `$LATEST` or the number of a published version.
    pub version: String,
    /// The description; a tuning run marks its own versions here.
    pub description: String,
    /// The memory size.
    pub memory: MemoryMb,
    /// The time-out of one invocation.
    pub timeout: Duration,
    /// What runs.
    pub code: FunctionCode,
    /// Where its log lines go.
    pub logging: FunctionLogging,
    /// How AWS runs it.
    pub hosting: FunctionHosting,
    /// How it is doing.
    pub status: FunctionStatus,
    /// Its environment variables.
    pub environment: FunctionVariables,
    /// A hash of the settings that have no field here and change how the code runs: values of environment variables,
    /// handler, role, layers, network, file systems, storage, tracing. The same for the same settings, in every build that
    /// reads AWS's answers alike.
    pub settings: u64,
}

/// The code of a function, and what it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionCode {
    /// Zip archive or container image.
    pub package: PackageType,
    /// The managed runtime; `None` for container images.
    pub runtime: Option<String>,
    /// The instruction set.
    pub architecture: Architecture,
    /// The base64 SHA-256 of the package, for conditional publishing.
    pub sha256: String,
}

/// Where the log lines of a function go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionLogging {
    /// Text or JSON log lines.
    pub format: LogFormat,
    /// The log group, when the function names one of its own.
    pub group: Option<String>,
}

/// The environment variables of a function, as far as they are of use here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionVariables {
    /// Their names (never their values).
    pub names: Vec<String>,
    /// The value of `AWS_LAMBDA_EXEC_WRAPPER`, if the function sets it.
    pub exec_wrapper: Option<String>,
}

/// What changes about a function though nobody deploys anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionStatus {
    /// The revision, for conditional updates.
    pub revision: String,
    /// Whether the function can be invoked.
    pub state: State,
    /// AWS's own words about `state`, if any.
    pub state_reason: Option<String>,
    /// How the last configuration update is doing.
    pub update: UpdateStatus,
    /// AWS's own words about `update`, if any.
    pub update_reason: Option<String>,
}

/// The log group Lambda writes to for a function without a group of its own.
#[must_use]
pub fn default_log_group(function: &str) -> String {
    format!("/aws/lambda/{function}")
}

impl Function {
    /// The log group the function writes to.
    #[must_use]
    pub fn logs_to(&self) -> String {
        let own = self.logging.group.clone();
        own.unwrap_or_else(|| default_log_group(&self.name))
    }

    /// The region in its ARN.
    #[must_use]
    pub fn region(&self) -> &str {
        self.arn.split(':').nth(3).unwrap_or_default()
    }

    /// Whether this is the function of an unqualified ARN, or one of its versions.
    #[must_use]
    pub fn is_of(&self, unqualified_arn: &str) -> bool {
        let rest = self.arn.strip_prefix(unqualified_arn);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }

    /// Whether two looks at it differ in nothing that a deploy would change.
    #[must_use]
    pub fn is_same_but_revision(&self, other: &Self) -> bool {
        let plain = |function: &Self| Self {
            status: FunctionStatus::default(),
            ..function.clone()
        };
        plain(self) == plain(other)
    }
}

/// How the code is packaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PackageType {
    /// A zip archive with a managed or custom runtime.
    #[default]
    Zip,
    /// A container image.
    Image,
}

/// The format of the function's log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// Plain lines and tab-separated REPORT records.
    #[default]
    Text,
    /// JSON objects, one a line.
    Json,
}

/// Whether a function or version can be invoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Ready.
    #[default]
    Active,
    /// Being created, or its snapshot is being made.
    Pending,
    /// Idle for long; the first invocation wakes it.
    Inactive,
    /// Broken until its configuration is mended.
    Failed,
}

/// The state of the last configuration update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpdateStatus {
    /// The configuration is in force.
    #[default]
    Successful,
    /// A further update is refused until this one ends.
    InProgress,
    /// The update was rejected.
    Failed,
}
