//! Files that give variables of the root module their values.

use std::path::{Path, PathBuf};

use super::config::HclFile;
use crate::iac::source_file::files_ending;

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

/// A file that gives a variable a value.
pub(super) struct VariableValue {
    pub(super) name: String,
    pub(super) hcl: HclFile,
    /// Whether Terraform reads the file without being told to.
    pub(super) is_automatic: bool,
    pub(super) reason: String,
}

/// The files that give a variable a value, what overrules the others first.
pub(super) fn variable_values(
    root: &Path,
    shown_from: &Path,
    workspace: &str,
    name: &str,
) -> Vec<VariableValue> {
    let of_workspace = workspace_file(root, workspace).map(|path| (path, false));
    let mut automatic = files_ending(root, ".auto.tfvars");
    automatic.reverse();
    automatic.push(root.join("terraform.tfvars"));
    let all = of_workspace
        .into_iter()
        .chain(automatic.into_iter().map(|path| (path, true)));
    let read = |(path, is_automatic): (PathBuf, bool)| {
        let hcl = path
            .is_file()
            .then(|| HclFile::read(&path, shown_from))?
            .ok()?;
        hcl.body.has_attribute(name).then(|| VariableValue {
            name: name.to_owned(),
            reason: if is_automatic {
                "Terraform reads this file by itself.".to_owned()
            } else {
                format!("This file is of workspace '{workspace}' by its name, and counts when it is given with -var-file.")
            },
            hcl,
            is_automatic,
        })
    };
    all.filter_map(read).collect()
}

/// The file of values that has the name of a workspace.
pub(in crate::iac) fn workspace_file(root: &Path, workspace: &str) -> Option<PathBuf> {
    let is_plain = !workspace.contains(['/', '\\']) && workspace != "..";
    let name = format!("{workspace}.tfvars");
    let paths = FOLDERS.iter().map(|folder| root.join(folder).join(&name));
    let nested = FOLDERS
        .iter()
        .map(|folder| root.join(folder).join(workspace).join("terraform.tfvars"));
    paths.chain(nested).find(|path| is_plain && path.is_file())
}
