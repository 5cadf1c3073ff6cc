//! What a REPORT record says: the figures of an invocation and how it ended.

/// What the platform says about one invocation. Durations are in milliseconds, sizes in megabytes; all are finite
/// and at least 0. Every figure is optional because JSON records may leave out any of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The id of the invocation.
    pub request_id: String,
    /// The tenant it ran for, of a function that keeps tenants apart.
    pub tenant_id: Option<String>,
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
    pub(in crate::lambda) fn parse(word: &str) -> Self {
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

/// Keeps a figure that can be one: finite and not negative.
pub(in crate::lambda) fn figure(value: f64) -> Option<f64> {
    (value.is_finite() && value >= 0.0).then_some(value)
}
