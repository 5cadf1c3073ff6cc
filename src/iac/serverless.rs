//! The Serverless Framework's `serverless.yml`.

use std::path::Path;

use super::data::{DataFile, DataNode};
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
            "{file} is a program; only serverless.yml and serverless.json are read."
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
    let region = data.root.find(&["provider", "region"]);
    stack.home.region = region.and_then(DataNode::plain).and_then(literal);
    let entries = functions.map_or(&[][..], DataNode::entries);
    let functions = entries
        .iter()
        .filter_map(|(id, node)| Some((id.text()?, node)));
    stack.resources = functions
        .map(|(id, node)| function(data, id, node, prefix.as_deref()))
        .collect();
    project.stacks.push(stack);
}

/// A function; without a name of its own it has the prefix and its id.
fn function(data: &DataFile, id: &str, node: &DataNode, prefix: Option<&str>) -> StackResource {
    let own = node.get("name").and_then(DataNode::plain);
    let own = own.filter(|name| !name.contains("${")).map(str::to_owned);
    let memory = node
        .get(SIZE)
        .or_else(|| data.root.find(&["provider", SIZE]));
    StackResource {
        kind: ResourceKind::Function,
        name: own.or_else(|| Some(format!("{}{id}", prefix?))),
        address: id.to_owned(),
        arn: None,
        memory: memory.map_or(Some(DEFAULT), DataNode::number),
    }
}

/// A value as it is without options: `dev` for `dev`, and for `${opt:stage, 'dev'}`.
fn literal(text: &str) -> Option<String> {
    if !text.contains("${") {
        return Some(text.to_owned());
    }
    let (_, fallback) = text.strip_prefix("${opt:")?.split_once(',')?;
    let fallback = fallback.trim().strip_suffix('}')?;
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
    let edit = data
        .with_entry(function, SIZE, to)
        .filter(|_| !function.is_alias);
    let mut own = PlaceFinding::absent(function.at.clone(), edit);
    let findings = match (function.get(SIZE), data.root.find(&["provider", SIZE])) {
        (Some(size), _) => vec![given(&data, size, &of.stack.name, to)],
        (None, Some(size)) => {
            let mut shared = given(&data, size, &of.stack.name, to);
            shared.also.extend(others(&data, id));
            shared.begin("It gives no size; this is the one of the provider.");
            own.from = size.number();
            own.doubt(ONLY_OWN);
            vec![shared, own]
        }
        (None, None) => {
            let why =
                format!("It gives no size, so that it has the framework's default, {DEFAULT} MB.");
            own.say(&why);
            vec![own]
        }
    };
    let start = format!("It is function '{id}' of service '{}'.", of.project.name);
    let told = findings.into_iter().map(|mut finding| {
        finding.begin(&start);
        finding.place(Tool::Serverless, &data.file, of.target.to)
    });
    told.collect()
}

fn given(data: &DataFile, size: &DataNode, stage: &str, to: u32) -> PlaceFinding {
    let Some(number) = size.number() else {
        if let Some(finding) = referred(data, size, stage, to) {
            return finding;
        }
        let what = data.file.slice(&size.at);
        let why = format!("The value is '{what}', which the framework fills in.");
        return PlaceFinding::by_hand(size.at.clone(), why);
    };
    data.number_finding(size, number, to)
}

/// The number that `${self:custom.memory.dev}` leads to in this file, the stage in it filled in.
fn referred(data: &DataFile, size: &DataNode, stage: &str, to: u32) -> Option<PlaceFinding> {
    let written = size.plain()?;
    let mut path = written
        .strip_prefix("${self:")?
        .strip_suffix('}')?
        .to_owned();
    for name in ["${sls:stage}", "${self:provider.stage}", "${opt:stage}"] {
        path = path.replace(name, stage);
    }
    let keys: Vec<&str> = path.split('.').collect();
    let node = data.root.find(&keys)?;
    let mut finding = data.number_finding(node, node.number()?, to);
    finding.say(&format!("The value is '{path}' of this file."));
    let functions = data
        .root
        .get("functions")
        .map_or(&[][..], DataNode::entries);
    let others = functions.iter().filter(|(_, function)| {
        let other = function.get(SIZE).filter(|other| other.at != size.at);
        other.and_then(DataNode::plain) == Some(written)
    });
    let others = others.filter_map(|(id, _)| id.text());
    finding.also.extend(others.map(str::to_owned));
    Some(finding)
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
            for mut place in places(&of, code) {
                place.confidence = place.confidence.max(PlaceConfidence::Likely);
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
