//! REPORT records: what AWS Lambda writes about each invocation, in text and in JSON.
//!
//! A record is only believed when it is a line of its own, begins as the platform begins it and carries the request
//! id that was asked for. Functions can print such lines too; the platform writes its own after everything the
//! function wrote, so the last one is the real one.

mod json;
mod text;

/// What the platform says about one invocation. Durations are in milliseconds, sizes in megabytes; all are finite
/// and at least 0. Every figure is optional because JSON records may leave out any of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The id of the invocation.
    pub request_id: String,
    /// Duration of the handler.
    pub duration_ms: Option<f64>,
    /// Billed duration.
    pub billed_ms: Option<f64>,
    /// The memory size of the function.
    pub memory_mb: Option<u32>,
    /// Peak memory of the environment so far.
    pub max_memory_used_mb: Option<u32>,
    /// Initialisation, when the environment was started for this invocation.
    pub init_ms: Option<f64>,
    /// Restore of a snapshot, when the environment was restored for this invocation.
    pub restore_ms: Option<f64>,
    /// The billed part of the restore.
    pub billed_restore_ms: Option<f64>,
    /// How the invocation ended; text records state it for failures only.
    pub status: Option<InvocationStatus>,
    /// The platform's error type, such as `Runtime.ExitError`.
    pub error_type: Option<String>,
}

/// How an invocation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvocationStatus {
    /// The handler answered.
    Success,
    /// The handler reported an error.
    Failure,
    /// The environment broke: out of memory, or the process ended.
    Error,
    /// The time-out of the function was reached.
    Timeout,
    /// A word this program does not know.
    Other(String),
}

impl InvocationStatus {
    pub(super) fn parse(word: &str) -> Self {
        match word {
            "success" => Self::Success,
            "failure" => Self::Failure,
            "error" => Self::Error,
            "timeout" => Self::Timeout,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Report {
    /// Duration with initialisation and restore, in milliseconds: what the caller of a cold invocation waits for.
    #[must_use]
    pub fn whole_duration_ms(&self) -> Option<f64> {
        self.duration_ms.map(|duration| {
            duration + self.init_ms.unwrap_or_default() + self.restore_ms.unwrap_or_default()
        })
    }

    /// Billed duration with the billed part of a restore, in milliseconds.
    #[must_use]
    pub fn whole_billed_ms(&self) -> Option<f64> {
        self.billed_ms
            .map(|billed| billed + self.billed_restore_ms.unwrap_or_default())
    }
}

/// Reads one line of a log as a record, in either format; `None` when it is anything else.
#[must_use]
pub fn parse_line(line: &str) -> Option<Report> {
    let line = line.trim_end();
    if line.starts_with('{') {
        json::parse(line)
    } else {
        text::parse(line)
    }
}

/// Finds the record of an invocation in the end of a log (the decoded `LogResult` of an invocation).
///
/// The bytes may begin in the middle of a line or of a character and mix both formats. The last record with this
/// request id wins.
#[must_use]
pub fn find(log_tail: &[u8], request_id: &str) -> Option<Report> {
    log_tail
        .rsplit(|&byte| byte == b'\n')
        .filter(|line| matches!(line.first(), Some(b'R' | b'{')))
        .filter_map(|line| parse_line(&String::from_utf8_lossy(line)))
        .find(|report| report.request_id == request_id)
}

/// Keeps a figure that can be one: finite and not negative.
pub(super) fn figure(value: f64) -> Option<f64> {
    (value.is_finite() && value >= 0.0).then_some(value)
}

#[cfg(test)]
mod tests;
