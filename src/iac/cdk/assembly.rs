//! `cdk.out`: the manifest, and what it says of each stack.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::iac::source_file::{LARGEST_STATE, SourceFile, json};
use crate::iac::stack::StackHome;
use crate::toml_file::FileError;

/// How deep assemblies of stages are nested.
const DEEPEST: usize = 4;

/// What was synthesised.
pub(super) struct Assembly {
    pub(super) stacks: Vec<AssemblyStack>,
}

/// A stack that was synthesised.
pub(super) struct AssemblyStack {
    /// Its name in CloudFormation.
    pub(super) name: String,
    pub(super) template: PathBuf,
    /// The account and the region, where the app fixes them.
    pub(super) home: StackHome,
    /// Notes on constructs by their paths.
    metadata: BTreeMap<String, Vec<MetadataEntry>>,
    metadata_file: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
struct ManifestFile {
    #[serde(default)]
    artifacts: BTreeMap<String, Artifact>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Artifact {
    #[serde(rename = "type")]
    kind: String,
    properties: ArtifactProperties,
    environment: String,
    metadata: BTreeMap<String, Vec<MetadataEntry>>,
    #[serde(rename = "additionalMetadataFile")]
    metadata_file: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ArtifactProperties {
    template_file: Option<String>,
    stack_name: Option<String>,
    directory_name: Option<String>,
}

/// A note on a construct.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct MetadataEntry {
    #[serde(rename = "type")]
    kind: String,
    data: Value,
    trace: Vec<String>,
}

impl Assembly {
    /// Reads `cdk.out`; none when it is not there.
    ///
    /// # Errors
    /// When its manifest cannot be read.
    pub(super) fn read(out: &Path, root: &Path) -> Result<Option<Self>, FileError> {
        if !out.join("manifest.json").is_file() {
            return Ok(None);
        }
        let mut stacks = Vec::new();
        read_into(out, root, 0, &mut stacks)?;
        Ok(Some(Self { stacks }))
    }
}

fn read_into(
    out: &Path,
    root: &Path,
    depth: usize,
    stacks: &mut Vec<AssemblyStack>,
) -> Result<(), FileError> {
    let file = SourceFile::read(&out.join("manifest.json"), root, LARGEST_STATE)?;
    let manifest: ManifestFile = json(&file)?;
    for (id, artifact) in manifest.artifacts {
        let properties = artifact.properties;
        match artifact.kind.as_str() {
            "aws:cloudformation:stack" => {
                let Some(template) = properties.template_file.and_then(|name| inside(out, &name))
                else {
                    continue;
                };
                stacks.push(AssemblyStack {
                    name: properties.stack_name.unwrap_or(id),
                    template,
                    home: home(&artifact.environment),
                    metadata: artifact.metadata,
                    metadata_file: artifact.metadata_file.and_then(|name| inside(out, &name)),
                });
            }
            "cdk:cloud-assembly" if depth < DEEPEST => {
                let inner = properties
                    .directory_name
                    .and_then(|name| inside(out, &name));
                if let Some(inner) = inner.filter(|inner| inner.join("manifest.json").is_file()) {
                    read_into(&inner, root, depth + 1, stacks)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The home in `aws://123456789012/eu-west-1`; what the app leaves open is named `unknown-…`.
fn home(environment: &str) -> StackHome {
    let rest = environment.strip_prefix("aws://").unwrap_or_default();
    let (account, region) = rest.split_once('/').unwrap_or_default();
    let known = |word: &str| {
        let is_known = !word.is_empty() && !word.starts_with("unknown-");
        is_known.then(|| word.to_owned())
    };
    StackHome {
        account: known(account),
        region: known(region),
    }
}

/// A file of the assembly: a name that leads out of it is none.
fn inside(out: &Path, name: &str) -> Option<PathBuf> {
    let is_plain = Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    is_plain.then(|| out.join(name))
}

impl AssemblyStack {
    /// The lines of the stack of calls that made a resource, by its logical id, and the path of its construct.
    pub(super) fn creation(&self, logical: &str, root: &Path) -> Option<(String, Vec<String>)> {
        let from_file = self.metadata_file.as_ref().and_then(|path| {
            let file = SourceFile::read(path, root, LARGEST_STATE).ok()?;
            json::<BTreeMap<String, Vec<MetadataEntry>>>(&file).ok()
        });
        let both = from_file.iter().flatten().chain(&self.metadata);
        let mut of_id = both.filter(|(_, entries)| {
            let is_it = |entry: &MetadataEntry| {
                entry.kind == "aws:cdk:logicalId" && entry.data.as_str() == Some(logical)
            };
            entries.iter().any(is_it)
        });
        let (path, entries) = of_id.next()?;
        let lines = entries
            .iter()
            .find(|entry| entry.kind == "aws:cdk:creationStack");
        let lines = lines.and_then(|entry| entry.data.as_array()).map(|lines| {
            let texts = lines.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        });
        let traced = || {
            entries
                .iter()
                .find(|entry| !entry.trace.is_empty())
                .map(|entry| entry.trace.clone())
        };
        Some((path.clone(), lines.or_else(traced).unwrap_or_default()))
    }
}
