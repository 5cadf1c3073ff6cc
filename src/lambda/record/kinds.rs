//! The kinds of platform records, and what each says.

use super::super::report::{InvocationStatus, Report};

/// One platform record, in either log format.
#[derive(Debug, Clone, PartialEq)]
pub enum PlatformRecord {
    /// An environment begins to get ready.
    InitStart(InitKind),
    /// An environment got ready, or failed to. Text records exist only for failures and for environments that were
    /// made ready ahead of any invocation.
    InitReport(InitReport),
    /// A snapshot begins to be restored.
    RestoreStart,
    /// A snapshot was restored; how long it took, in milliseconds.
    RestoreReport(Option<f64>),
    /// An invocation begins.
    Start {
        /// Its id.
        request_id: String,
        /// The version of the function, such as `$LATEST`.
        version: Option<String>,
    },
    /// The function's code has ended, and how.
    RuntimeDone {
        /// The id of the invocation.
        request_id: String,
        /// How it ended.
        status: Option<InvocationStatus>,
    },
    /// An invocation ended.
    End {
        /// Its id.
        request_id: String,
    },
    /// The figures of an invocation that ended.
    Report(Report),
    /// The time-out was reached.
    TimedOut {
        /// The id of the invocation, when the line has it.
        request_id: Option<String>,
        /// The limit, in seconds.
        seconds: f64,
    },
    /// The runtime or the function's code failed.
    Failed {
        /// The id of the invocation, when the line has it.
        request_id: Option<String>,
        /// The type of the error, such as `Runtime.ExitError`, when the line has it.
        error_type: Option<String>,
    },
    /// An extension was registered.
    Extension {
        /// Its name.
        name: String,
    },
    /// The platform could not deliver log records and dropped them.
    LogsDropped {
        /// How many.
        records: u64,
        /// The platform's reason.
        reason: String,
    },
}

/// What an environment gets ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InitKind {
    /// Text records do not say.
    #[default]
    Unsaid,
    /// An invocation that waits for it.
    OnDemand,
    /// Provisioned concurrency: nobody waits.
    Provisioned,
    /// A snapshot is taken or restored.
    SnapStart,
}

/// The end of an initialisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InitReport {
    /// How long it took, in milliseconds.
    pub duration_ms: Option<f64>,
    /// What it was for.
    pub kind: InitKind,
    /// Whether it failed or reached the time-out of 10 seconds; it is repeated with the first invocation then.
    pub failed: bool,
    /// Whether it is the repetition within an invocation.
    pub repeated: bool,
}

impl InitKind {
    /// Whether no invocation waits for it.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Provisioned | Self::SnapStart)
    }
}

impl InitReport {
    /// Whether it came ahead of any invocation: for provisioned concurrency or, as text records do not tell the two
    /// apart, when a version with `SnapStart` was published.
    #[must_use]
    pub const fn is_ahead(&self) -> bool {
        match self.kind {
            InitKind::Unsaid => !self.failed && !self.repeated,
            said => said.is_ahead(),
        }
    }
}
