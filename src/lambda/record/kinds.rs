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
        /// The tenant it runs for, of a function that keeps tenants apart.
        tenant_id: Option<String>,
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
        /// What the error says, as it came.
        message: String,
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
    /// How it ended.
    pub end: InitEnd,
    /// Whether it is the repetition within an invocation.
    pub repeated: bool,
}

/// How an initialisation ended. One that did not go well is repeated with the first invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InitEnd {
    /// The environment is ready.
    #[default]
    Ready,
    /// The function's code or its runtime failed.
    Failed,
    /// The time-out was reached: 10 seconds, or the function's own in the repetition.
    TimedOut,
}

impl InitEnd {
    /// The end that the status of a record tells; without one it went well.
    pub(super) fn of(status: Option<&str>) -> Self {
        match status.map(InvocationStatus::parse) {
            None | Some(InvocationStatus::Success) => Self::Ready,
            Some(InvocationStatus::Timeout) => Self::TimedOut,
            Some(_) => Self::Failed,
        }
    }
}

impl InitKind {
    /// Whether no invocation waits for it.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Provisioned | Self::SnapStart)
    }
}

impl InitReport {
    /// Whether it went wrong before any invocation began: such an environment has nothing to show for it.
    #[must_use]
    pub fn broke(&self) -> bool {
        self.end != InitEnd::Ready && !self.repeated
    }

    /// Whether it came ahead of any invocation: for provisioned concurrency or, as text records do not tell the two
    /// apart, when a version with `SnapStart` was published.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        match self.kind {
            InitKind::Unsaid => self.end == InitEnd::Ready && !self.repeated,
            said => said.is_ahead(),
        }
    }
}
