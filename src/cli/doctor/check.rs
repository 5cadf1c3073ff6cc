//! One thing that was looked at, and the list of them as text.

use std::fmt::Write;

use serde::Serialize;

use crate::text;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CheckHealth {
    Ok,
    /// Usable, but something is worth knowing.
    Warn,
    /// Needed and missing.
    Fail,
    /// Not looked at.
    Skip,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub(super) name: &'static str,
    #[serde(rename = "status")]
    pub(super) health: CheckHealth,
    pub(super) words: String,
    /// What to do, where something is to be done.
    pub(super) remedy: Option<String>,
}

impl Check {
    /// All is well.
    pub(super) fn ok(name: &'static str, words: impl Into<String>) -> Self {
        Self::new(name, CheckHealth::Ok, words.into(), None)
    }

    /// Usable, with something worth knowing.
    pub(super) fn warn(
        name: &'static str,
        words: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(name, CheckHealth::Warn, words.into(), Some(remedy.into()))
    }

    /// Needed and missing; the words hold what to do when they are the error's own.
    pub(super) fn fail(name: &'static str, words: impl Into<String>) -> Self {
        Self::new(name, CheckHealth::Fail, words.into(), None)
    }

    /// Not looked at, and why.
    pub(super) fn skip(name: &'static str, words: impl Into<String>) -> Self {
        Self::new(name, CheckHealth::Skip, words.into(), None)
    }

    /// The same with something to do.
    pub(super) fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    fn new(name: &'static str, health: CheckHealth, words: String, remedy: Option<String>) -> Self {
        Self {
            name,
            health,
            words,
            remedy,
        }
    }
}

/// The findings, one a line, with what to do under it.
pub(super) fn table(checks: &[Check]) -> String {
    let names = checks.iter().map(|check| text::width(check.name));
    let width = names.max().unwrap_or_default();
    let mut lines = String::new();
    for check in checks {
        let health = match check.health {
            CheckHealth::Ok => "ok  ",
            CheckHealth::Warn => "warn",
            CheckHealth::Fail => "FAIL",
            CheckHealth::Skip => "-   ",
        };
        let name = text::pad(check.name, width);
        writeln!(
            lines,
            "{health}  {name}  {}",
            text::neutralise(&check.words)
        )
        .ok();
        if let Some(remedy) = &check.remedy {
            let gap = " ".repeat(width + 8);
            writeln!(lines, "{gap}-> {}", text::neutralise(remedy)).ok();
        }
    }
    lines
}
