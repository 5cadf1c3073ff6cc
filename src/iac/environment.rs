//! What the process was started with, as far as the tools listen to it.

use std::path::PathBuf;

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
    pub fn read(variable: impl Fn(&str) -> Option<String>, home: Option<&std::path::Path>) -> Self {
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
}
