//! Files that give variables of the root module their values.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::config::HclFile;
use crate::iac::data::DataFile;
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile, files_ending};
use crate::iac::survey::Project;
use crate::toml_file::FileError;

/// Where files of values for one workspace are looked for.
const FOLDERS: &[&str] = &[
    "",
    "envs",
    "env",
    "environments",
    "vars",
    "tfvars",
    "config",
];

/// A file of values.
#[derive(Debug)]
pub(super) enum ValueFile {
    Hcl(HclFile),
    Json(DataFile),
    /// It cannot be read, so that nobody knows what it overrules.
    Unread,
}

/// A file that may give a variable a value.
pub(super) struct ValuePath {
    pub(super) path: PathBuf,
    /// Whether Terraform reads it without being told to.
    pub(super) is_automatic: bool,
}

/// The files of values of a project, for all its workspaces.
pub(super) fn value_files(
    project: &Project,
    shown_from: &Path,
    problems: &mut Vec<FileError>,
) -> BTreeMap<PathBuf, ValueFile> {
    let names = project.stacks.iter().map(|stack| stack.name.as_str());
    let paths = names.flat_map(|name| value_paths(&project.path, name));
    let mut files = BTreeMap::new();
    for ValuePath { path, .. } in paths {
        if files.contains_key(&path) || !path.is_file() {
            continue;
        }
        let is_json = path.extension().is_some_and(|end| end == "json");
        let read = if is_json {
            let file = SourceFile::read(&path, shown_from, LARGEST_SOURCE);
            file.and_then(DataFile::parse).map(ValueFile::Json)
        } else {
            HclFile::read(&path, shown_from).map(ValueFile::Hcl)
        };
        let file = read.unwrap_or_else(|error| {
            problems.push(error);
            ValueFile::Unread
        });
        files.insert(path, file);
    }
    files
}

/// Where the values of a workspace may stand, what overrules the others first.
pub(super) fn value_paths(root: &Path, workspace: &str) -> Vec<ValuePath> {
    let mut automatic = files_ending(root, ".auto.tfvars");
    automatic.extend(files_ending(root, ".auto.tfvars.json"));
    automatic.sort();
    automatic.reverse();
    automatic.push(root.join("terraform.tfvars.json"));
    automatic.push(root.join("terraform.tfvars"));
    let of_workspace = workspace_file(root, workspace);
    let is_told = |path: &PathBuf| !automatic.contains(path);
    let told = of_workspace.filter(is_told).map(|path| ValuePath {
        path,
        is_automatic: false,
    });
    let read = automatic.iter().map(|path| ValuePath {
        path: path.clone(),
        is_automatic: true,
    });
    told.into_iter().chain(read).collect()
}

/// The file of values that has the name of a workspace.
pub(super) fn workspace_file(root: &Path, workspace: &str) -> Option<PathBuf> {
    let is_plain = !workspace.contains(['/', '\\']) && workspace != "..";
    let names = [
        format!("{workspace}.tfvars"),
        format!("{workspace}.tfvars.json"),
        format!("{workspace}/terraform.tfvars"),
        format!("{workspace}/terraform.tfvars.json"),
    ];
    let in_folders = |name: &String| {
        let folders = FOLDERS.iter();
        folders
            .map(|folder| root.join(folder).join(name))
            .collect::<Vec<_>>()
    };
    let mut paths = names.iter().flat_map(in_folders);
    paths.find(|path| is_plain && path.is_file())
}
