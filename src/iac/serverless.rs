//! The Serverless Framework's `serverless.yml`.

mod variables;

use std::path::Path;

use super::data::{DataFile, DataNode};
use super::matching::other_place;
use super::memory::FoundFunction;
use super::place::{
    CodePlace, FunctionTarget, MemoryCode, ONLY_OWN, PlaceConfidence, PlaceFinding, joined,
};
use super::source_file::{LARGEST_SOURCE, SourceFile, has_ending};
use super::stack::{ResourceKind, Stack, StackResource, UNNAMED};
use super::survey::Project;
use super::tool::Tool;
use super::walk::WalkedDir;
use crate::toml_file::FileError;
use variables::{FilledValue, Variables};

/// The memory size a function has where none is given, in MB.
pub(super) const DEFAULT: u32 = 1024;
const SIZE: &str = "memorySize";

/// A directory with a `serverless.*` file as a project.
pub(super) fn project(
    dir: &WalkedDir,
    file: &str,
    root: &Path,
    problems: &mut Vec<FileError>,
) -> Project {
    let mut project = Project::at(Tool::Serverless, dir, file, root);
    if has_ending(file, &["ts", "js"]) {
        project.notes.push(format!(
            "{file} is not read: it is a program, and what it gives is known only once it runs. serverless.yml and serverless.json are read."
        ));
        return project;
    }
    match read(&project, root) {
        Ok(data) => fill(&mut project, &data),
        Err(error) => problems.push(error),
    }
    project
}

fn read(project: &Project, root: &Path) -> Result<DataFile, FileError> {
    let path = project.path.join(&project.file);
    SourceFile::read(&path, root, LARGEST_SOURCE).and_then(DataFile::parse)
}

fn fill(project: &mut Project, data: &DataFile) {
    let service = data.root.get("service");
    let service = service.and_then(|node| node.plain().or_else(|| node.get("name")?.plain()));
    let Some(service) = service else {
        return;
    };
    service.clone_into(&mut project.name);
    let stage = data
        .root
        .find(&["provider", "stage"])
        .and_then(DataNode::plain);
    let stage = stage.map_or(Some("dev".to_owned()), literal);
    if stage.is_none() {
        let what = "The stage is computed; functions are matched by service and name.";
        project.notes.push(what.to_owned());
    }
    let functions = data.root.get("functions");
    if functions.is_some_and(|node| node.text().is_some()) {
        let what = "The functions stand in other files, which are not read.";
        project.notes.push(what.to_owned());
    }
    let prefix = stage.as_ref().map(|stage| format!("{service}-{stage}-"));
    let mut stack = Stack::named(stage.as_deref().unwrap_or(UNNAMED));
    stack.is_known = true;
    let variables = Variables::of(data, stage.as_deref());
    let region = data.root.find(&["provider", "region"]);
    stack.region = region.and_then(|node| variables.text(node));
    let entries = functions.map_or(&[][..], DataNode::entries);
    let functions = entries
        .iter()
        .filter_map(|(id, node)| Some((id.text()?, node)));
    stack.resources = functions
        .map(|(id, node)| function(&variables, id, node, prefix.as_deref()))
        .collect();
    project.stacks.push(stack);
}

/// A function; without a name of its own it has the prefix and its id.
fn function(
    variables: &Variables<'_>,
    id: &str,
    node: &DataNode,
    prefix: Option<&str>,
) -> StackResource {
    let name = match node.get("name") {
        // A name that cannot be filled in is not known, and is none made of the service.
        Some(own) => variables.text(own),
        None => prefix.map(|prefix| format!("{prefix}{id}")),
    };
    let memory = node
        .get(SIZE)
        .or_else(|| variables.data.root.find(&["provider", SIZE]));
    let size = |node| {
        variables
            .text(node)
            .and_then(|text| text.trim().parse().ok())
    };
    StackResource {
        kind: ResourceKind::Function,
        name,
        address: id.to_owned(),
        arn: None,
        memory: memory.map_or(Some(DEFAULT), size),
    }
}

/// A stage as it is without options: `dev` for `dev`, and for `${opt:stage, 'dev'}`.
fn literal(text: &str) -> Option<String> {
    if !text.contains("${") {
        return Some(text.to_owned());
    }
    let fallback = text
        .strip_prefix("${opt:stage,")?
        .trim()
        .strip_suffix('}')?;
    let inner = fallback.trim().trim_matches(['\'', '"']);
    (!inner.contains(['$', '{', ':'])).then(|| inner.to_owned())
}

/// The places of a function of the file.
pub(super) fn places(of: &FoundFunction<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
    let Some(data) = code.keep(read(of.project, of.root)) else {
        return Vec::new();
    };
    let (id, to) = (of.resource.address.as_str(), of.target.to.megabytes());
    let Some(function) = data.root.find(&["functions", id]) else {
        return Vec::new();
    };
    let edit = data.with_entry(function, SIZE, to);
    let edit = edit.filter(|_| !function.is_alias);
    let mut own = PlaceFinding::absent(function.at.clone(), edit);
    let variables = Variables::of(&data, stage_of(of));
    let mut other_file = None;
    let findings = match (function.get(SIZE), data.root.find(&["provider", SIZE])) {
        (Some(size), _) => vec![given(&variables, size, to, &mut other_file)],
        (None, Some(size)) => {
            let mut shared = given(&variables, size, to, &mut other_file);
            shared.also.extend(others(&data, id));
            shared.begin("It gives no size; this is the one of the provider.");
            own.from = shared.from;
            own.say(ONLY_OWN);
            vec![shared, own]
        }
        (None, None) => {
            own.say(&format!(
                "It gives no size, so that it has the framework's default, {DEFAULT} MB."
            ));
            vec![own]
        }
    };
    let start = format!("It is function '{id}' of service '{}'.", of.project.name);
    let told = findings.into_iter().enumerate().map(|(at, mut finding)| {
        finding.begin(&start);
        // Only the first one may be a value of another file.
        let other = other_file.as_ref().filter(|_| at == 0);
        let file = other.map_or(&data.file, |other: &DataFile| &other.file);
        finding.place(Tool::Serverless, file, of.target.to)
    });
    told.collect()
}

/// The stage that a function is of, by its name or by the file.
fn stage_of<'f>(of: &FoundFunction<'f>) -> Option<&'f str> {
    let by_name = stage_in(&of.target.name, &of.project.name, &of.resource.address);
    by_name.or_else(|| Some(of.stack.name.as_str()).filter(|name| *name != UNNAMED))
}

/// The place of a size, which may stand in another file.
fn given(
    variables: &Variables<'_>,
    size: &DataNode,
    to: u32,
    other_file: &mut Option<DataFile>,
) -> PlaceFinding {
    let data = variables.data;
    if let Some(number) = size.number() {
        return data.number_finding(size, number, to);
    }
    let what = data.file.slice(&size.at);
    let by_hand = || {
        let why = format!("The value is '{what}', which the framework fills in.");
        PlaceFinding::by_hand(size.at.clone(), why)
    };
    let Some(FilledValue { file, node }) = variables.value(size) else {
        return by_hand();
    };
    let Some(number) = node.number() else {
        return by_hand();
    };
    let mut finding = file
        .as_ref()
        .unwrap_or(data)
        .number_finding(&node, number, to);
    finding.say(&format!("The value is '{what}'."));
    finding.also.extend(variables.others_with(size));
    *other_file = file;
    finding
}

/// The other functions that give no size.
fn others(data: &DataFile, own: &str) -> Vec<String> {
    let all = data
        .root
        .get("functions")
        .map_or(&[][..], DataNode::entries);
    let without = all
        .iter()
        .filter(|(_, function)| function.get(SIZE).is_none());
    let ids = without.filter_map(|(id, _)| id.text());
    ids.filter(|id| *id != own).map(str::to_owned).collect()
}

/// Functions of the service by a name of another stage: `<service>-<stage>-<function>`.
pub(super) fn guesses(
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let mut guesses = Vec::new();
    for stack in &project.stacks {
        for resource in stack.functions() {
            let Some(stage) = stage_in(&target.name, &project.name, &resource.address) else {
                continue;
            };
            let of = FoundFunction {
                project,
                root,
                stack,
                resource,
                target,
            };
            let why = format!("Its name is of stage '{stage}', which the file does not name.");
            let other = other_place(None, stack.region.as_deref(), target);
            for mut place in places(&of, code) {
                place.confidence = place.confidence.max(PlaceConfidence::Likely);
                if let Some(other) = &other {
                    place.lower(PlaceConfidence::Guess, other);
                }
                place.reason = joined(&[&why, &place.reason]);
                guesses.push(place);
            }
        }
    }
    guesses
}

fn stage_in<'n>(name: &'n str, service: &str, id: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(service)?.strip_prefix('-')?;
    let stage = rest.strip_suffix(id)?.strip_suffix('-')?;
    (!stage.is_empty()).then_some(stage)
}

#[cfg(test)]
mod tests;
