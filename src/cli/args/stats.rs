//! `iacstone stats`.

use clap::{Args, ValueEnum};

use super::values::{memory, words};
use crate::lambda::MemoryMb;
use crate::logs::Moment;

/// `iacstone stats GROUP…`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "\
A group is a name, a name with '*' wildcards, the name of a Lambda function, or an ARN. Percentiles interpolate between the two
nearest ranks; figures the platform left out are skipped. A percentile needs so many values that one is expected beyond it
(100 for p99, 10 for p90), else it says 'n too small', and is null in JSON. Costs are list prices of on-demand compute and
requests; a month is 30 days with as many invocations as the range has. A group without invocations has figures about its
events: how many a minute, how grave, how many kinds of messages; of so many that they were not all read it says up to when. 'insights' runs a Logs Insights query for each group, which
AWS bills by the bytes it reads; it computes percentiles in its own way, counts an environment of provisioned
concurrency as a cold start, and its range is in whole seconds. Invocations of versions that a tuning run of this data
directory published are left out, and it is said how many.

Examples:
  iacstone stats checkout --since 24h
  iacstone stats 'hash-*' --since 7d --engine insights
  iacstone stats /aws/lambda/checkout --since 2026-01-31T08:00:00Z --until 2026-01-31T09:00:00Z --json
  iacstone stats checkout --since 6h --compare 1h
  iacstone stats checkout --since 7d --versions 41,42
  iacstone stats checkout --since 7d --memory 256,512
  iacstone stats /ecs/web --patterns --since 2h --compare 15m
  iacstone --demo stats hash-bun hash-deno hash-node")]
pub struct StatsArgs {
    /// Log groups, or functions, or names with '*'
    #[arg(required = true, value_name = "GROUP", value_parser = words)]
    pub groups: Vec<String>,
    /// Begin here: 10m, 24h, 7d before now, a local time such as 14:05 or '2026-01-31 08:00', or 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME", default_value = "24h")]
    pub since: Moment,
    /// End here; without it now
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
    /// Count the invocations of this data directory's tuning runs too; without it only how many they are is told
    #[arg(long)]
    pub include_runs: bool,
    /// Fold alike messages to patterns: how many there are of each, when, and how grave
    #[arg(long, conflicts_with = "engine")]
    pub patterns: bool,
    /// Compare what is before this time with what is since; of patterns it says which are new
    #[arg(long, value_name = "TIME")]
    pub compare: Option<Moment>,
    /// Compare these versions of a function, such as 41,42 or $LATEST
    #[arg(long, value_name = "VERSION", value_delimiter = ',')]
    pub versions: Vec<String>,
    /// Compare these memory sizes of a function, such as 256,512: those that its records name
    #[arg(long, value_name = "MB", value_delimiter = ',', value_parser = memory, conflicts_with_all = ["versions", "engine", "patterns"])]
    pub memory: Vec<MemoryMb>,
    /// Who counts
    #[arg(long, value_enum, default_value_t)]
    pub engine: StatsEngine,
    /// Show the query of --engine insights on stderr, as `iacstone query` takes it
    #[arg(long)]
    pub show_query: bool,
}

/// Who counts invocations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum StatsEngine {
    /// iacstone reads the records of the groups
    #[default]
    Scan,
    /// A Logs Insights query for each group; AWS bills the bytes it reads
    Insights,
}
