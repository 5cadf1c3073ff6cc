//! The code and configuration of one function version: what an update changes and a publication freezes.

use std::collections::BTreeMap;
use std::time::Duration;

use super::chance;
use crate::lambda::{Architecture, FunctionHosting, LogFormat, MemoryMb, PackageType};

/// A version's code and configuration. Two equal settings publish as one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSettings {
    /// The description.
    pub description: String,
    /// The memory size.
    pub memory: MemoryMb,
    /// The time-out of one invocation.
    pub timeout: Duration,
    /// What runs.
    pub code: StoredCode,
    /// The ARN of the execution role.
    pub role: String,
    /// The instruction set.
    pub architecture: Architecture,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// Text or JSON log records.
    pub log_format: LogFormat,
    /// The log group.
    pub log_group: String,
    /// How the service runs it.
    pub hosting: FunctionHosting,
}

/// The code of a version, and how the service runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCode {
    /// Zip archive or container image.
    pub package: PackageType,
    /// The managed runtime; `None` for container images.
    pub runtime: Option<String>,
    /// The entry point; `None` for container images.
    pub handler: Option<String>,
    /// The base64 SHA-256 of the package.
    pub sha256: String,
    /// The size of the package in bytes; 0 for container images.
    pub size: u64,
}

impl FunctionSettings {
    /// The settings of a new function: 128 MB, 30 s, Node.js, `x86_64`, text logs.
    pub(super) fn new(name: &str) -> Self {
        Self {
            description: String::new(),
            memory: MemoryMb::MIN,
            timeout: Duration::from_secs(30),
            code: StoredCode::new(name),
            role: String::new(),
            architecture: Architecture::X86_64,
            variables: BTreeMap::new(),
            log_format: LogFormat::Text,
            log_group: format!("/aws/lambda/{name}"),
            hosting: FunctionHosting::default(),
        }
    }
}

impl StoredCode {
    /// A zip archive for Node.js whose hash and size follow from `content`.
    fn new(content: &str) -> Self {
        Self {
            package: PackageType::Zip,
            runtime: Some("nodejs22.x".to_owned()),
            handler: Some("index.handler".to_owned()),
            sha256: chance::code_sha256(content),
            size: 1_000 + 7 * u64::from(content.bytes().map(u32::from).sum::<u32>()),
        }
    }

    /// Becomes a container image: no runtime, no entry point, no size.
    pub(super) fn pack_as_image(&mut self) {
        self.package = PackageType::Image;
        self.runtime = None;
        self.handler = None;
        self.size = 0;
    }

    /// Replaces the code by one whose hash follows from `content`; it is packed and run as before.
    pub fn replace(&mut self, content: &str) {
        self.sha256 = chance::code_sha256(content);
    }
}
