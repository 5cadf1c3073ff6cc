//! Lambda invocations, folded from the lines of a log group: which line belongs to which invocation, and what is
//! known about each.

mod book;
mod error_words;
mod folder;
mod stream;

use std::sync::Arc;

pub use folder::{FoldedLine, Folder};

use super::facts::head;
use crate::lambda::MemoryMb;
use crate::lambda::record::{InitEnd, InitReport};
use crate::lambda::report::{InvocationStatus, Report};

/// Which invocation of a [`Folder`]: a running number, in the order they were first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvocationId(u64);

/// One invocation, or an environment that got ready for one that has not begun. Times are in Unix milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Invocation {
    /// The id of the request; none until the invocation begins.
    pub request_id: Option<Box<str>>,
    /// The log stream: one for each environment.
    pub stream: Arc<str>,
    /// The version of the function, when the beginning was seen.
    pub version: Option<Box<str>>,
    /// The tenant it runs for, of a function that keeps tenants apart.
    pub tenant_id: Option<Box<str>>,
    /// When it began; none when the beginning was not seen.
    pub started_ms: Option<i64>,
    /// When its last record was written; none while it runs.
    pub ended_ms: Option<i64>,
    /// The platform's figures, when they were seen.
    pub report: Option<Report>,
    /// How the environment got ready for it.
    pub readiness: Readiness,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// What the error said as it came, or the last error that was logged before: one line of at most 240 bytes.
    pub error: Option<Box<str>>,
    /// Lines that belong to it, records included.
    pub lines: u64,
}

/// What was seen of an environment getting ready.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Readiness {
    /// Whether it was initialised here.
    pub initialised: bool,
    /// Whether it was restored from a snapshot here.
    pub restored: bool,
    /// The end of the initialisation, when the platform wrote it.
    pub init: Option<InitReport>,
    /// How long the restore took, in milliseconds.
    pub restore_ms: Option<f64>,
    /// Whether it got ready ahead of any invocation.
    pub ahead: bool,
}

/// What went wrong with an invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The time-out was reached.
    TimedOut,
    /// The function or its runtime failed; the type of the error, when it was told.
    Failed(Option<Box<str>>),
}

/// How an invocation found its environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnvironmentStart {
    /// The environment was ready from an invocation before.
    Warm,
    /// The environment was initialised while the caller waited.
    Cold,
    /// The environment was restored from a snapshot while the caller waited.
    Restored,
    /// The environment had been made ready ahead of time, such as by provisioned concurrency.
    Ahead,
}

/// How an invocation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvocationOutcome {
    /// It has not begun: its environment gets ready.
    Starting,
    /// It has begun and not ended.
    Running,
    /// It ended, and nothing says that it failed.
    Succeeded,
    /// The function or its runtime failed.
    Failed,
    /// The time-out was reached.
    TimedOut,
}

impl Invocation {
    /// How it found its environment.
    #[must_use]
    pub fn start(&self) -> EnvironmentStart {
        let told =
            |figure: fn(&Report) -> Option<f64>| self.report.as_ref().and_then(figure).is_some();
        if self.readiness.ahead {
            EnvironmentStart::Ahead
        } else if self.readiness.restored || told(|report| report.restore_ms) {
            EnvironmentStart::Restored
        } else if self.readiness.initialised || told(|report| report.init_ms) {
            EnvironmentStart::Cold
        } else {
            EnvironmentStart::Warm
        }
    }

    /// How it went.
    #[must_use]
    pub const fn outcome(&self) -> InvocationOutcome {
        match (&self.trouble, self.ended_ms, &self.request_id) {
            (Some(Trouble::TimedOut), ..) => InvocationOutcome::TimedOut,
            (Some(Trouble::Failed(_)), ..) => InvocationOutcome::Failed,
            (None, Some(_), _) => InvocationOutcome::Succeeded,
            (None, None, Some(_)) => InvocationOutcome::Running,
            (None, None, None) => InvocationOutcome::Starting,
        }
    }

    /// The memory size that it ran out of: it failed and had used all there was.
    #[must_use]
    pub fn ran_out_of(&self) -> Option<MemoryMb> {
        let report = self.report.as_ref()?;
        let (size, used) = (report.memory_mb?, report.max_memory_used_mb?);
        let is_out = self.outcome() == InvocationOutcome::Failed && used >= size;
        MemoryMb::of_any_function(size).ok().filter(|_| is_out)
    }

    /// Whether it is an environment that could not be made ready: it went wrong before any invocation began.
    #[must_use]
    pub fn is_broken_init(&self) -> bool {
        self.request_id.is_none() && self.readiness.init.is_some_and(|init| init.broke())
    }

    /// How long the initialisation took, in milliseconds, whoever told it; one that failed tells nothing of others.
    #[must_use]
    pub fn init_ms(&self) -> Option<f64> {
        let reported = self.report.as_ref().and_then(|report| report.init_ms);
        reported.or_else(|| {
            self.readiness
                .init
                .filter(|init| init.end == InitEnd::Ready)?
                .duration_ms
        })
    }

    /// How long the restore took, in milliseconds, whoever told it.
    #[must_use]
    pub fn restore_ms(&self) -> Option<f64> {
        let reported = self.report.as_ref().and_then(|report| report.restore_ms);
        reported.or(self.readiness.restore_ms)
    }

    fn new(stream: Arc<str>, request_id: Option<&str>) -> Self {
        Self {
            request_id: request_id.map(Into::into),
            stream,
            version: None,
            tenant_id: None,
            started_ms: None,
            ended_ms: None,
            report: None,
            readiness: Readiness::default(),
            trouble: None,
            error: None,
            lines: 0,
        }
    }

    fn is(&self, request_id: &str) -> bool {
        self.request_id.as_deref() == Some(request_id)
    }

    /// Takes the status of a record over; one that says success does not undo what a line said before.
    fn hear(&mut self, status: Option<&InvocationStatus>, error_type: Option<&str>) {
        match status {
            Some(InvocationStatus::Timeout) => self.trouble = Some(Trouble::TimedOut),
            Some(InvocationStatus::Failure | InvocationStatus::Error) => self.fail(error_type),
            Some(InvocationStatus::Success | InvocationStatus::Other(_)) | None => {}
        }
    }

    /// Remembers what an error says. What the platform said of the failure itself stays.
    fn say(&mut self, words: &str) {
        /// Bytes that are kept.
        const MOST: usize = 240;
        let words = words.lines().next().unwrap_or_default().trim();
        if self.trouble.is_none() && !words.is_empty() {
            self.error = Some(head(words, MOST).into());
        }
    }

    /// Remembers a failure. A time-out stays one, and the first error type that is told stays.
    fn fail(&mut self, error_type: Option<&str>) {
        if matches!(self.trouble, None | Some(Trouble::Failed(None))) {
            self.trouble = Some(Trouble::Failed(error_type.map(Into::into)));
        }
    }

    /// Whether a REPORT written at `time_ms` covers the time of the one this invocation has: the former was then
    /// written by the function, as an invocation has only one.
    fn is_covered_by(&self, report: &Report, time_ms: i64) -> bool {
        let (Some(ended), Some(took)) = (self.ended_ms, report.whole_duration_ms()) else {
            return false;
        };
        (ended as f64) >= time_ms as f64 - took && ended <= time_ms
    }
}

#[cfg(test)]
mod tests;
