//! The command line as types. Names, flags and ranges are a contract with scripts.

mod articles;
mod chart;
mod config;
mod events;
mod feeds;
mod format;
mod groups;
mod query;
mod runs;
mod simulate;
mod stacks;
mod stats;
mod tail;
mod tune;
mod values;

use clap::{Parser, Subcommand};

pub use articles::{
    ArticleFormat, ArticlesCommand, ExportArgs, FilterArgs, ListArgs, MarkArgs, MarkFlags, ShowArgs,
};
pub use chart::{ChartArgs, CurveArgs};
pub use config::ConfigCommand;
pub use events::EventsCommand;
pub use feeds::FeedsCommand;
pub use format::{EventField, FormatPiece, LineFormat};
pub use groups::GroupsArgs;
pub use query::{QueryArgs, QueryFormat};
pub use runs::{CodeArgs, ResumeArgs, RunFormat, RunsCommand, SizePick};
pub use simulate::SimulateArgs;
pub use stacks::StacksCommand;
pub use stats::{StatsArgs, StatsEngine};
pub use tail::{RegexArg, TailArgs};
pub use tune::{ResultFormat, TuneArgs, asked};
pub use values::{PayloadSource, billing_step};

use crate::config::GlobalArgs;

/// The whole command line.
#[derive(Debug, Clone, PartialEq, Parser)]
#[command(name = "iacstone", version, long_version = super::version::long(), about, long_about = None)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::help::list()), disable_help_subcommand = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// The command; without one the terminal interface opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Without a command the terminal interface opens.

Examples:
  iacstone --demo                                 look around in a simulated account
  iacstone --profile production                   open the interface on an account
  iacstone tune checkout --strategy balanced      measure a function
  iacstone chart prime-numbers                    draw a bundled example
  iacstone runs list --json                       saved runs, for a script
  iacstone tail checkout                          follow a function's log
  iacstone stats checkout --since 24h             percentiles and cold starts from the log
  iacstone query checkout @slow.query             ask Logs Insights, and see what that costs
  iacstone events list                            sample events to tune with
  iacstone doctor                                 what is missing, and how to mend it

Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partial result, 4 the current size is too dear (--check),
130 interrupted.";

/// The commands.
#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum Command {
    /// Measure a function's memory sizes and print the result
    Tune(Box<TuneArgs>),
    /// Work with the saved runs
    #[command(subcommand)]
    Runs(RunsCommand),
    /// Draw a run as text
    Chart(ChartArgs),
    /// List the functions of the account and region
    #[command(after_help = "Example:\n  iacstone functions --region eu-west-1 --json")]
    Functions,
    /// List the log groups of the account and region
    Groups(GroupsArgs),
    /// Sum up the invocations in log groups: percentiles, cold starts, errors
    Stats(Box<StatsArgs>),
    /// Ask log groups a Logs Insights query; AWS bills the bytes it reads
    Query(Box<QueryArgs>),
    /// Follow log groups
    Tail(Box<TailArgs>),
    /// Read the stacks of CDK, Terraform, Pulumi, SAM, CloudFormation and Serverless from the files of a directory
    #[command(subcommand)]
    Stacks(StacksCommand),
    /// Work with the followed feeds
    #[command(subcommand)]
    Feeds(FeedsCommand),
    /// Work with the stored articles
    #[command(subcommand)]
    Articles(ArticlesCommand),
    /// Check credentials, identity, region, terminal and store, and say how to mend what is missing
    #[command(after_help = "Example:\n  iacstone doctor --profile production")]
    Doctor,
    /// Show sample events: what services send to a function, as payloads for `tune` and for `aws lambda invoke`
    #[command(subcommand)]
    Events(EventsCommand),
    /// Serve the simulated account to any AWS client
    Simulate(SimulateArgs),
    /// Show or check the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the help of a command, or a topic
    #[command(after_help = "Examples:\n  iacstone help tune\n  iacstone help rights")]
    Help {
        /// A command, or a topic; without one the help of the program, with the topics at its end
        #[arg(value_name = "COMMAND|TOPIC")]
        words: Vec<String>,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  iacstone manual > ~/.local/share/man/man1/iacstone.1")]
    Manual,
    /// Print the completions of a shell
    #[command(
        after_help = "Example:\n  iacstone completions bash > ~/.local/share/bash-completion/completions/iacstone"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[cfg(test)]
mod tests;
