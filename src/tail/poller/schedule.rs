//! When a group is swept again, and when deeply.

use std::time::Duration;

use super::pace::PollPace;
use crate::clock::Now;

/// How often a group is swept deeply.
const DEEP_EVERY: Duration = Duration::from_mins(1);

/// When sweeps begin.
#[derive(Debug, Default)]
pub(super) struct SweepSchedule {
    /// When the next deep sweep is due.
    deep_at: Duration,
    /// When the last sweep began.
    swept_at: Option<Duration>,
    /// Whether the next sweep is to come as soon as can be.
    is_urgent: bool,
}

impl SweepSchedule {
    /// When the last sweep began; before the first, when what was there before the tail was read.
    pub(super) const fn swept_at(&self) -> Option<Duration> {
        self.swept_at
    }

    /// Whether a sweep is due.
    pub(super) fn is_due(&self, now: Now, pace: PollPace) -> bool {
        let since = now.since(self.swept_at.unwrap_or_default());
        since >= pace.period() || (self.is_urgent && since >= pace.soonest())
    }

    /// Has the next sweep come as soon as can be.
    pub(super) const fn hurry(&mut self) {
        self.is_urgent = true;
    }

    /// Has the next sweep come as soon as can be, and look far back.
    pub(super) const fn hurry_deep(&mut self) {
        self.is_urgent = true;
        self.deep_at = Duration::ZERO;
    }

    /// Begins a sweep; true when it is to be a deep one.
    pub(super) fn begin(&mut self, now: Now) -> bool {
        self.is_urgent = false;
        self.swept_at = Some(now.at);
        now.at >= self.deep_at
    }

    /// Puts off the next deep sweep: as much was just read.
    pub(super) fn put_off_deep(&mut self, now: Now) {
        self.deep_at = now.at + DEEP_EVERY;
        self.swept_at.get_or_insert(now.at);
    }
}
