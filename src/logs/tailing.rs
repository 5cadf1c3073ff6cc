//! What a tail is asked for and what it tells: events, markers between them, and how it stands.

use jiff::Timestamp;

use super::LogEvent;
use super::query::ScanCost;

/// What to follow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TailTarget {
    /// Keys of the log groups, at least one.
    pub groups: Vec<String>,
    /// Names with wildcards, or ARNs with a wildcard in the name: groups made later that fit one are followed too.
    pub watched: Vec<String>,
    /// Names of streams; only with one group, at most 100.
    pub streams: Vec<String>,
    /// A filter pattern in `CloudWatch` Logs syntax; empty takes everything.
    pub pattern: String,
    /// Where history begins; without it the newest 200 events come first, shared by the groups. Nothing older is told.
    pub since: Option<Timestamp>,
    /// Whether to do without a live session.
    pub poll: bool,
    /// How many bytes Logs Insights may read for the groups that only it reads. AWS bills them: without this, such groups
    /// are left out.
    pub max_scan: Option<u64>,
}

impl TailTarget {
    /// Where history begins, in Unix milliseconds.
    #[must_use]
    pub fn since_ms(&self) -> Option<i64> {
        self.since.map(Timestamp::as_millisecond)
    }
}

/// What a tail tells while it works.
#[derive(Debug, Clone, PartialEq)]
pub enum Tailing {
    /// Events that had not been told before, each exactly once, in order of arrival; the reader puts them in order.
    Events(Vec<LogEvent>),
    /// What was there before the tail has been told, or will be late: it need not be waited for. Told once.
    Opened,
    /// A mark between the events.
    Marker(Marker),
    /// How it stands; told when it changed, once a second at most.
    Status(TailStatus),
}

/// A mark in the stream of events, at the time it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// When, in Unix milliseconds.
    pub time_ms: i64,
    /// What it tells of.
    pub kind: MarkerKind,
    /// What to say, such as `gap: the connection broke; refilling`.
    pub text: String,
}

/// What a marker tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerKind {
    /// A stretch begins that is not known to be complete.
    Gap,
    /// Such a stretch is known to be complete now.
    Filled,
    /// A stretch that nobody will look through again.
    Unchecked,
    /// What happened to sessions and groups.
    Course,
}

impl Marker {
    /// Whether it announces a stretch that is not known to be complete.
    #[must_use]
    pub fn opens_gap(&self) -> bool {
        matches!(self.kind, MarkerKind::Gap | MarkerKind::Unchecked)
    }
}

/// How a tail gets its events now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TailMode {
    /// Nothing has arrived yet.
    Connecting,
    /// By live sessions.
    Live,
    /// By polling; the words say why.
    Polling(String),
    /// By Logs Insights queries, one a minute for each group.
    Querying,
    /// Updates stay away; a new session is opened soon.
    Stalled,
    /// A new session is being opened; the words say why.
    Reconnecting(String),
    /// Not at all: there is no session, and polling fails; the words say why.
    Failing(String),
    /// It waits for the user; the sentence says for what, such as new credentials.
    Waiting(String),
}

impl TailMode {
    /// The mode in a word, in capitals.
    #[must_use]
    pub const fn badge(&self) -> &'static str {
        match self {
            Self::Connecting => "CONNECTING",
            Self::Live => "LIVE",
            Self::Polling(_) => "POLLING",
            Self::Querying => "INSIGHTS",
            Self::Stalled => "STALLED",
            Self::Reconnecting(_) => "RECONNECTING",
            Self::Failing(_) => "FAILING",
            Self::Waiting(_) => "WAITING",
        }
    }
}

/// The figures of the honesty line.
#[derive(Debug, Clone, PartialEq)]
pub struct TailStatus {
    /// How events come.
    pub mode: TailMode,
    /// Events per second over the last seconds.
    pub rate: f64,
    /// From the event's own time to its arrival here, of the newest events, in milliseconds.
    pub lag_ms: Option<u64>,
    /// Events the sweep found that no live session brought.
    pub recovered: u64,
    /// Stretches of time not known to be complete yet.
    pub gaps: u32,
    /// Events lost here because the reader was too slow, and not fetched again yet.
    pub dropped: u64,
    /// Whether the live session leaves events out because there are too many.
    pub sampled: bool,
    /// Minutes of live sessions so far; AWS bills them.
    pub live_minutes: u64,
    /// How late an event may be and is still found, in milliseconds; `None` where that is as planned, a day.
    pub late_ms: Option<i64>,
    /// What queries have read so far, and what that costs; `None` where there were none.
    pub scanned: Option<ScanCost>,
    /// Which stretches these gaps are, in the order in which they opened.
    pub open: Vec<OpenGap>,
}

impl TailStatus {
    /// How late an event may be that is still found, in whole minutes or hours, such as `22 min`.
    #[must_use]
    pub fn lateness(late_ms: i64) -> String {
        match late_ms / 60_000 {
            minutes if minutes > 0 && minutes % 60 == 0 => format!("{} h", minutes / 60),
            minutes => format!("{minutes} min"),
        }
    }
}

/// A stretch of time that is not known to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenGap {
    /// What made it doubtful, in a word.
    pub cause: &'static str,
    /// When it begins, in Unix milliseconds.
    pub from_ms: i64,
    /// When it ended, in Unix milliseconds; `None` while it goes on.
    pub to_ms: Option<i64>,
}
