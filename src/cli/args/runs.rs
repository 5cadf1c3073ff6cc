//! `iacstone runs`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::CurveArgs;
use super::values::{PayloadSource, not_negative, orders, words};
use crate::config::positive;
use crate::power::RunOrder;
use crate::power::plan::DEFAULT_TOLERANCE;

/// What to do with the saved runs.
#[derive(Debug, Clone, PartialEq, Subcommand)]
#[command(after_help = "Examples:
  iacstone runs list checkout last month --sort saving
  iacstone runs compare -2 latest
  iacstone runs check latest --percent 5
  iacstone runs export latest before.json
  iacstone runs export checkout report.md --format markdown --force
  iacstone runs code latest --patch memory.patch
  iacstone runs resume latest
  iacstone runs resume latest --add around
  iacstone runs recover")]
pub enum RunsCommand {
    /// List the saved runs, newest first
    List {
        /// Only those in which all of these words stand, as they are listed, or that were made then: '2026-11', 'today',
        /// 'last week', 'this month', 'last 30 days'
        #[arg(value_name = "WORD")]
        filter: Vec<String>,
        /// Put them in this order
        #[arg(long, value_name = "ORDER", value_parser = orders(), default_value = RunOrder::Newest.name())]
        sort: RunOrder,
    },
    /// Show one run with its picks
    Show {
        /// The run: its id or name, 'latest', '-2' (the one before), or its function, for the newest one of it
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// How to show it.
        #[command(flatten)]
        curve: CurveArgs,
    },
    /// Check that the current size costs little more than the recommended one: exit code 4 when it is shown to cost more
    Check {
        /// The run: as for `show`, or a file
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// How much more it may cost, in percent
        #[arg(long, value_name = "PERCENT", value_parser = not_negative, default_value_t = DEFAULT_TOLERANCE)]
        percent: f64,
    },
    /// Compare two runs size by size
    Compare {
        /// The run to compare: as for `show`, or a file, a link, or the name of a bundled example
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// What to compare it with
        #[arg(allow_negative_numbers = true)]
        with: String,
        /// How to show them.
        #[command(flatten)]
        curve: CurveArgs,
    },
    /// Write a run to a file or to standard output
    Export {
        /// The run: its id or name, 'latest', '-2' (the one before), or its function, for the newest one of it
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// The file; '-' for standard output
        #[arg(default_value = "-")]
        file: PathBuf,
        /// What to write; when not given, by the name of the file: '.csv' as csv, '.md' as markdown, any other as iacstone
        #[arg(long, value_enum)]
        format: Option<RunFormat>,
        /// Write over a file that is there
        #[arg(long)]
        force: bool,
    },
    /// Read a run from a file, a link or standard input and save it
    Import {
        /// A file, a visualization link, '-' for standard input, or the name of a bundled example
        source: String,
        /// Of several visualization links in a page, read this one; the first is 1
        #[arg(long, value_name = "N")]
        link: Option<usize>,
        /// Save it under this name
        #[arg(long, value_parser = words)]
        name: Option<String>,
    },
    /// Show where code gives the function its memory size, and the change that gives it the recommended one
    Code(CodeArgs),
    /// Delete runs
    Delete {
        /// The runs, as for `show`
        #[arg(required = true, value_name = "RUN", allow_negative_numbers = true)]
        runs: Vec<String>,
        /// Delete without asking; where nobody can be asked it is not asked
        #[arg(long, short)]
        yes: bool,
    },
    /// Give a run another name
    Rename {
        /// The run: its id or name, 'latest', '-2' (the one before), or its function, for the newest one of it
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// Its new name
        #[arg(value_parser = words)]
        name: String,
    },
    /// Go on with a run that was killed, cancelled or capped, or that failed: what it measured is kept, what it misses is
    /// measured
    Resume(ResumeArgs),
    /// Print the note on a run, write another one, or take it away
    Note {
        /// The run, as for `show`
        #[arg(allow_negative_numbers = true)]
        run: String,
        /// The new note; without it the present one is printed
        #[arg(value_parser = words)]
        note: Option<String>,
        /// Take the note away
        #[arg(long, conflicts_with = "note")]
        clear: bool,
    },
    /// Undo what killed runs left behind in the account
    Recover {
        /// Only this run; without it every one that was cut off
        #[arg(allow_negative_numbers = true)]
        run: Option<String>,
    },
}

/// `iacstone runs resume RUN`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ResumeArgs {
    /// The run's id
    pub run: String,
    /// Send this JSON, that of @FILE, or a sample event, where the run did not keep its payload
    #[arg(
        long,
        value_name = "JSON|@FILE|event:NAME",
        allow_negative_numbers = true
    )]
    pub payload: Option<PayloadSource>,
    /// Stop before the whole run has cost more than this, in USD (CNY in China)
    #[arg(long, value_name = "AMOUNT", value_parser = positive)]
    pub max_cost: Option<f64>,
    /// Measure these sizes too, such as 320,384; 'around' takes those half way to the neighbours of the recommended one
    #[arg(long, value_name = "SIZES")]
    pub add: Option<String>,
    /// Start without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// `iacstone runs code RUN`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct CodeArgs {
    /// The run: as for `show`, or the name of a bundled example
    #[arg(allow_negative_numbers = true)]
    pub run: String,
    /// Take this size of the run instead of the recommended one
    #[arg(long, value_enum, value_name = "PICK")]
    pub pick: Option<SizePick>,
    /// Write the surest change to this file, for `git apply`; '-' prints it and nothing else
    #[arg(long, value_name = "FILE")]
    pub patch: Option<PathBuf>,
    /// Write over the file if it exists
    #[arg(long, requires = "patch")]
    pub force: bool,
    /// Take the change of this place, counted as they are shown, where several are as sure
    #[arg(long, value_name = "N", requires = "patch")]
    pub place: Option<usize>,
    /// Look for code under this directory, not under the one you are in
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// A size that a run stands out by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SizePick {
    /// The one with the lowest cost
    Cheapest,
    /// The one with the shortest duration
    Fastest,
    /// The balanced one
    Balanced,
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
    /// Means, intervals and percentiles of each size as comma-separated values
    Csv,
    /// Each sample as comma-separated values
    SamplesCsv,
    /// A report with a table and a chart
    Markdown,
}

impl RunFormat {
    /// What a file of this name holds when nothing else is asked for.
    #[must_use]
    pub fn of_file(file: &Path) -> Self {
        let ending = file.extension().map(OsStr::to_ascii_lowercase);
        match ending.as_deref().and_then(OsStr::to_str) {
            Some("csv") => Self::Csv,
            Some("md" | "markdown") => Self::Markdown,
            _ => Self::Iacstone,
        }
    }
}
