//! Templates of CloudFormation and SAM.

mod memory;
mod samconfig;

use std::path::Path;

use super::data::{DataFile, DataNode};
use super::source_file::{LARGEST_SOURCE, SourceFile};
use super::stack::{OutputValue, ResourceKind, Stack, StackOutput, StackResource, UNNAMED};
use super::survey::Project;
use super::tool::Tool;
use super::walk::{WalkedDir, is_template};
use crate::toml_file::FileError;
pub(super) use memory::places;
use samconfig::{SamConfig, SamStack};

/// The longest name that is filled in, in bytes; no name in AWS is nearly as long.
const LONGEST_NAME: usize = 4_096;

/// A template.
pub(super) struct TemplateText {
    pub(super) data: DataFile,
}

impl TemplateText {
    /// Reads YAML or JSON as a template.
    ///
    /// # Errors
    /// With the line where it is neither.
    pub(super) fn parse(file: SourceFile) -> Result<Self, FileError> {
        let data = DataFile::parse(file)?;
        Ok(Self { data })
    }

    fn is_sam(&self) -> bool {
        let transform = self.data.root.get("Transform");
        let says = |node: &DataNode| {
            node.text()
                .is_some_and(|text| text.starts_with("AWS::Serverless"))
        };
        transform.is_some_and(|node| says(node) || node.items().iter().any(says))
    }

    /// The resources with their logical ids.
    fn resources(&self) -> impl Iterator<Item = (&str, &DataNode)> {
        let all = self
            .data
            .root
            .get("Resources")
            .map_or(&[][..], DataNode::entries);
        all.iter()
            .filter_map(|(id, resource)| Some((id.text()?, resource)))
    }

    /// The default of a parameter.
    fn parameter(&self, name: &str) -> Option<&DataNode> {
        self.data.root.find(&["Parameters", name, "Default"])
    }

    /// A text with what stands for the stack's name and for parameters filled in; none where anything is left open.
    fn filled(&self, node: &DataNode, stack: &str) -> Option<String> {
        if let Some(name) = node.reference() {
            return match name {
                "AWS::StackName" => Some(stack.to_owned()),
                name => self.parameter(name)?.plain().map(str::to_owned),
            };
        }
        let is_sub = node.tag.as_deref() == Some("Sub");
        let text = match node.get("Fn::Sub") {
            Some(inner) => inner.text()?,
            None if is_sub => node.text()?,
            None => return node.plain().map(str::to_owned),
        };
        self.substituted(text, stack)
    }

    /// A text with its `${…}` filled in, once: what is put in is not looked into again.
    fn substituted(&self, text: &str, stack: &str) -> Option<String> {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, behind)) = rest.split_once("${") {
            let (name, after) = behind.split_once('}')?;
            let value = match name {
                "AWS::StackName" => stack,
                name => self.parameter(name)?.plain()?,
            };
            if rest.len() + out.len() + value.len() > LONGEST_NAME {
                return None;
            }
            out.extend([before, value]);
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }
}

/// The templates of a directory as projects.
pub(super) fn projects(
    dir: &WalkedDir,
    root: &Path,
    problems: &mut Vec<FileError>,
) -> Vec<Project> {
    let names = dir.files.iter().filter(|name| is_template(name));
    let config = SamConfig::read(&dir.path, root, problems);
    let found = names.filter_map(|name| project(dir, name, root, &config, problems));
    found.collect()
}

fn project(
    dir: &WalkedDir,
    name: &str,
    root: &Path,
    config: &SamConfig,
    problems: &mut Vec<FileError>,
) -> Option<Project> {
    let read = read(&dir.path.join(name), root);
    let template = read.unwrap_or_else(|error| {
        problems.push(error);
        None
    })?;
    let is_sam = template.is_sam();
    let tool = if is_sam {
        Tool::Sam
    } else {
        Tool::CloudFormation
    };
    let mut project = Project::at(tool, dir, name, root);
    name.clone_into(&mut project.name);
    let known = if is_sam { config.stacks() } else { &[] };
    project.stacks = known.iter().map(|it| sam_stack(&template, it)).collect();
    if known.is_empty() {
        let what =
            "No file here names its stack; functions are matched by the ends of their names.";
        project.notes.push(what.to_owned());
        project.stacks.push(stack(&template, UNNAMED));
    }
    Some(project)
}

/// Reads a template; none where a file is only called one.
fn read(path: &Path, root: &Path) -> Result<Option<TemplateText>, FileError> {
    let file = SourceFile::read(path, root, LARGEST_SOURCE)?;
    let is_one = file.text.contains("Resources") && file.text.contains("AWS::");
    is_one.then(|| TemplateText::parse(file)).transpose()
}

fn sam_stack(template: &TemplateText, of: &SamStack) -> Stack {
    let mut stack = stack(template, &of.name);
    stack.home.region.clone_from(&of.region);
    let is_default = of.environment == "default";
    stack.config_name = (!is_default).then(|| of.environment.clone());
    stack
}

fn stack(template: &TemplateText, name: &str) -> Stack {
    let mut stack = Stack::named(name);
    stack.resources = resources_of(template, name);
    stack.outputs = outputs(template);
    if !stack.outputs.is_empty() && name != UNNAMED {
        let word = super::quote::shell(name);
        stack.notes.push(format!(
            "CloudFormation has the values: `aws cloudformation describe-stacks --stack-name {word}` shows them."
        ));
    }
    stack
}

/// The resources of a template whose stack's name plays no part.
pub(super) fn resources(template: &TemplateText) -> Vec<StackResource> {
    resources_of(template, UNNAMED)
}

fn resources_of(template: &TemplateText, stack: &str) -> Vec<StackResource> {
    let mut found = Vec::new();
    for (id, resource) in template.resources() {
        let kind = resource
            .get("Type")
            .and_then(DataNode::text)
            .and_then(ResourceKind::of_type);
        let Some(kind) = kind else {
            continue;
        };
        let key = match kind {
            ResourceKind::Function => "FunctionName",
            ResourceKind::LogGroup => "LogGroupName",
            ResourceKind::EcsCluster => "ClusterName",
            ResourceKind::EcsService => "ServiceName",
            ResourceKind::EcsTaskDefinition => "Family",
        };
        let name = resource.find(&["Properties", key]);
        found.push(StackResource {
            kind,
            name: name.map(|node| {
                template
                    .filled(node, stack)
                    .unwrap_or_else(|| template.data.file.slice(&node.at).to_owned())
            }),
            address: id.to_owned(),
            arn: None,
            memory: (kind == ResourceKind::Function)
                .then(|| memory::size(template, resource))
                .flatten(),
        });
    }
    found
}

/// The outputs of a template; their values are known to CloudFormation alone.
pub(super) fn outputs(template: &TemplateText) -> Vec<StackOutput> {
    let all = template
        .data
        .root
        .get("Outputs")
        .map_or(&[][..], DataNode::entries);
    let named = all.iter().filter_map(|(name, _)| name.text());
    let output = |name: &str| StackOutput {
        name: name.to_owned(),
        value: OutputValue::Elsewhere,
    };
    named.map(output).collect()
}

#[cfg(test)]
mod tests;
