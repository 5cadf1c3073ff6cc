//! The configuration of one function version: what an update changes and a publication freezes.

use std::collections::BTreeMap;
use std::time::Duration;

use super::chance;
use crate::lambda::{Architecture, LogFormat, MemoryMb, PackageType, SnapStart};

/// A version's code and configuration. Two equal settings publish as one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSettings {
    /// The description.
    pub description: String,
    /// The memory size.
    pub memory: MemoryMb,
    /// The time-out of one invocation.
    pub timeout: Duration,
    /// The managed runtime; `None` for container images.
    pub runtime: Option<String>,
    /// The entry point; `None` for container images.
    pub handler: Option<String>,
    /// The ARN of the execution role.
    pub role: String,
    /// The instruction set.
    pub architecture: Architecture,
    /// Zip archive or container image.
    pub package: PackageType,
    /// The base64 SHA-256 of the code.
    pub code_sha256: String,
    /// The size of the package in bytes; 0 for container images.
    pub code_size: u64,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// Text or JSON log records.
    pub log_format: LogFormat,
    /// The log group.
    pub log_group: String,
    /// Whether published versions restore a snapshot.
    pub snap_start: SnapStart,
}

impl FunctionSettings {
    /// The settings of a new function: 128 MB, 30 s, Node.js, `x86_64`, text logs.
    pub(super) fn new(name: &str) -> Self {
        Self {
            description: String::new(),
            memory: MemoryMb::MIN,
            timeout: Duration::from_secs(30),
            runtime: Some("nodejs22.x".to_owned()),
            handler: Some("index.handler".to_owned()),
            role: String::new(),
            architecture: Architecture::X86_64,
            package: PackageType::Zip,
            code_sha256: chance::code_sha256(name),
            code_size: 1_000 + 7 * u64::from(name.bytes().map(u32::from).sum::<u32>()),
            variables: BTreeMap::new(),
            log_format: LogFormat::Text,
            log_group: format!("/aws/lambda/{name}"),
            snap_start: SnapStart::Off,
        }
    }

    /// Replaces the code by one whose hash follows from `content`.
    pub fn replace_code(&mut self, content: &str) {
        self.code_sha256 = chance::code_sha256(content);
    }
}
