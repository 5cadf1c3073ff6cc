//! `iacstone runs`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::CurveArgs;
use super::values::{PayloadSource, not_negative, words};
use crate::config::positive;

/// What to do with the saved runs.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone runs list
  iacstone runs compare r20261121-101530-7f3a r20261122-090000-01c4
  iacstone runs check r20261121-101530-7f3a --percent 5
  iacstone runs export r20261121-101530-7f3a before.json
  iacstone runs resume r20261121-101530-7f3a
  iacstone runs recover")]
pub enum RunsCommand {
    /// List the saved runs, newest first
    List,
    /// Show one run with its picks
    Show {
        /// The run's id
        run: String,
        /// How to show it.
        #[command(flatten)]
        curve: CurveArgs,
    },
    /// Check that the current size costs little more than the recommended one: exit code 4 when it is shown to cost more
    Check {
        /// The run: an id or a file
        run: String,
        /// How much more it may cost, in percent
        #[arg(long, value_name = "PERCENT", value_parser = not_negative)]
        percent: f64,
    },
    /// Compare two runs size by size
    Compare {
        /// The run to compare: an id, a file, a link, or the name of a bundled example
        run: String,
        /// What to compare it with
        with: String,
        /// How to show them.
        #[command(flatten)]
        curve: CurveArgs,
    },
    /// Write a run to a file or to standard output
    Export {
        /// The run's id
        run: String,
        /// The file; '-' for standard output
        #[arg(default_value = "-")]
        file: PathBuf,
        /// What to write
        #[arg(long, value_enum, default_value_t)]
        format: RunFormat,
    },
    /// Read a run from a file, a link or standard input and save it
    Import {
        /// A file, a visualization link, '-' for standard input, or the name of a bundled example
        source: String,
        /// Save it under this name
        #[arg(long, value_parser = words)]
        name: Option<String>,
    },
    /// Delete runs
    Delete {
        /// The ids
        #[arg(required = true, value_name = "RUN")]
        runs: Vec<String>,
    },
    /// Give a run another name
    Rename {
        /// The run's id
        run: String,
        /// Its new name
        #[arg(value_parser = words)]
        name: String,
    },
    /// Go on with a run that was killed, cancelled or capped, or that failed: what it measured is kept, what it misses is
    /// measured
    Resume(ResumeArgs),
    /// Undo what killed runs left behind in the account
    Recover {
        /// Only this run; without it every one that was cut off
        run: Option<String>,
    },
}

/// `iacstone runs resume RUN`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ResumeArgs {
    /// The run's id
    pub run: String,
    /// Send this JSON, or that of @FILE, where the run did not keep its payload
    #[arg(long, value_name = "JSON|@FILE", allow_negative_numbers = true)]
    pub payload: Option<PayloadSource>,
    /// Stop before the whole run has cost more than this, in USD (CNY in China)
    #[arg(long, value_name = "AMOUNT", value_parser = positive)]
    pub max_cost: Option<f64>,
    /// Start without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// What an exported run looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum RunFormat {
    /// Everything, with every sample
    #[default]
    Iacstone,
    /// The reference tool's output object
    Reference,
    /// The visualization link
    Link,
    /// The points as comma-separated values
    Csv,
}
