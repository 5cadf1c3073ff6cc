//! Up to when a group was read, how far back that is true, and from when on the next sweep looks.
//!
//! Invariant: each sweep begins to look so far before the place where the one before it began that every event that
//! becomes readable within that time is met by a sweep, however long sweeps take or fail.

use super::YOUNG_MS;
use crate::planted::{Planted, is_planted};
use crate::tail::page_run::{PageRun, RunPurpose};

/// How far back a deep sweep looks at least, and at most, in milliseconds.
const DEEP_MS: (i64, i64) = (120_000, 900_000);
/// How many pages a deep sweep may take beyond what it looks at anyway.
const DEEP_PAGES: f64 = 5.0;
/// How far back the sweeps in between look, in milliseconds: where little is written, and where much.
const RECENT_MS: (i64, i64) = (120_000, 10_000);
/// So many pages in two minutes are much.
const MUCH: f64 = 1.0;

/// Up to when a group was read.
#[derive(Debug)]
pub(super) struct SweepReach {
    /// No sweep looks at anything earlier.
    begin_ms: i64,
    /// Up to which of the service's times everything was read.
    reach_ms: i64,
    /// The same, for deep sweeps.
    deep_ms: i64,
    /// Where the last page run that was finished began to look.
    looked_ms: i64,
    /// Pages per millisecond of log.
    density: f64,
    /// Whether reading costs money, so that no sweep looks further back than it must.
    is_costly: bool,
}

/// From when on the sweeps look that follow on something that was read at this of the service's times.
pub(in crate::tail) const fn settled_ms(read_ms: i64) -> i64 {
    read_ms - DEEP_MS.0
}

impl SweepReach {
    /// Nothing was read yet of what happened since a time.
    pub(super) const fn new(from_ms: i64, server_ms: i64) -> Self {
        Self {
            begin_ms: from_ms,
            reach_ms: server_ms,
            deep_ms: server_ms,
            looked_ms: from_ms,
            density: 0.0,
            is_costly: false,
        }
    }

    /// Has no sweep look further back than it must.
    pub(super) const fn spare(&mut self) {
        self.is_costly = true;
    }

    /// Up to which of the service's times everything was read.
    pub(super) const fn reach_ms(&self) -> i64 {
        self.reach_ms
    }

    /// Up to which of the service's times everything was read that happened from a time on. A sweep that begins to look
    /// later than that may have missed what came late.
    pub(super) fn reach_from_ms(&self, from_ms: i64) -> i64 {
        if self.looked_ms <= from_ms.max(self.begin_ms) {
            self.reach_ms
        } else {
            self.reach_ms.min(self.deep_ms)
        }
    }

    /// Pages that a millisecond of log takes, as far as that is known.
    pub(super) const fn density(&self) -> f64 {
        self.density
    }

    /// The earliest time a sweep to come looks at.
    pub(super) fn earliest_ms(&self) -> i64 {
        let next_ms = (self.reach_ms - RECENT_MS.0).min(self.deep_ms - self.deep_back());
        (next_ms - YOUNG_MS).max(self.begin_ms)
    }

    /// From when on a sweep looks that begins now.
    pub(super) fn look_from_ms(&self, is_deep: bool) -> i64 {
        let from_ms = match is_deep {
            _ if is_planted(Planted::ShortSweep) => self.reach_ms - RECENT_MS.1,
            true => self.deep_ms - self.deep_back(),
            false => self.reach_ms - self.recent_back(),
        };
        (from_ms - YOUNG_MS).max(self.begin_ms)
    }

    fn recent_back(&self) -> i64 {
        if self.density * RECENT_MS.0 as f64 <= MUCH {
            RECENT_MS.0
        } else {
            RECENT_MS.1
        }
    }

    /// As far back as its pages reach.
    fn deep_back(&self) -> i64 {
        if self.is_costly {
            return DEEP_MS.0;
        }
        let reach = DEEP_PAGES / self.density.max(1e-9);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to minutes")]
        let reach = reach.clamp(DEEP_MS.0 as f64, DEEP_MS.1 as f64) as i64;
        reach
    }

    /// Has sweeps look at nothing before a time.
    pub(super) const fn begin_at(&mut self, begin_ms: i64) {
        self.begin_ms = begin_ms;
    }

    /// Has sweeps look at nothing before a time, nor before what they left out already.
    pub(super) fn begin_after(&mut self, begin_ms: i64) {
        self.begin_ms = self.begin_ms.max(begin_ms);
    }

    /// Goes as far as a page run that is whole.
    pub(super) fn extend(&mut self, page_run: &PageRun) {
        let purpose = page_run.purpose();
        if !matches!(purpose, RunPurpose::Paint(_)) {
            self.density = page_run.density();
        }
        if purpose == RunPurpose::History {
            self.begin_after(settled_ms(page_run.began_ms()));
        }
        if purpose != RunPurpose::Recent {
            self.deep_ms = page_run.began_ms();
        }
        (self.reach_ms, self.looked_ms) = (page_run.began_ms(), page_run.start_ms());
    }

    /// Goes back, so that what was lost after it was read is read again.
    pub(super) fn rewind(&mut self, to_ms: i64) {
        self.reach_ms = self.reach_ms.min(to_ms);
        self.deep_ms = self.deep_ms.min(to_ms);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Circumstances, GroupPoller, PollPace};
    use crate::aws::FilterPage;
    use crate::clock::Now;
    use crate::logs::TailTarget;
    use crate::tail::ids::SessionGroupId;

    fn at(seconds: u64) -> Circumstances {
        let server_ms = i64::try_from(seconds).unwrap() * 1_000;
        Circumstances {
            now: Now {
                at: Duration::from_secs(seconds),
                wall_ms: server_ms,
            },
            server_ms,
            floor_ms: i64::MIN,
            pace: PollPace::Poll,
        }
    }

    fn page(next: Option<&str>) -> FilterPage {
        FilterPage {
            events: Vec::new(),
            next: next.map(str::to_owned),
        }
    }

    fn ask(poller: &mut GroupPoller, seconds: u64) {
        drop(poller.request(at(seconds), &TailTarget::default()));
    }

    fn opened() -> GroupPoller {
        let mut poller = GroupPoller::new("/g".to_owned(), SessionGroupId(0), Some(-600_000), 1, 0);
        ask(&mut poller, 0);
        poller.take(page(None), at(0));
        poller
    }

    #[test]
    fn a_page_is_waited_for_since_its_first_question_also_when_the_token_was_refused() {
        let mut poller = opened();
        ask(&mut poller, 10);
        poller.take(page(Some("more")), at(10));
        ask(&mut poller, 11);
        assert!(poller.drop_token(at(12).now));
        ask(&mut poller, 13);
        let since = |poller: &GroupPoller| poller.doubtful().map(|(since, _)| since.as_secs());
        assert_eq!(since(&poller), Some(11));
        poller.fail("garbage", at(14).now, |_| Duration::ZERO);
        assert_eq!(since(&poller), Some(11));
        ask(&mut poller, 15);
        poller.take(page(None), at(15));
        assert_eq!(since(&poller), None);
    }

    #[test]
    fn a_sweep_vouches_for_what_it_looked_at_and_a_deep_one_for_what_came_late() {
        let mut poller = opened();
        poller.reach.density = 1.0;
        ask(&mut poller, 30);
        poller.take(page(None), at(30));
        // It looked back fifteen seconds from the opening.
        assert_eq!(poller.reach_from_ms(-15_000), 30_000);
        assert_eq!(poller.reach_from_ms(-15_001), 0);
        poller.deepen();
        ask(&mut poller, 40);
        poller.take(page(None), at(40));
        assert_eq!(poller.reach_from_ms(-600_000), 40_000);
    }
}
