//! Up to when a group was read, and how far back that is true.

use super::GroupPoller;
use crate::tail::page_run::RunPurpose;

impl GroupPoller {
    /// Up to which of the service's times everything was read.
    pub(in crate::tail) const fn reach_ms(&self) -> i64 {
        self.reach_ms
    }

    /// Up to which of the service's times everything was read that happened from a time on. A sweep that begins to look
    /// later than that may have missed what came late.
    pub(in crate::tail) fn reach_from_ms(&self, from_ms: i64) -> i64 {
        if self.looked_ms <= from_ms.max(self.begin_ms) {
            self.reach_ms
        } else {
            self.reach_ms.min(self.deep_ms)
        }
    }

    /// Asks for a sweep that looks far back, unless one is under way.
    pub(in crate::tail) fn deepen(&mut self) {
        let is_deep = |page_run: &super::PageRun| page_run.purpose == RunPurpose::Deep;
        if !self.page_run.as_ref().is_some_and(is_deep) {
            self.poll_deep_soon();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Circumstances, PollPace};
    use super::*;
    use crate::aws::FilterPage;
    use crate::clock::Now;

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
        drop(poller.request(at(seconds), &[], ""));
    }

    fn opened() -> GroupPoller {
        let mut poller = GroupPoller::new("/g".to_owned(), 0, Some(-600_000), 1, 0);
        ask(&mut poller, 0);
        poller.page(page(None), at(0));
        poller
    }

    #[test]
    fn a_page_is_waited_for_since_its_first_question_also_when_the_token_was_refused() {
        let mut poller = opened();
        ask(&mut poller, 10);
        poller.page(page(Some("more")), at(10));
        ask(&mut poller, 11);
        assert!(poller.lost_token(at(12).now));
        ask(&mut poller, 13);
        let since = |poller: &GroupPoller| poller.doubtful().map(|(since, _)| since.as_secs());
        assert_eq!(since(&poller), Some(11));
        poller.failed("garbage", at(14).now, |_| Duration::ZERO);
        assert_eq!(since(&poller), Some(11));
        ask(&mut poller, 15);
        poller.page(page(None), at(15));
        assert_eq!(since(&poller), None);
    }

    #[test]
    fn a_sweep_vouches_for_what_it_looked_at_and_a_deep_one_for_what_came_late() {
        let mut poller = opened();
        poller.density = 1.0;
        ask(&mut poller, 30);
        poller.page(page(None), at(30));
        // It looked back fifteen seconds from the opening.
        assert_eq!(poller.reach_from_ms(-15_000), 30_000);
        assert_eq!(poller.reach_from_ms(-15_001), 0);
        poller.deepen();
        ask(&mut poller, 40);
        poller.page(page(None), at(40));
        assert_eq!(poller.reach_from_ms(-600_000), 40_000);
    }
}
