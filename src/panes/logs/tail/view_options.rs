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
    /// Whether alike neighbours are folded into one row.
    pub alike: bool,
    /// Whether it is told how long after its time `CloudWatch` Logs took each row in.
    pub delay: bool,
    /// Rows of the same stream that are shown on each side of a row that passes the filters, at most.
    pub around: usize,
    /// Whether copies and exports hold secrets as they are.
    pub secrets: bool,
}

/// How many rows can be shown around those that pass the filters.
const AROUND: [usize; 7] = [0, 1, 2, 3, 5, 10, 20];

impl TailViewOptions {
    /// Shows more rows around those that pass, or fewer.
    pub(in crate::panes::logs) fn change_around(&mut self, more: bool) {
        let mut steps = AROUND.into_iter();
        let next = if more {
            steps.find(|step| *step > self.around)
        } else {
            steps.rfind(|step| *step < self.around)
        };
        self.around = next.unwrap_or(self.around);
    }

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
            alike: false,
            delay: false,
            around: 0,
            secrets: false,
        }
    }
}
