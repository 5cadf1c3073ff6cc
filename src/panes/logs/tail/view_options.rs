//! How the rows are looked at; stays when other groups are followed.

use crate::logs::redact;
use crate::panes::logs::clock::TimeMode;

/// How the rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the user that do not depend on one another"
)]
pub struct TailViewOptions {
    /// How times are shown.
    pub time: TimeMode,
    /// Whether long rows are wrapped.
    pub wrap: bool,
    /// Whether long lines of one event are wrapped.
    pub wraps_event: bool,
    /// Whether the histogram is shown.
    pub histogram: bool,
    /// Whether Lambda invocations are folded into one row each.
    pub folds: bool,
    /// Whether the colours that events give their texts are shown.
    pub colours: bool,
    /// Whether copies and exports hold secrets as they are.
    pub secrets: bool,
}

impl TailViewOptions {
    /// A text as it may leave the screen.
    pub(in crate::panes::logs) fn outgoing(self, text: &str) -> String {
        if self.secrets {
            text.to_owned()
        } else {
            redact(text).into_owned()
        }
    }
}

impl Default for TailViewOptions {
    fn default() -> Self {
        Self {
            time: TimeMode::default(),
            wrap: false,
            wraps_event: true,
            histogram: true,
            folds: true,
            colours: true,
            secrets: false,
        }
    }
}
