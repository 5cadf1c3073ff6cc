//! The AWS CDK: what it synthesised into `cdk.out`, and the source that it came from.

mod assembly;
mod frames;
mod memory;
mod source_map;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::quote::{path_word, shell};
use super::source_file::{LARGEST_SOURCE, SourceFile, json, shown_path};
use super::stack::{OutputValue, Stack, StackOutput};
use super::survey::{Project, written};
use super::template::{self, TemplateText};
use super::tool::Tool;
use super::walk::WalkedDir;
use crate::toml_file::FileError;
use assembly::{Assembly, AssemblyStack};
pub(super) use memory::{guesses, places};

/// The files in which `cdk deploy --outputs-file` is told to leave values, by custom.
const OUTPUT_FILES: &[&str] = &["cdk-outputs.json", "outputs.json", "cdk.outputs.json"];

/// A directory with `cdk.json` or `cdk.out` as a project.
pub(super) fn project(
    dir: &WalkedDir,
    root: &Path,
    problems: &mut Vec<FileError>,
) -> Option<Project> {
    let is_app = dir.files.iter().any(|file| file == "cdk.json");
    let out = dir.path.join("cdk.out");
    if !is_app && !out.join("manifest.json").is_file() {
        return None;
    }
    let file = if is_app { "cdk.json" } else { "cdk.out" };
    let mut project = Project::at(Tool::Cdk, dir, file, root);
    match Assembly::read(&out, root) {
        Ok(Some(assembly)) => {
            let values = output_values(&dir.path, root, problems);
            let stacks = assembly.stacks.iter();
            project.stacks = stacks
                .map(|stack| read_stack(stack, root, &values, problems))
                .collect();
        }
        Ok(None) => {
            let dir = shell(&path_word(&project.dir));
            project.notes.push(format!(
                "Nothing is synthesised yet: `(cd {dir} && cdk synth -q)` writes cdk.out."
            ));
        }
        Err(error) => problems.push(error),
    }
    Some(project)
}

fn read_stack(
    of: &AssemblyStack,
    root: &Path,
    values: &BTreeMap<String, Value>,
    problems: &mut Vec<FileError>,
) -> Stack {
    let mut stack = Stack::named(of.name.clone());
    stack.account.clone_from(&of.account);
    stack.region.clone_from(&of.region);
    stack.selector = (of.id != of.name).then(|| of.id.clone());
    stack.source = Some(shown_path(&of.template, root));
    stack.written = written(&of.template);
    let template =
        SourceFile::read(&of.template, root, LARGEST_SOURCE).and_then(TemplateText::parse);
    match template {
        Ok(template) => {
            stack.is_known = true;
            stack.resources = template::resources(&template);
            stack.outputs = template::outputs(&template);
        }
        Err(error) => problems.push(error),
    }
    let given = values.get(&of.name);
    for output in &mut stack.outputs {
        if let Some(value) = given.and_then(|given| given.get(&output.name)) {
            output.value = OutputValue::of_json(value);
        }
    }
    let missing = |output: &StackOutput| output.value == OutputValue::Elsewhere;
    if stack.outputs.iter().any(missing) {
        let name = shell(&of.name);
        stack.notes.push(format!(
            "The CDK keeps no state: CloudFormation has the values; `aws cloudformation describe-stacks --stack-name {name}` shows them, and the next deployment writes them with '--outputs-file cdk-outputs.json'."
        ));
    }
    stack
}

/// The values that a deployment left in a file, by stack.
fn output_values(
    dir: &Path,
    root: &Path,
    problems: &mut Vec<FileError>,
) -> BTreeMap<String, Value> {
    let paths = OUTPUT_FILES.iter().map(|name| dir.join(name));
    let Some(path) = paths.into_iter().find(|path| path.is_file()) else {
        return BTreeMap::new();
    };
    let values = SourceFile::read(&path, root, LARGEST_SOURCE).and_then(|file| json(&file));
    values.unwrap_or_else(|error| {
        problems.push(error);
        BTreeMap::new()
    })
}

#[cfg(test)]
mod tests;
