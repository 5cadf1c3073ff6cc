//! `iacstone stats`.

use clap::{Args, ValueEnum};

use super::Moment;
use super::values::words;

/// `iacstone stats GROUP…`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "\
A group is a name, a name with '*' wildcards, or the name of a Lambda function. Percentiles interpolate between the two
nearest ranks; figures the platform left out are skipped. 'insights' runs a Logs Insights query for each group, which
AWS bills by the bytes it reads; it computes percentiles in its own way, counts an environment of provisioned
concurrency as a cold start, and its range is in whole seconds. Invocations of versions that a tuning run of this data
directory published are left out, and it is said how many.

Examples:
  iacstone stats checkout --since 24h
  iacstone stats 'hash-*' --since 7d --engine insights
  iacstone stats /aws/lambda/checkout --since 2026-01-31T08:00:00Z --until 2026-01-31T09:00:00Z --json
  iacstone --demo stats hash-bun hash-deno hash-node")]
pub struct StatsArgs {
    /// Log groups, or functions, or names with '*'
    #[arg(required = true, value_name = "GROUP", value_parser = words)]
    pub groups: Vec<String>,
    /// Begin here: 10m, 24h, 7d before now, or a time such as 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME", default_value = "24h")]
    pub since: Moment,
    /// End here; without it now
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
    /// Count the invocations of this data directory's tuning runs too; without it only how many they are is told
    #[arg(long)]
    pub include_runs: bool,
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
