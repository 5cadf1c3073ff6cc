//! Whether the pages that are asked for come: since when reading fails or stands still, and why.

use std::time::Duration;

use crate::clock::Now;

/// What became of the pages that were asked for.
#[derive(Debug, Default)]
pub(super) struct PollHealth {
    failing: Option<ReadingFailure>,
    /// Since when a page is asked for and has not come, be it under a token that was refused meanwhile.
    asked_at: Option<Duration>,
    /// Whether a page ever came.
    was_read: bool,
}

/// Reading fails.
#[derive(Debug)]
struct ReadingFailure {
    since: Duration,
    why: String,
    /// How often in a row.
    count: u32,
}

impl PollHealth {
    /// A page is asked for.
    pub(super) fn ask(&mut self, now: Now) {
        self.asked_at.get_or_insert(now.at);
    }

    /// A page came.
    pub(super) const fn answer(&mut self) {
        self.asked_at = None;
        self.was_read = true;
    }

    /// What came leads on.
    pub(super) fn recover(&mut self) {
        self.failing = None;
    }

    /// A page did not come, or leads nowhere; gives how often that was so just before.
    pub(super) fn fail(&mut self, why: &str, now: Now) -> u32 {
        let asked_at = self.asked_at.take().unwrap_or(now.at);
        let (since, count) = match &self.failing {
            Some(failing) => (failing.since, failing.count),
            None => (asked_at, 0),
        };
        self.failing = Some(ReadingFailure {
            since,
            why: why.to_owned(),
            count: count + 1,
        });
        count
    }

    /// Whether a page ever came.
    pub(super) const fn was_read(&self) -> bool {
        self.was_read
    }

    /// Since when reading fails.
    pub(super) fn failing_since(&self) -> Option<Duration> {
        self.failing.as_ref().map(|failing| failing.since)
    }

    /// Since when nothing vouches for the events, and why: reading fails, or the page that was asked for does not come.
    pub(super) fn doubtful(&self) -> Option<(Duration, &str)> {
        let failing = self.failing.as_ref();
        let failing = failing.map(|failing| (failing.since, failing.why.as_str()));
        let waiting = self.asked_at.filter(|_| self.was_read);
        failing.or(waiting.map(|since| (since, "no answer yet")))
    }
}
