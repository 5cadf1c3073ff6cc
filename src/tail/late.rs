//! The search for events that come late: sweeps that look far back, seldom, for as many pages as a part of the rate
//! carries, and only when nothing else is to be asked.

mod known;
mod pass;
mod search;
#[cfg(test)]
mod tests;

use std::time::Duration;

use super::ids::PollerId;
use super::poller::PageEvents;
use crate::aws::{AwsError, FilterPage, FilterRequest, Quota};
use crate::clock::Now;
use crate::logs::TailTarget;
use search::LateSearch;
pub(super) use search::{PLANNED_MS, SearchStart};

/// The part of the rate that a search takes while it goes on.
const PACE: f64 = 0.5;
/// Calls a second that are taken for a search at most, however many the rate allows: each brings up to 1 MB.
const MOST_CALLS: f64 = 5.0;
/// The least pause between two pages of searches.
const PAUSE: Duration = Duration::from_millis(250);

/// The searches of all groups, one for each poller and under its id; one page is under way at a time.
#[derive(Debug)]
pub(super) struct LateSearches {
    searches: Vec<LateSearch>,
    quota: Quota,
    /// Not before this is the next page asked for.
    next_at: Duration,
    /// The place of the search that is asked first.
    turn: usize,
    /// What was last told of how late an event may be and is found, in milliseconds.
    told_ms: i64,
}

impl LateSearches {
    /// Nothing was searched yet, for so many groups.
    pub(super) fn new(groups: usize, quota: Quota) -> Self {
        Self {
            searches: (0..groups).map(|_| LateSearch::default()).collect(),
            quota,
            next_at: Duration::ZERO,
            turn: 0,
            told_ms: PLANNED_MS,
        }
    }

    /// One more group, that of the poller added last.
    pub(super) fn add(&mut self) {
        self.searches.push(LateSearch::default());
    }

    /// The group to ask a page of now, one of those that can be read. The right to the call is taken.
    pub(super) fn take_turn(
        &mut self,
        now: Now,
        is_ready: impl Fn(PollerId) -> bool,
    ) -> Option<PollerId> {
        for (place, search) in self.searches.iter_mut().enumerate() {
            search.wait(now, is_ready(PollerId(place)));
        }
        let is_busy = self.searches.iter().any(LateSearch::is_asked);
        if now.at < self.next_at || is_busy {
            return None;
        }
        let count = self.searches.len();
        let mut places = (0..count).map(|step| (self.turn + step) % count);
        let place = places.find(|&place| {
            let search = self.searches.get(place);
            search.is_some_and(|it| it.is_due(now)) && is_ready(PollerId(place))
        })?;
        if !self.quota.take_spare() {
            return None;
        }
        self.next_at = now.at + PAUSE.max(Duration::from_secs_f64(1.0 / (PACE * self.calls())));
        Some(PollerId(place))
    }

    /// What to ask for a group whose turn it is.
    pub(super) fn request(
        &mut self,
        id: PollerId,
        group: &str,
        start: SearchStart,
        wanted: &TailTarget,
    ) -> Option<FilterRequest> {
        let share = PACE * self.calls() / (2 * self.searches.len()).max(1) as f64;
        let search = self.searches.get_mut(id.0)?;
        search.begin(start, share);
        search.request(group, wanted, start.now)
    }

    /// Takes a page; gives the events that no search had met before. `None` for one that nobody waits for.
    pub(super) fn take(&mut self, id: PollerId, page: FilterPage) -> Option<PageEvents> {
        let search = self.searches.get_mut(id.0)?;
        let taken = search.take(page);
        if !search.is_under_way() {
            self.turn = id.0 + 1;
        }
        taken
    }

    /// A page did not come, or its token was refused; the search goes on after a pause.
    pub(super) fn fail(&mut self, id: PollerId, error: &AwsError, now: Now, pause: Duration) {
        let is_refused = matches!(error, AwsError::Refused(_));
        if let Some(search) = self.searches.get_mut(id.0) {
            search.fail(is_refused, now, pause);
        }
        self.turn = id.0 + 1;
    }

    /// How late an event of any group that can be read may come and is found all the same, in milliseconds: [`PLANNED_MS`]
    /// where the rate carries that.
    pub(super) fn reach_ms(&self, now: Now, is_ready: impl Fn(PollerId) -> bool) -> i64 {
        let searches = self.searches.iter().enumerate();
        let ready = searches.filter(|&(place, _)| is_ready(PollerId(place)));
        let reaches = ready.map(|(_, search)| search.reach_ms(now));
        reaches.min().unwrap_or(PLANNED_MS)
    }

    /// What was last told of that.
    pub(super) const fn told_ms(&self) -> i64 {
        self.told_ms
    }

    /// Notes what is told of that now.
    pub(super) const fn tell(&mut self, reach_ms: i64) {
        self.told_ms = reach_ms;
    }

    fn calls(&self) -> f64 {
        self.quota.rate().min(MOST_CALLS)
    }
}
