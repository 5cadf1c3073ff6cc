//! Terraform's state files, format version 4.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::iac::source_file::{LARGEST_STATE, SourceFile, json};
use crate::iac::stack::{OutputValue, ResourceKind, StackOutput, StackResource};
use crate::toml_file::FileError;

/// The format version that is read.
const VERSION: u64 = 4;

#[derive(Debug, Deserialize)]
struct StateHead {
    version: Option<Value>,
    #[serde(default)]
    encrypted_data: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
struct StateBody {
    #[serde(default)]
    outputs: BTreeMap<String, StateOutput>,
    #[serde(default)]
    resources: Vec<StateResource>,
}

#[derive(Debug, Deserialize)]
struct StateOutput {
    #[serde(default)]
    value: Value,
    #[serde(default)]
    sensitive: bool,
}

#[derive(Debug, Deserialize)]
struct StateResource {
    #[serde(default)]
    module: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    #[serde(default)]
    instances: Vec<StateInstance>,
}

#[derive(Debug, Deserialize)]
struct StateInstance {
    #[serde(default)]
    index_key: Option<Value>,
    #[serde(default)]
    attributes: Option<StateAttributes>,
}

/// The few attributes that are read: no others enter the program, sensitive ones least of all.
#[derive(Debug, Default, Deserialize)]
struct StateAttributes {
    #[serde(default)]
    function_name: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    family: Value,
    #[serde(default)]
    arn: Value,
    #[serde(default)]
    memory_size: Value,
}

/// What a state holds.
pub(super) struct TerraformState {
    pub(super) resources: Vec<StackResource>,
    pub(super) outputs: Vec<StackOutput>,
}

/// Reads a state; an empty file is an empty state.
///
/// # Errors
/// When it is too large, no JSON, encrypted, or of another version.
pub(super) fn read_state(path: &Path, root: &Path) -> Result<TerraformState, FileError> {
    let file = SourceFile::read(path, root, LARGEST_STATE)?;
    if file.text.trim().is_empty() {
        return Ok(TerraformState {
            resources: Vec::new(),
            outputs: Vec::new(),
        });
    }
    check_version(&file)?;
    let body: StateBody = json(&file)?;
    let outputs = body.outputs.into_iter().map(|(name, output)| StackOutput {
        name,
        value: if output.sensitive {
            OutputValue::Hidden
        } else {
            OutputValue::of_json(&output.value)
        },
    });
    Ok(TerraformState {
        outputs: outputs.collect(),
        resources: body.resources.iter().flat_map(resources).collect(),
    })
}

fn check_version(file: &SourceFile) -> Result<(), FileError> {
    let head: StateHead = json(file)?;
    if head.encrypted_data.is_some() {
        let what = "this state is encrypted; 'tofu output -json' shows what it holds";
        return Err(file.error_in_line(1, what));
    }
    let at = file.text.find("\"version\"").unwrap_or_default();
    match head.version.as_ref().and_then(Value::as_u64) {
        Some(VERSION) => Ok(()),
        None => Err(file.error(at, "this is no Terraform state: it has no 'version'")),
        Some(version) => {
            let what = format!(
                "state version {version} is not read, only version {VERSION}; a Terraform from 0.12 on writes it"
            );
            Err(file.error(at, what))
        }
    }
}

fn resources(resource: &StateResource) -> Vec<StackResource> {
    let is_managed = resource
        .mode
        .as_deref()
        .is_none_or(|mode| mode == "managed");
    let kind = ResourceKind::of_type(&resource.kind).filter(|_| is_managed);
    let Some(kind) = kind else {
        return Vec::new();
    };
    let instances = resource.instances.iter();
    instances
        .map(|instance| stack_resource(resource, instance, kind))
        .collect()
}

fn stack_resource(
    resource: &StateResource,
    instance: &StateInstance,
    kind: ResourceKind,
) -> StackResource {
    let module = resource
        .module
        .as_ref()
        .map_or_else(String::new, |it| format!("{it}."));
    let index = instance
        .index_key
        .as_ref()
        .map_or_else(String::new, |key| format!("[{key}]"));
    let empty = StateAttributes::default();
    let attributes = instance.attributes.as_ref().unwrap_or(&empty);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let name = match kind {
        ResourceKind::Function => &attributes.function_name,
        ResourceKind::EcsTaskDefinition => &attributes.family,
        _ => &attributes.name,
    };
    StackResource {
        kind,
        name: text(name),
        address: format!("{module}{}.{}{index}", resource.kind, resource.name),
        arn: text(&attributes.arn),
        memory: attributes
            .memory_size
            .as_u64()
            .and_then(|size| size.try_into().ok()),
    }
}
