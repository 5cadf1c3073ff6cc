//! `iacstone tail`.

use std::str::FromStr;

use clap::Args;
use regex::Regex;

use super::Moment;
use super::values::words;

/// `iacstone tail GROUP…`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "\
A group is a name, a name with '*' wildcards, the name of a Lambda function, or an ARN, also of a linked account or another
region. A wildcard takes in groups that are made later, within a minute or two. Events go to stdout as they arrive;
what is doubtful meanwhile (a gap, a sampled burst) and when it is filled goes to stderr. Without --since the newest 200
events come first, in order; several groups share them evenly, at least 20 each, and those of one millisecond stay together.
Stored events older than the first line do not follow. A live session is billed by the minute beyond 1,800 minutes a
month; --poll does without.

Examples:
  iacstone tail checkout
  iacstone tail '/ecs/alpha/*' --filter '?ERROR ?WARN' --since 10m
  iacstone tail checkout --since 2h --no-follow --json > events.jsonl
  iacstone tail /ecs/alpha/default --match 'task [0-9a-f-]+ (failed|retried)' --limit 5
  iacstone --demo tail /demo/firehose --limit 1000")]
pub struct TailArgs {
    /// Log groups, or functions, or names with '*'
    #[arg(required = true, value_name = "GROUP", value_parser = words)]
    pub groups: Vec<String>,
    /// Begin here: 10m, 24h, 7d before now, or a time such as 2026-01-31T08:00:00Z; without it with the newest 200 events
    #[arg(long, value_name = "TIME")]
    pub since: Option<Moment>,
    /// End here, and do not follow
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
    /// Take what fits this filter pattern of `CloudWatch` Logs
    #[arg(long, value_name = "PATTERN", value_parser = words)]
    pub filter: Option<String>,
    /// Print what this regular expression finds something in
    #[arg(long = "match", value_name = "REGEX")]
    pub matching: Option<RegexArg>,
    /// Take this stream only, or with a '*' at the end those that begin so; may be given more than once, with one group
    #[arg(long = "stream", value_name = "NAME", value_parser = words)]
    pub streams: Vec<String>,
    /// End after so many events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Print what there is and end; without --since the last 10 minutes
    #[arg(long)]
    pub no_follow: bool,
    /// Do without live sessions: read every two seconds
    #[arg(long, conflicts_with_all = ["no_follow", "until"])]
    pub poll: bool,
}

/// A regular expression; two are the same when they are written the same.
#[derive(Debug, Clone)]
pub struct RegexArg(pub Regex);

impl PartialEq for RegexArg {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl FromStr for RegexArg {
    type Err = regex::Error;

    fn from_str(text: &str) -> Result<Self, regex::Error> {
        Regex::new(text).map(Self)
    }
}
