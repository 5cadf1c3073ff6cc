//! What the process was started with, as far as the tools listen to it.

use std::path::{Path, PathBuf};

/// Variables of the environment and the home directory, as data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IacEnvironment {
    /// `TF_WORKSPACE`: it wins over what Terraform noted.
    pub terraform_workspace: Option<String>,
    /// `TF_DATA_DIR`: where Terraform notes things, instead of `.terraform`.
    pub terraform_data: Option<PathBuf>,
    /// `PULUMI_STACK`.
    pub pulumi_stack: Option<String>,
    /// `PULUMI_HOME`, or `.pulumi` in the home directory.
    pub pulumi_home: Option<PathBuf>,
}

impl IacEnvironment {
    /// As the variables and the home directory have it; a variable that is empty is as if it were not set.
    #[must_use]
    pub fn read(variable: impl Fn(&str) -> Option<String>, home: Option<&Path>) -> Self {
        let set = |name: &str| variable(name).filter(|text| !text.is_empty());
        Self {
            terraform_workspace: set("TF_WORKSPACE"),
            terraform_data: set("TF_DATA_DIR").map(PathBuf::from),
            pulumi_stack: set("PULUMI_STACK"),
            pulumi_home: set("PULUMI_HOME")
                .map(PathBuf::from)
                .or_else(|| home.map(|home| home.join(".pulumi"))),
        }
    }

    /// Where Terraform notes things of a project.
    pub(super) fn terraform_dir(&self, project: &Path) -> PathBuf {
        let folder = self.terraform_data.as_deref();
        project.join(folder.unwrap_or(Path::new(".terraform")))
    }

    /// Whether a directory is one where Terraform notes things, or below such a one.
    pub(super) fn is_terraform_data(&self, dir: &Path) -> bool {
        let folder = self.terraform_data.as_deref();
        folder.is_some_and(|folder| {
            let folder = folder.strip_prefix(".").unwrap_or(folder);
            dir.ancestors().any(|it| it.ends_with(folder))
        })
    }
}
