//! `iacstone config`.

use clap::Subcommand;

/// What to do with the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
#[command(
    after_help = "Examples:\n  iacstone config show --json    every value with its origin\n  iacstone config check --config ./iacstone.toml"
)]
pub enum ConfigCommand {
    /// Print every setting with its value and where the value comes from
    Show,
    /// Print where the configuration files are looked for
    Path,
    /// Read the configuration files and say whether they are right
    Check,
}
