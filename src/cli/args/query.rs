//! `iacstone query`.

use clap::{Args, ValueEnum};

use super::values::{bytes, words};
use crate::logs::Moment;

/// `iacstone query [GROUP…] QUERY`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "\
A group is a name, a name with '*' wildcards, or the name of a Lambda function; a query that begins with SOURCE needs
none. AWS bills the bytes that a query reads, mostly at 0.005 USD a GB; what was read and what that costs is the last line
on stderr. A query gives at most 10,000 rows, and its range is in whole seconds. Ctrl-C stops it: it costs no more then.
JSON has the values as AWS tells them, in texts. Its @ptr is what GetLogRecord takes. CSV in a pipe or a file has them as
they came; on a terminal what would steer it is shown as signs.

Examples:
  iacstone query checkout 'filter @message like /timeout/ | sort @timestamp desc | limit 20'
  iacstone query 'hash-*' 'stats count(*), avg(@duration) by bin(5m)' --since 3h
  iacstone query /ecs/alpha/gunicorn @slow.query --since 24h --format csv > slow.csv
  iacstone query checkout 'stats count(*) by @logStream' --json | jq -r '.rows[]'
  iacstone --demo query hash-node 'filter @type = \"REPORT\" | stats pct(@duration, 99) by bin(1h)' --since 24h")]
pub struct QueryArgs {
    /// Log groups, or functions, or names with '*'
    #[arg(value_name = "GROUP", value_parser = words)]
    pub groups: Vec<String>,
    /// The query, or @FILE, or - for standard input
    #[arg(required = true, value_name = "QUERY", value_parser = words)]
    pub query: String,
    /// Begin here: 10m, 24h, 7d before now, or a time such as 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME", default_value = "1h")]
    pub since: Moment,
    /// End here; without it now
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
    /// Give at most so many rows; without it what the query says, else 10,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=10_000))]
    pub limit: Option<i32>,
    /// Stop the query when it is about to read more than this, such as 500MB or 2GB, as far as it tells in time; what it
    /// has found by then is printed
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub max_scan: Option<u64>,
    /// How the rows are printed; --json is the same as --format json
    #[arg(long, value_enum, default_value_t)]
    pub format: QueryFormat,
}

/// How the rows of a query are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum QueryFormat {
    /// Columns for people
    #[default]
    Table,
    /// Comma-separated values, with the names of the columns first
    Csv,
    /// One document with the rows and what was read for them
    Json,
}
