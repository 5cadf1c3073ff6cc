//! `iacstone groups`.

use clap::Args;

/// `iacstone groups [PREFIX]`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = "\
Account and region stand in the table where they are not those of the session. Groups of linked accounts are followed
and counted by their ARNs; --json has them.

Examples:
  iacstone groups /aws/lambda/ --json
  iacstone groups --linked '/ecs/*/web'")]
pub struct GroupsArgs {
    /// Only those whose names begin with this, or fit it when it has wildcards (/ecs/*/web); or an ARN
    #[arg(default_value = "", hide_default_value = true)]
    pub prefix: String,
    /// Those of the linked accounts too, where this account monitors others
    #[arg(long)]
    pub linked: bool,
}
