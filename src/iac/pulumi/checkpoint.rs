//! Checkpoints and exports of stacks.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::iac::source_file::{LARGEST_STATE, SourceFile, json};
use crate::iac::stack::{OutputValue, ResourceKind, StackOutput, StackResource};
use crate::toml_file::FileError;

/// The format versions that are read.
const VERSIONS: [u64; 2] = [3, 4];
/// The key that marks a value as of a special kind, and the mark of a secret.
const MARK: &str = "4dabf18193072939515e22adb298388d";
const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
/// The type of the stack itself.
const STACK: &str = "pulumi:pulumi:Stack";

#[derive(Deserialize)]
struct CheckpointFile {
    version: Option<u64>,
    checkpoint: Option<CheckpointBody>,
    deployment: Option<Deployment>,
}

#[derive(Deserialize)]
struct CheckpointBody {
    #[serde(default)]
    stack: String,
    latest: Option<Deployment>,
}

#[derive(Deserialize)]
struct Deployment {
    #[serde(default)]
    resources: Option<Vec<DeployedResource>>,
}

#[derive(Deserialize)]
struct DeployedResource {
    #[serde(default)]
    urn: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    outputs: Option<BTreeMap<String, Value>>,
}

/// What a checkpoint holds.
pub(in crate::iac) struct Checkpoint {
    /// The name of the stack with its organisation and its project, where the file has it so.
    pub(in crate::iac) full_name: Option<String>,
    pub(in crate::iac) resources: Vec<StackResource>,
    pub(in crate::iac) outputs: Vec<StackOutput>,
}

/// Reads the checkpoint of a file backend, or what `pulumi stack export` wrote.
///
/// # Errors
/// When it is too large, and those of [`checkpoint`].
pub(super) fn read_checkpoint(path: &Path, root: &Path) -> Result<Checkpoint, FileError> {
    checkpoint(&SourceFile::read(path, root, LARGEST_STATE)?)
}

/// Reads the text of one.
///
/// # Errors
/// When it is no JSON, neither of both, or of another version.
pub(in crate::iac) fn checkpoint(file: &SourceFile) -> Result<Checkpoint, FileError> {
    let read: CheckpointFile = json(file)?;
    let at = file.text.find("\"version\"").unwrap_or_default();
    match read.version {
        Some(version) if VERSIONS.contains(&version) => {}
        Some(version) => {
            let what = format!(
                "checkpoint version {version} is not read, only 3 and 4; 'pulumi stack export' of a current Pulumi writes those"
            );
            return Err(file.error(at, what));
        }
        None => return Err(file.error(at, "this is no checkpoint of Pulumi: it has no 'version'")),
    }
    let (name, latest) = match (read.checkpoint, read.deployment) {
        (Some(body), _) => (body.stack, body.latest),
        (None, Some(deployment)) => (String::new(), Some(deployment)),
        (None, None) => {
            let what =
                "this is no checkpoint of Pulumi: it has neither 'checkpoint' nor 'deployment'";
            return Err(file.error(at, what));
        }
    };
    let deployed = latest
        .and_then(|latest| latest.resources)
        .unwrap_or_default();
    let stack = deployed.iter().find(|resource| resource.kind == STACK);
    let outputs = stack
        .and_then(|stack| stack.outputs.as_ref())
        .into_iter()
        .flatten();
    Ok(Checkpoint {
        full_name: Some(name).filter(|name| name.contains('/')),
        outputs: outputs.map(|(name, value)| output(name, value)).collect(),
        resources: deployed.iter().filter_map(resource).collect(),
    })
}

fn output(name: &str, value: &Value) -> StackOutput {
    StackOutput {
        name: name.to_owned(),
        value: if is_secret(value) {
            OutputValue::Hidden
        } else {
            OutputValue::of_json(value)
        },
    }
}

/// Whether a value is a secret, or has one in it.
fn is_secret(value: &Value) -> bool {
    match value {
        Value::Object(fields) => {
            let is_marked = fields.get(MARK).is_some_and(|mark| mark == SECRET)
                || fields.contains_key("ciphertext");
            is_marked || fields.values().any(is_secret)
        }
        Value::Array(items) => items.iter().any(is_secret),
        _ => false,
    }
}

fn resource(of: &DeployedResource) -> Option<StackResource> {
    let kind = ResourceKind::of_type(&of.kind)?;
    let outputs = of.outputs.as_ref();
    let value = |key: &str| outputs.and_then(|outputs| outputs.get(key));
    let text = |key: &str| value(key).and_then(Value::as_str).map(str::to_owned);
    let named = [
        "name",
        "functionName",
        "logGroupName",
        "clusterName",
        "serviceName",
    ];
    let name = match kind {
        ResourceKind::EcsTaskDefinition => text("family"),
        _ => named.iter().find_map(|key| text(key)),
    };
    let memory = value("memorySize")
        .and_then(Value::as_f64)
        .filter(|size| (0.0..=1e6).contains(size));
    Some(StackResource {
        kind,
        name,
        address: of.urn.rsplit("::").next().unwrap_or_default().to_owned(),
        arn: text("arn"),
        memory: memory.and_then(|size| format!("{size:.0}").parse().ok()),
    })
}
