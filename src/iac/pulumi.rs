//! Pulumi: projects, checkpoints of stacks, configuration, and the source.

mod checkpoint;
mod memory;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha1::{Digest as _, Sha1};

use super::commands::StackIntent;
use super::data::{DataFile, DataNode};
use super::environment::IacEnvironment;
use super::source_file::{LARGEST_SOURCE, SourceFile, files_ending, json, shown_path};
use super::stack::Stack;
use super::survey::{Project, written};
use super::tool::Tool;
use super::walk::WalkedDir;
use crate::text::hexadecimal;
use crate::toml_file::FileError;
pub(super) use checkpoint::checkpoint;
pub(super) use memory::{guesses, places};

/// The runtimes whose programs are read.
const LANGUAGES: [&str; 3] = ["nodejs", "python", "yaml"];
/// How many directories above the project a `.pulumi` is looked for.
const DIRS_ABOVE: usize = 4;

/// A directory with `Pulumi.yaml` as a project.
pub(super) fn project(
    dir: &WalkedDir,
    file: &str,
    root: &Path,
    environment: &IacEnvironment,
    problems: &mut Vec<FileError>,
) -> Project {
    let mut project = named(dir, file, root, problems);
    let kept = kept_files(&project, environment);
    let mut selected = selected(&project, environment);
    if let Some(it) = &mut selected {
        it.tell_from(&kept, &project.name);
    }
    for (name, path) in stack_files(&project, kept, selected.as_ref()) {
        let mut stack = Stack::named(name);
        if let Some(selected) = selected.as_ref().filter(|it| it.name == stack.name) {
            stack.is_selected = true;
            stack.selector.clone_from(&selected.selector);
        }
        stack.region = configured_region(&project, &stack.name, root);
        read_into(&mut stack, &project, path.as_deref(), root, problems);
        project.stacks.push(stack);
    }
    project
}

/// The stack that Pulumi works on.
struct SelectedStack {
    /// Its name alone, as files have it; whole where another stack of that name is kept here.
    name: String,
    /// With its organisation and its project, where those were named: without them another stack may be meant.
    selector: Option<String>,
}

/// The organisation of all stacks of a file backend.
const OF_FILES: &str = "organization";

impl SelectedStack {
    fn of(full: String) -> Self {
        let name = alone(&full).to_owned();
        let selector = (name != full).then_some(full);
        Self { name, selector }
    }

    /// Takes its whole name where one of these checkpoints is of another stack of its name.
    fn tell_from(&mut self, kept: &[(String, PathBuf)], project: &str) {
        let has_name = kept.iter().any(|(name, _)| *name == self.name);
        if has_name && !self.may_be_kept(project) {
            self.name = self.selector.take().unwrap_or_default();
        }
    }

    /// Whether it may be the one of a checkpoint that the file backend keeps for this project.
    fn may_be_kept(&self, project: &str) -> bool {
        let full = self.selector.as_deref().unwrap_or(&self.name);
        let parts: Vec<&str> = full.split('/').collect();
        match parts.as_slice() {
            [organisation, of, _] => *organisation == OF_FILES && *of == project,
            [organisation, _] => *organisation == OF_FILES,
            _ => true,
        }
    }
}

/// The name of a stack without its organisation and its project.
fn alone(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The region that the configuration of a stack names.
fn configured_region(project: &Project, stack: &str, root: &Path) -> Option<String> {
    let data = config_files(project, stack).find_map(|path| read_file(&path, root).ok())?;
    let region = data.root.find(&["config", "aws:region"])?;
    region.plain().map(str::to_owned)
}

/// The files that may configure a stack.
fn config_files(project: &Project, stack: &str) -> impl Iterator<Item = PathBuf> {
    let stack = alone(stack);
    let names = ["yaml", "yml"].map(|end| format!("Pulumi.{stack}.{end}"));
    let paths = names.map(|name| project.path.join(name)).into_iter();
    paths.filter(|path| path.is_file())
}

fn read_file(path: &Path, root: &Path) -> Result<DataFile, FileError> {
    SourceFile::read(path, root, LARGEST_SOURCE).and_then(DataFile::parse)
}

fn read_into(
    stack: &mut Stack,
    project: &Project,
    path: Option<&Path>,
    root: &Path,
    problems: &mut Vec<FileError>,
) {
    let Some(path) = path else {
        let command = project.command_text(stack, StackIntent::Export);
        stack.notes.push(format!(
            "No checkpoint is here: Pulumi Cloud or another backend has it; {command} shows it."
        ));
        return;
    };
    stack.source = Some(shown_path(path, root));
    match checkpoint::read_checkpoint(path, root) {
        Ok(checkpoint) => {
            stack.is_known = true;
            stack.selector = checkpoint.full_name.or(stack.selector.take());
            stack.written = written(path);
            stack.resources = checkpoint.resources;
            stack.outputs = checkpoint.outputs;
        }
        Err(error) => {
            let what = "Its checkpoint could not be read.";
            stack.notes.push(what.to_owned());
            problems.push(error);
        }
    }
}

/// A project with its name and what it says of its program.
fn named(dir: &WalkedDir, file: &str, root: &Path, problems: &mut Vec<FileError>) -> Project {
    let mut project = Project::at(Tool::Pulumi, dir, file, root);
    match read_file(&dir.path.join(file), root) {
        Ok(data) => {
            let language = memory::runtime(&data).filter(|name| !LANGUAGES.contains(name));
            if let Some(name) = language {
                project.notes.push(format!(
                    "Its programs in '{name}' are not read, only TypeScript, JavaScript, Python and YAML."
                ));
            }
            if let Some(name) = data.root.get("name").and_then(DataNode::plain) {
                name.clone_into(&mut project.name);
            }
        }
        Err(error) => problems.push(error),
    }
    project
}

/// The stack that Pulumi works on in a directory; none where there is no project, or none was selected.
pub(super) fn selected_stack(dir: &Path, environment: &IacEnvironment) -> Option<String> {
    let mut names = ["Pulumi.yaml", "Pulumi.yml"].into_iter();
    let file = names.find(|name| dir.join(name).is_file())?;
    let walked = WalkedDir {
        path: dir.to_owned(),
        files: vec![file.to_owned()],
        has_cdk_out: false,
    };
    let project = named(&walked, file, dir, &mut Vec::new());
    selected(&project, environment).map(|it| it.name)
}

/// The stack that Pulumi works on in the project.
fn selected(project: &Project, environment: &IacEnvironment) -> Option<SelectedStack> {
    #[derive(Deserialize)]
    struct WorkspaceNote {
        #[serde(default)]
        stack: String,
    }
    let told = environment.pulumi_stack.clone();
    let noted = || {
        let path = std::path::absolute(project.path.join(&project.file)).ok()?;
        let sum = Sha1::digest(path.as_os_str().as_encoded_bytes());
        let name = format!("{}-{}-workspace.json", project.name, hexadecimal(&sum, 40));
        let home = environment.pulumi_home.as_ref()?.join("workspaces");
        let file = SourceFile::read(&home.join(name), &home, LARGEST_SOURCE).ok()?;
        let note: WorkspaceNote = json(&file).ok()?;
        Some(note.stack)
    };
    let full = told.or_else(noted).filter(|name| !name.is_empty())?;
    Some(SelectedStack::of(full))
}

/// The checkpoints that the file backend keeps of the project, by the names of their stacks.
fn kept_files(project: &Project, environment: &IacEnvironment) -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for dir in checkpoint_dirs(project, environment) {
        for path in files_ending(&dir, ".json") {
            let name = path.file_stem();
            let name = name.map(|name| name.to_string_lossy().into_owned());
            if let Some(name) = name.filter(|name| !found.iter().any(|(other, _)| other == name)) {
                found.push((name, path));
            }
        }
    }
    found
}

/// The stacks by name, each with the file that has its checkpoint.
fn stack_files(
    project: &Project,
    kept: Vec<(String, PathBuf)>,
    selected: Option<&SelectedStack>,
) -> Vec<(String, Option<PathBuf>)> {
    let kept = kept.into_iter();
    let mut found: Vec<_> = kept.map(|(name, path)| (name, Some(path))).collect();
    let configured = files_ending(&project.path, "")
        .into_iter()
        .filter_map(|path| stack_of_config(&path.file_name()?.to_string_lossy()));
    for name in configured.chain(selected.map(|it| it.name.clone())) {
        if found.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let exports = [
            format!("{name}.json"),
            format!("{name}.export.json"),
            format!("{name}.stack.json"),
        ];
        let export = exports
            .iter()
            .map(|file| project.path.join(file))
            .find(|path| path.is_file());
        found.push((name, export));
    }
    found.sort();
    found
}

/// The stack that `Pulumi.<stack>.yaml` configures.
fn stack_of_config(file: &str) -> Option<String> {
    let inner = file.strip_prefix("Pulumi.")?;
    let name = inner
        .strip_suffix(".yaml")
        .or_else(|| inner.strip_suffix(".yml"))?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Where the file backend keeps checkpoints of the project: in a `.pulumi` of the project's directory, of one above it,
/// or of the home directory.
fn checkpoint_dirs(project: &Project, environment: &IacEnvironment) -> Vec<PathBuf> {
    let above = project
        .path
        .ancestors()
        .take(DIRS_ABOVE)
        .map(|dir| dir.join(".pulumi"));
    let bases: Vec<PathBuf> = above.chain(environment.pulumi_home.clone()).collect();
    let mut dirs = Vec::new();
    for base in bases {
        let stacks = base.join("stacks");
        let of_project = stacks.join(&project.name);
        let is_plain = !project.name.contains(['/', '\\']) && !project.name.starts_with('.');
        if is_plain && of_project.is_dir() {
            dirs.push(of_project);
        } else if stacks.is_dir() && base.parent() == Some(project.path.as_path()) {
            dirs.push(stacks);
        }
    }
    dirs
}

#[cfg(test)]
mod tests;
