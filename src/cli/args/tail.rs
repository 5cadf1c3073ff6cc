//! `iacstone tail`.

use std::str::FromStr;

use clap::Args;
use regex::Regex;

use super::LineFormat;
use super::values::{bytes, words};
use crate::logs::Moment;

/// The most events that are kept of a stream, for a match that may come.
const MOST_CONTEXT: usize = 100;

/// `iacstone tail GROUP…`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "\
A group is a name, a name with '*' wildcards, the name of a Lambda function, or an ARN, also of a linked account or another
region. A wildcard takes in groups that are made later, within a minute or two. Events go to stdout as they arrive;
what is doubtful meanwhile (a gap, a sampled burst) and when it is filled goes to stderr. Without --since the newest 200
events come first, in order; several groups share them evenly, at least 20 each, and those of one millisecond stay together.
Stored events older than the first line do not follow.

A line is '{time} {stream} {late}{message}', with {group} before the stream where several groups are followed. {late} is
'(late by 3m12s) ' where an event is more than two minutes older than what was there before it, '(clock ahead by 5m00s) '
where its time is so far ahead, else nothing; --json has late_by_ms.

Events that come late are found by reading again: the last 2 minutes every 10 seconds, an hour every 5 minutes, a day
every hour, for as many pages as two fifths of the region's rate carry; what is later than that comes by a live session
only, or not at all, and stderr says when less than a day is looked through. Events before 2024 are not among the newest.
The last words on stderr name the times that are not known to be complete. On a terminal a line below tells how events
come: 'ev/s' of the last 5 seconds, 'lag' from an event's own time to its arrival, 'recovered' by reading again, and the
minutes of live sessions, 'min live'. A live session is billed by the minute beyond 1,800 minutes a
month; --poll does without.

A group of the Infrequent Access class is read by Logs Insights alone: with --max-scan by a query a minute for each group
about what is new and the two minutes before it; what is later than that is not found. Its first lines are of the last hour
at most. AWS bills the bytes that queries read, mostly at 0.005 USD a GB; what was read and what that costs is on the line
below, and among the last words on stderr. A query that would pass --max-scan, going by the last one about a minute or more,
does not begin, and one that shows that it would is stopped.

Examples:
  iacstone tail checkout
  iacstone tail '/ecs/alpha/*' --filter '?ERROR ?WARN' --since 10m
  iacstone tail checkout --since 2h --no-follow --json > events.jsonl
  iacstone tail /ecs/alpha/default --match 'task [0-9a-f-]+ (failed|retried)' --limit 5
  iacstone tail checkout --match ERROR --context 3 --format '{local_time}\\t{level}\\t{message}' --no-follow
  iacstone tail /archive/checkout --max-scan 1GB --since 1h
  iacstone --demo tail /demo/firehose --limit 1000")]
pub struct TailArgs {
    /// Log groups, or functions, or names with '*'
    #[arg(required = true, value_name = "GROUP", value_parser = words)]
    pub groups: Vec<String>,
    /// Begin here: 10m, 24h, 7d before now, a local time such as 14:05 or '2026-01-31 08:00', or 2026-01-31T08:00:00Z;
    /// without it with the newest 200 events
    #[arg(long, value_name = "TIME")]
    pub since: Option<Moment>,
    /// End here, and do not follow
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
    /// Take what fits this filter pattern of `CloudWatch` Logs
    #[arg(long, value_name = "PATTERN", value_parser = words, allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Print what this regular expression finds something in
    #[arg(long = "match", value_name = "REGEX")]
    pub matching: Option<RegexArg>,
    /// Print so many events of the same stream before and after each match as well, '--' where some are left out
    #[arg(long, value_name = "N", default_value_t = 0, requires = "matching", value_parser = context)]
    pub context: usize,
    /// Print each event so: text with {time}, {local_time}, {ingestion_time}, {account}, {region}, {group}, {stream},
    /// {level}, {request_id}, {event_id}, {late}, {message}; \t, \n and \\, {{ and }} for braces
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub format: Option<LineFormat>,
    /// Colour what this regular expression finds in messages, on a terminal; may be given more than once
    #[arg(long = "highlight", value_name = "REGEX")]
    pub highlights: Vec<RegexArg>,
    /// Take out of messages what looks like a secret: keys, tokens, passwords by their names and in addresses
    #[arg(long)]
    pub redact: bool,
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
    /// Read groups of the Infrequent Access class by Logs Insights queries, which AWS bills: end as soon as they show that
    /// they would read more than this in all, such as 500MB or 2GB
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub max_scan: Option<u64>,
}

/// How many events around a match are printed; they are kept for each stream.
fn context(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number <= MOST_CONTEXT);
    number.ok_or_else(|| format!("give a number from 0 to {MOST_CONTEXT}"))
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
