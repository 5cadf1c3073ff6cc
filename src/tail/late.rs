//! The search for events that come late: sweeps that look far back, seldom, for as many pages as a part of the rate
//! carries, and only when nothing else is to be asked.

mod known;
mod pass;
mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use super::ids::{PollerId, RegionId};
use super::poller::PageEvents;
use super::turns::RegionTurns;
use crate::aws::{AwsError, FilterPage, FilterRequest, Quota, Quotas};
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

/// The searches of all groups, one for each poller and under its id; one page is under way at a time in each region.
#[derive(Debug)]
pub(super) struct LateSearches {
    searches: Vec<LateSearch>,
    turns: RegionTurns,
    /// Not before this is the next page asked for in a region.
    next_at: BTreeMap<RegionId, Duration>,
    /// What was last told of how late an event may be and is found, in milliseconds.
    told_ms: i64,
}

impl LateSearches {
    /// Nothing was searched yet, for the groups of these keys.
    pub(super) fn new(keys: &[String], quotas: &Quotas) -> Self {
        Self {
            searches: keys.iter().map(|_| LateSearch::default()).collect(),
            turns: RegionTurns::new(keys, quotas),
            next_at: BTreeMap::new(),
            told_ms: PLANNED_MS,
        }
    }

    /// One more group, that of the poller added last.
    pub(super) fn add(&mut self, key: &str) {
        self.turns.add(key, PollerId(self.searches.len()));
        self.searches.push(LateSearch::default());
    }

    /// Looks at once for what came late in a group that is new.
    pub(super) fn hurry(&mut self, id: PollerId) {
        if let Some(search) = self.searches.get_mut(id.0) {
            search.hurry();
        }
    }

    /// The groups to ask a page of now, those that can be read and at most one in a region. The right to each call is taken.
    pub(super) fn take_turns(
        &mut self,
        now: Now,
        is_ready: impl Fn(PollerId) -> bool,
    ) -> Vec<PollerId> {
        for (place, search) in self.searches.iter_mut().enumerate() {
            search.wait(now, is_ready(PollerId(place)));
        }
        let regions = self.turns.regions();
        let turns = regions.filter_map(|region| self.take_turn(region, now, &is_ready));
        turns.collect()
    }

    fn take_turn(
        &mut self,
        region: RegionId,
        now: Now,
        is_ready: &impl Fn(PollerId) -> bool,
    ) -> Option<PollerId> {
        let search = |id: PollerId| self.searches.get(id.0);
        let mut pollers = self.turns.pollers(region).iter();
        let is_busy = pollers.any(|&id| search(id).is_some_and(LateSearch::is_asked));
        if is_busy || self.next_at.get(&region).is_some_and(|&at| now.at < at) {
            return None;
        }
        let is_due = |id| is_ready(id) && search(id).is_some_and(|search| search.is_due(now));
        let id = self.turns.take(region, is_due, Quota::take_spare)?;
        let pause = Duration::from_secs_f64(1.0 / (PACE * self.calls(region)));
        self.next_at.insert(region, now.at + PAUSE.max(pause));
        Some(id)
    }

    /// What to ask for a group whose turn it is.
    pub(super) fn request(
        &mut self,
        id: PollerId,
        group: &str,
        start: SearchStart,
        wanted: &TailTarget,
    ) -> Option<FilterRequest> {
        let region = self.turns.region_of(id)?;
        let groups = self.turns.pollers(region).len();
        let share = PACE * self.calls(region) / (2 * groups) as f64;
        let search = self.searches.get_mut(id.0)?;
        search.begin(start, share);
        search.request(group, wanted, start.now)
    }

    /// Takes a page; gives the events that no search had met before. `None` for one that nobody waits for.
    pub(super) fn take(&mut self, id: PollerId, page: FilterPage) -> Option<PageEvents> {
        let search = self.searches.get_mut(id.0)?;
        let taken = search.take(page);
        if !search.is_under_way() {
            self.turns.pass_on(id);
        }
        taken
    }

    /// A page did not come, or its token was refused; the search goes on after a pause.
    pub(super) fn fail(&mut self, id: PollerId, error: &AwsError, now: Now, pause: Duration) {
        let is_refused = matches!(error, AwsError::Refused(_));
        if let Some(search) = self.searches.get_mut(id.0) {
            search.fail(is_refused, now, pause);
        }
        self.turns.pass_on(id);
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

    fn calls(&self, region: RegionId) -> f64 {
        self.turns.rate(region).min(MOST_CALLS)
    }
}
