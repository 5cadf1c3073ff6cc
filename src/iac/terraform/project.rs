//! The workspaces of a Terraform project and what their states tell.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::config::{IN_JSON, TerraformFiles, normal};
use super::state::read_state;
use super::values::workspace_file;
use crate::iac::commands::StackIntent;
use crate::iac::environment::IacEnvironment;
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile, has_ending, json, shown_path};
use crate::iac::stack::Stack;
use crate::iac::survey::{Project, written};
use crate::iac::tool::Tool;
use crate::iac::walk::WalkedDir;
use crate::toml_file::FileError;

/// What `terraform init` notes of a backend.
#[derive(Deserialize)]
struct BackendNote {
    backend: Option<BackendKind>,
}

#[derive(Deserialize)]
struct BackendKind {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    config: Value,
}

/// The workspace that Terraform works on in a directory.
pub(in crate::iac) fn selected_workspace(dir: &Path, environment: &IacEnvironment) -> String {
    let noted = || {
        let path = environment.terraform_dir(dir).join("environment");
        let file = SourceFile::read(&path, dir, LARGEST_SOURCE).ok()?;
        Some(file.text.trim().to_owned()).filter(|name| !name.is_empty())
    };
    let told = environment.terraform_workspace.clone();
    told.or_else(noted).unwrap_or_else(|| "default".to_owned())
}

/// The workspaces of a project.
fn stacks(
    dir: &Path,
    shown_from: &Path,
    environment: &IacEnvironment,
    problems: &mut Vec<FileError>,
) -> Vec<Stack> {
    let selected = selected_workspace(dir, environment);
    let files = state_files(dir, &selected);
    let has_others = files.len() > 1;
    let mut stacks = Vec::new();
    for (name, path) in files {
        let is_selected = name == selected;
        if !is_selected && has_others && !path.exists() {
            continue;
        }
        let mut stack = read_stack(&name, &path, shown_from, problems);
        stack.is_selected = is_selected;
        let values = workspace_file(dir, &name);
        stack.values_file = values.map(|path| shown_path(&path, dir));
        stacks.push(stack);
    }
    stacks
}

/// The workspaces by name, each with the file that has its state when it is kept here.
fn state_files(dir: &Path, selected: &str) -> Vec<(String, PathBuf)> {
    let folder = dir.join("terraform.tfstate.d");
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    if selected != "default" && !names.iter().any(|name| name == selected) {
        names.push(selected.to_owned());
    }
    names.sort();
    let default = ("default".to_owned(), dir.join("terraform.tfstate"));
    let others = names.into_iter().map(|name| {
        let path = folder.join(&name).join("terraform.tfstate");
        (name, path)
    });
    std::iter::once(default).chain(others).collect()
}

fn read_stack(name: &str, path: &Path, shown_from: &Path, problems: &mut Vec<FileError>) -> Stack {
    let mut stack = Stack::named(name);
    if !path.exists() {
        return stack;
    }
    stack.source = Some(shown_path(path, shown_from));
    match read_state(path, shown_from) {
        Ok(state) => {
            stack.is_known = true;
            stack.written = written(path);
            stack.resources = state.resources;
            stack.outputs = state.outputs;
        }
        Err(error) => {
            let what = "Its state could not be read.";
            stack.notes.push(what.to_owned());
            problems.push(error);
        }
    }
    let lock = path.with_file_name(".terraform.tfstate.lock.info");
    if lock.exists() {
        stack.notes.push(lock_note(&lock, shown_from));
    }
    stack
}

fn lock_note(path: &Path, shown_from: &Path) -> String {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct LockInfo {
        who: String,
        operation: String,
        created: String,
    }
    let file = SourceFile::read(path, shown_from, LARGEST_SOURCE);
    let lock: LockInfo = file.and_then(|file| json(&file)).unwrap_or_default();
    let who = if lock.who.is_empty() {
        "somebody"
    } else {
        &lock.who
    };
    format!(
        "The state is locked by {who} ({} {}): it may be about to change.",
        lock.operation, lock.created
    )
}

fn backend(
    dir: &Path,
    shown_from: &Path,
    environment: &IacEnvironment,
    problems: &mut Vec<FileError>,
) -> Option<BackendKind> {
    let path = environment.terraform_dir(dir).join("terraform.tfstate");
    if !path.exists() {
        return None;
    }
    let file = SourceFile::read(&path, shown_from, LARGEST_SOURCE);
    let note: Result<BackendNote, FileError> = file.and_then(|file| json(&file));
    match note {
        Ok(note) => note.backend,
        Err(error) => {
            problems.push(error);
            None
        }
    }
}

/// Where a state stands that is not here, and the command that reads its outputs.
fn elsewhere(backend: Option<&BackendKind>, command: &str) -> String {
    let part = |backend: &BackendKind, name: &str| {
        let text = backend.config.get(name).and_then(Value::as_str);
        text.map(|text| format!(" {text}")).unwrap_or_default()
    };
    match backend {
        Some(it) if it.kind == "s3" => {
            let (bucket, key) = (part(it, "bucket"), part(it, "key"));
            format!("The state is in S3 (bucket{bucket}, key{key}); {command} shows its outputs.")
        }
        Some(it) if it.kind != "local" => {
            format!(
                "The state is kept by the backend '{}'; {command} shows its outputs.",
                it.kind
            )
        }
        _ => format!(
            "No state is here: nothing was applied, or the state is elsewhere; {command} shows its outputs."
        ),
    }
}

/// A directory with `*.tf` files as a project.
pub(in crate::iac) fn project(
    dir: &WalkedDir,
    root: &Path,
    environment: &IacEnvironment,
    problems: &mut Vec<FileError>,
) -> Project {
    let first = dir.files.iter().find(|file| is_terraform(file));
    let main = dir.files.iter().find(|file| *file == "main.tf").or(first);
    let mut project = Project::at(Tool::Terraform, dir, main.map_or("", String::as_str), root);
    project.stacks = stacks(&dir.path, root, environment, problems);
    let backend = backend(&dir.path, root, environment, problems);
    let read = |stack: &Stack| project.command_text(stack, StackIntent::Outputs);
    let commands: Vec<String> = project.stacks.iter().map(read).collect();
    for (stack, command) in project.stacks.iter_mut().zip(commands) {
        if stack.source.is_none() {
            stack.notes.push(elsewhere(backend.as_ref(), &command));
        }
    }
    project
}

/// Whether a file of this name is Terraform's, in its own language or in JSON.
pub(in crate::iac) fn is_terraform(name: &str) -> bool {
    has_ending(name, &["tf"]) || name.ends_with(IN_JSON)
}

/// The directories that other directories call as modules and that have no state of their own. What is parsed for that is
/// kept in `files`.
pub(in crate::iac) fn called_dirs(
    dirs: &[WalkedDir],
    root: &Path,
    environment: &IacEnvironment,
    files: &mut TerraformFiles,
) -> Vec<PathBuf> {
    let is_root = |path: &Path| {
        path.join("terraform.tfstate").exists() || environment.terraform_dir(path).exists()
    };
    let mut called = Vec::new();
    for dir in dirs {
        for name in dir.files.iter().filter(|name| is_terraform(name)) {
            let Some(file) = files.add(&dir.path.join(name), root) else {
                continue;
            };
            let calls = file.body.get_blocks("module");
            let sources =
                calls.filter_map(|call| call.body.get_attribute("source")?.value.as_str());
            let local = sources.filter(|source| source.starts_with('.'));
            called.extend(local.map(|source| normal(&dir.path.join(source))));
        }
    }
    called.retain(|path| !is_root(path));
    called
}
