//! `iacstone stacks`.

use std::path::PathBuf;

use clap::Subcommand;

/// What to read of the stacks under a directory. Files are read; nothing is asked of an account, run or written.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
#[command(after_help = "Examples:
  iacstone stacks list
  iacstone stacks outputs infra --json
  iacstone --demo stacks commands

Projects are known by cdk.json or cdk.out, *.tf, Pulumi.yaml, serverless.yml, and YAML or JSON that is named as a template
or begins as one of CloudFormation or SAM does. With --demo and no directory the demo's own files are read.")]
pub enum StacksCommand {
    /// List the projects and their stacks, and how old what is known of them is
    List {
        /// The directory; without it the one you are in
        dir: Option<PathBuf>,
    },
    /// List functions, log groups and ECS resources of the stacks
    Resources {
        /// The directory; without it the one you are in
        dir: Option<PathBuf>,
    },
    /// Show the outputs of the stacks side by side, joined by name; sensitive values are hidden
    Outputs {
        /// The directory; without it the one you are in
        dir: Option<PathBuf>,
    },
    /// Print the commands of each stack: preview, apply, outputs and more
    Commands {
        /// The directory; without it the one you are in
        dir: Option<PathBuf>,
    },
}
