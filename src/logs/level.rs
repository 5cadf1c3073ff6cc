//! How grave an event is, by the many names and numbers loggers have for it.

/// How grave an event is. Ordered: what tells no level comes first, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Level {
    /// The event does not tell.
    #[default]
    Unknown,
    /// Finer than debugging.
    Trace,
    /// For debugging.
    Debug,
    /// Good to know.
    Info,
    /// Needs a look.
    Warn,
    /// Failed.
    Error,
    /// Nothing works any more.
    Fatal,
}

impl Level {
    /// Every level, in order.
    pub const ALL: [Self; 7] = [
        Self::Unknown,
        Self::Trace,
        Self::Debug,
        Self::Info,
        Self::Warn,
        Self::Error,
        Self::Fatal,
    ];

    /// The level a logger calls `name`, in any case; `None` for a name no logger uses.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const LONGEST: usize = 13;
        if name.len() > LONGEST {
            return None;
        }
        let level = match name.to_ascii_lowercase().as_str() {
            "trace" | "trc" | "trce" | "verbose" | "silly" | "finest" | "finer" => Self::Trace,
            "debug" | "dbg" | "dbug" | "fine" => Self::Debug,
            "info" | "inf" | "information" | "informational" | "notice" | "log" => Self::Info,
            "warn" | "wrn" | "warning" => Self::Warn,
            "error" | "err" | "fail" | "severe" => Self::Error,
            "fatal" | "ftl" | "critical" | "crit" | "panic" | "alert" | "emergency" | "emerg" => {
                Self::Fatal
            }
            _ => return None,
        };
        Some(level)
    }

    /// The level of a number, as pino and bunyan (10 trace, 20 debug, … 60 fatal) write it. Smaller numbers
    /// mean different things to different loggers and tell nothing.
    #[must_use]
    pub const fn numbered(number: u32) -> Option<Self> {
        match number {
            10..20 => Some(Self::Trace),
            20..30 => Some(Self::Debug),
            30..40 => Some(Self::Info),
            40..50 => Some(Self::Warn),
            50..60 => Some(Self::Error),
            60..70 => Some(Self::Fatal),
            _ => None,
        }
    }

    /// The level of a `severityNumber` of OpenTelemetry: 1 to 24, four for each level ("Logs Data Model", field
    /// `SeverityNumber`). 0 says that it is not told.
    #[must_use]
    pub const fn of_severity(number: u32) -> Option<Self> {
        match number {
            1..=4 => Some(Self::Trace),
            5..=8 => Some(Self::Debug),
            9..=12 => Some(Self::Info),
            13..=16 => Some(Self::Warn),
            17..=20 => Some(Self::Error),
            21..=24 => Some(Self::Fatal),
            _ => None,
        }
    }

    /// One letter for a narrow column; a space when unknown.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Unknown => ' ',
            Self::Trace => 'T',
            Self::Debug => 'D',
            Self::Info => 'I',
            Self::Warn => 'W',
            Self::Error => 'E',
            Self::Fatal => 'F',
        }
    }

    /// The name in filters and exports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fatal => "fatal",
        }
    }

    /// This level, or the other one when this is not told.
    #[must_use]
    pub(super) const fn or(self, other: Self) -> Self {
        match self {
            Self::Unknown => other,
            told => told,
        }
    }

    /// The level with this place in [`Level::ALL`]; unknown for a place beyond.
    pub(super) fn at(place: usize) -> Self {
        Self::ALL.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(Level::named("WARNING"), Some(Level::Warn));
        assert_eq!(Level::named("Informational"), Some(Level::Info));
        assert_eq!(Level::named("crit"), Some(Level::Fatal));
        assert_eq!(Level::named("Critical"), Some(Level::Fatal));
        assert_eq!(Level::named("dbug"), Some(Level::Debug));
        assert_eq!(Level::named("errors"), None);
        assert_eq!(Level::named(""), None);
    }

    #[test]
    fn only_the_numbers_of_pino_tell_a_level() {
        assert_eq!(Level::numbered(30), Some(Level::Info));
        assert_eq!(Level::numbered(60), Some(Level::Fatal));
        assert_eq!(Level::numbered(3), None);
        assert_eq!(Level::numbered(200), None);
    }

    #[test]
    fn the_numbers_of_opentelemetry_are_told_by_fours() {
        let levels = [1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24].map(Level::of_severity);
        let expected = Level::ALL
            .into_iter()
            .skip(1)
            .flat_map(|it| [Some(it), Some(it)]);
        assert!(levels.into_iter().eq(expected));
        assert_eq!(
            (Level::of_severity(0), Level::of_severity(25)),
            (None, None)
        );
    }

    #[test]
    fn a_level_is_found_by_its_own_name_and_place() {
        for level in Level::ALL.into_iter().skip(1) {
            assert_eq!(Level::named(level.name()), Some(level));
            assert_eq!(Level::at(level as usize), level);
        }
    }
}
