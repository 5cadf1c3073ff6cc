//! The kinds of records the Lambda platform writes between the function's own lines.

/// What an event is, of the kinds a Lambda log group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum RecordKind {
    /// A line of the program's own.
    #[default]
    Application,
    /// A mark set by iacstone between the events.
    Marker,
    /// `INIT_START`, `platform.initStart`.
    InitStart,
    /// `INIT_REPORT`, `platform.initReport`, `platform.initRuntimeDone`.
    InitReport,
    /// `START`, `platform.start`.
    Start,
    /// `END`, `platform.runtimeDone`.
    End,
    /// `REPORT`, `platform.report`.
    Report,
    /// `RESTORE_START`, `platform.restoreStart`.
    RestoreStart,
    /// `RESTORE_REPORT`, `platform.restoreReport`, `platform.restoreRuntimeDone`.
    RestoreReport,
    /// `Task timed out after N seconds`.
    TimedOut,
    /// `EXTENSION`, `platform.extension`, `platform.telemetrySubscription`.
    Extension,
    /// `platform.logsDropped`: Lambda itself lost lines.
    LogsDropped,
}

impl RecordKind {
    const ALL: [Self; 12] = [
        Self::Application,
        Self::Marker,
        Self::InitStart,
        Self::InitReport,
        Self::Start,
        Self::End,
        Self::Report,
        Self::RestoreStart,
        Self::RestoreReport,
        Self::TimedOut,
        Self::Extension,
        Self::LogsDropped,
    ];

    /// Whether the Lambda platform wrote it.
    #[must_use]
    pub const fn is_platform(self) -> bool {
        !matches!(self, Self::Application | Self::Marker)
    }

    /// The kind of a text record that starts with this word.
    pub(super) fn worded(word: &str) -> Option<Self> {
        let kind = match word {
            "INIT_START" => Self::InitStart,
            "INIT_REPORT" => Self::InitReport,
            "START" => Self::Start,
            "END" => Self::End,
            "REPORT" => Self::Report,
            "RESTORE_START" => Self::RestoreStart,
            "RESTORE_REPORT" => Self::RestoreReport,
            "EXTENSION" | "TELEMETRY" => Self::Extension,
            _ => return None,
        };
        Some(kind)
    }

    /// The kind of a JSON record of this `type`.
    pub(super) fn typed(kind: &str) -> Option<Self> {
        let kind = match kind.strip_prefix("platform.")? {
            "initStart" => Self::InitStart,
            "initReport" | "initRuntimeDone" => Self::InitReport,
            "start" => Self::Start,
            "end" | "runtimeDone" => Self::End,
            "report" => Self::Report,
            "restoreStart" => Self::RestoreStart,
            "restoreReport" | "restoreRuntimeDone" => Self::RestoreReport,
            "extension" | "telemetrySubscription" => Self::Extension,
            "logsDropped" => Self::LogsDropped,
            _ => return None,
        };
        Some(kind)
    }

    /// The kind with this number; an application line for a number beyond.
    pub(in crate::logs) fn at(number: usize) -> Self {
        Self::ALL.get(number).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::RecordKind;

    #[test]
    fn a_kind_is_found_by_its_number() {
        for (number, kind) in RecordKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, number);
            assert_eq!(RecordKind::at(number), kind);
        }
    }
}
