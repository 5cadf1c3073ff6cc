//! Files that give variables of the root module their values.

use std::path::{Path, PathBuf};

use super::config::HclFile;
use crate::iac::data::DataFile;
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile, files_ending};

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
    pub(super) file: ValueFile,
    /// Whether Terraform reads the file without being told to.
    pub(super) is_automatic: bool,
    pub(super) reason: String,
}

/// A file of values, in one of Terraform's two languages.
pub(super) enum ValueFile {
    Hcl(HclFile),
    Json(DataFile),
}

impl ValueFile {
    fn read(path: &Path, shown_from: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        if path.extension().is_some_and(|end| end == "json") {
            let file = SourceFile::read(path, shown_from, LARGEST_SOURCE);
            return file.and_then(DataFile::parse).ok().map(Self::Json);
        }
        HclFile::read(path, shown_from).ok().map(Self::Hcl)
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Self::Hcl(file) => file.body.has_attribute(name),
            Self::Json(file) => file.root.get(name).is_some(),
        }
    }
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
    automatic.extend(files_ending(root, ".auto.tfvars.json"));
    automatic.sort();
    automatic.reverse();
    let own = ["terraform.tfvars.json", "terraform.tfvars"];
    automatic.extend(own.map(|name| root.join(name)));
    let all = of_workspace
        .into_iter()
        .chain(automatic.into_iter().map(|path| (path, true)));
    let read = |(path, is_automatic): (PathBuf, bool)| {
        let file = ValueFile::read(&path, shown_from)?;
        file.has(name).then(|| VariableValue {
            name: name.to_owned(),
            reason: if is_automatic {
                "Terraform reads this file by itself.".to_owned()
            } else {
                format!("This file is of workspace '{workspace}' by its name, and counts when it is given with -var-file.")
            },
            file,
            is_automatic,
        })
    };
    all.filter_map(read).collect()
}

/// The file of values that has the name of a workspace.
pub(super) fn workspace_file(root: &Path, workspace: &str) -> Option<PathBuf> {
    let is_plain = !workspace.contains(['/', '\\']) && workspace != "..";
    let names = [
        format!("{workspace}.tfvars"),
        format!("{workspace}.tfvars.json"),
    ];
    let paths = FOLDERS
        .iter()
        .flat_map(|folder| names.iter().map(move |name| root.join(folder).join(name)));
    let nested = FOLDERS
        .iter()
        .map(|folder| root.join(folder).join(workspace).join("terraform.tfvars"));
    paths.chain(nested).find(|path| is_plain && path.is_file())
}
