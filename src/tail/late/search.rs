//! When a group is searched for late events, how far back, and what that vouches for.

use std::time::Duration;

use super::known::{KnownPast, UNSEEN_MS};
use super::pass::LatePass;
use crate::aws::{FilterPage, FilterRequest};
use crate::clock::Now;
use crate::logs::TailTarget;
use crate::tail::page_run::RunPurpose;
use crate::tail::poller::{PageEvents, settled_ms};
use crate::tail::scan::PageSource;

/// The searches: how late an event may be that is found, in milliseconds, and how often there is one.
const DEPTHS: [(i64, Duration); 2] = [
    (3_600_000, Duration::from_mins(5)),
    (PLANNED_MS, Duration::from_hours(1)),
];
/// How late an event may be and is found, where the rate carries it, in milliseconds.
pub(in crate::tail) const PLANNED_MS: i64 = 24 * 3_600_000;
/// How late an event may be and is found by the sweeps in any case, in milliseconds.
const NEAR_MS: i64 = 120_000;

/// What a search depends on.
#[derive(Debug, Clone, Copy)]
pub(in crate::tail) struct SearchStart {
    pub(in crate::tail) now: Now,
    /// The service's time now, and when the tail began.
    pub(in crate::tail) server_ms: i64,
    pub(in crate::tail) begun_ms: i64,
    /// What was taken in before this was forgotten.
    pub(in crate::tail) floor_ms: i64,
    /// Pages that a millisecond of log takes.
    pub(in crate::tail) density: f64,
}

/// The search for late events of one group.
#[derive(Debug, Default)]
pub(super) struct LateSearch {
    known: KnownPast,
    /// How each of [`DEPTHS`] stands.
    depths: [DepthState; DEPTHS.len()],
    /// The search under way, and the place of its depth.
    pass: Option<(usize, LatePass)>,
    /// Since when one is due and has not begun.
    waits_since: Option<Duration>,
    /// Whether the first ones are due at once.
    is_hurried: bool,
}

/// How it stands with the searches of one depth.
#[derive(Debug, Default, Clone, Copy)]
struct DepthState {
    /// When the last one began.
    last_at: Duration,
    /// What was taken in later than this of the service's times is new to the next one; `None` before the first.
    since_ms: Option<i64>,
    /// How late an event may be that they find, where that is less than planned.
    short_ms: Option<i64>,
    /// Whether the one under way cannot tell what is new among all that was taken in since the one before.
    is_blind: bool,
}

impl LateSearch {
    /// Has the first searches begin at once: of a group that is new, what came late was never read.
    pub(super) const fn hurry(&mut self) {
        self.is_hurried = true;
    }

    /// Whether a page was asked for and has not come.
    pub(super) fn is_asked(&self) -> bool {
        self.pass.as_ref().is_some_and(|(_, pass)| pass.is_asked())
    }

    /// Whether a search is under way.
    pub(super) const fn is_under_way(&self) -> bool {
        self.pass.is_some()
    }

    /// Whether there is a page to ask for now.
    pub(super) fn is_due(&self, now: Now) -> bool {
        match &self.pass {
            Some((_, pass)) => pass.is_due(now),
            None => self.due(now).is_some(),
        }
    }

    /// The place of the depth to search now.
    fn due(&self, now: Now) -> Option<usize> {
        let mut depths = self.depths.iter().zip(DEPTHS);
        depths.position(|(depth, (_, every))| {
            let is_first = self.is_hurried && depth.since_ms.is_none();
            is_first || now.since(depth.last_at) >= every
        })
    }

    /// Takes note whether a search waits for its turn; what cannot be read waits for nothing.
    pub(super) fn wait(&mut self, now: Now, is_ready: bool) {
        let waits = is_ready && self.pass.is_none() && self.due(now).is_some();
        let since = self.waits_since.unwrap_or(now.at);
        self.waits_since = waits.then_some(since);
    }

    /// Begins a search that is due, unless one is under way; `share` calls a second may be used for each depth.
    pub(super) fn begin(&mut self, start: SearchStart, share: f64) {
        let due = self.due(start.now).filter(|_| self.pass.is_none());
        let depth = due.and_then(|place| self.depths.get_mut(place).zip(DEPTHS.get(place)));
        let Some((place, (depth, &(back_ms, every)))) = due.zip(depth) else {
            return;
        };
        if self.known.is_empty() {
            self.known.add(i64::MIN, start.begun_ms);
        }
        let since_ms = *depth.since_ms.get_or_insert(start.begun_ms - UNSEEN_MS);
        // What is later than an hour is remembered for longer.
        depth.is_blind = place == 0 && start.floor_ms > since_ms;
        depth.last_at = start.now.at;
        let pages = share * every.as_secs_f64();
        let newest_ms = settled_ms(start.server_ms);
        let goal_ms = since_ms - back_ms;
        let pass = LatePass::new(start.server_ms, newest_ms, goal_ms, pages, start.density);
        self.pass = Some((place, pass));
    }

    /// The page to ask for.
    pub(super) fn request(
        &mut self,
        group: &str,
        wanted: &TailTarget,
        now: Now,
    ) -> Option<FilterRequest> {
        let (_, pass) = self.pass.as_mut()?;
        pass.request(group, wanted, now)
    }

    /// Takes a page; gives its events, without those that were there when a search looked at their time, or before the tail
    /// began. `None` when none was asked for.
    pub(super) fn take(&mut self, page: FilterPage) -> Option<PageEvents> {
        let (_, pass) = self.pass.as_mut()?;
        let (mut events, asked_at) = pass.take(page)?;
        // The search under way knows nothing before it is over.
        events.retain(|event| !self.known.holds(event));
        self.finish();
        Some(PageEvents {
            events,
            purpose: RunPurpose::Late,
            source: PageSource::Filter,
            swept_at: Some(asked_at),
            settled_ms: i64::MIN,
            // What is so late, every sweep since then has passed by.
            reach_ms: i64::MAX,
        })
    }

    /// A page did not come, or its token was refused; it is asked for again after a pause. When that was tried too often,
    /// the next search reads as much further back.
    pub(super) fn fail(&mut self, is_refused: bool, now: Now, pause: Duration) {
        let given_up = self
            .pass
            .take_if(|(_, pass)| !pass.fail(is_refused, now, pause));
        let depth = given_up.and_then(|(place, _)| self.depths.get_mut(place));
        if let Some(depth) = depth {
            depth.short_ms = Some(NEAR_MS);
        }
    }

    /// Takes note of how far a search reached that is over.
    fn finish(&mut self) {
        let over = self.pass.take_if(|(_, pass)| pass.is_over());
        let Some((place, pass)) = over else { return };
        self.known.add(pass.read_ms(), pass.began_ms());
        let depth = self.depths.get_mut(place).zip(DEPTHS.get(place));
        let Some((depth, &(back_ms, _))) = depth else {
            return;
        };
        let began_ms = pass.began_ms() - UNSEEN_MS;
        let found_ms = depth.since_ms.replace(began_ms).unwrap_or(began_ms) - pass.read_ms();
        let found_ms = if depth.is_blind {
            NEAR_MS
        } else {
            found_ms.max(NEAR_MS)
        };
        depth.short_ms = Some(found_ms).filter(|_| found_ms < back_ms);
    }

    /// How late an event may be and is found, in milliseconds.
    pub(super) fn reach_ms(&self, now: Now) -> i64 {
        let waits = self.waits_since.map(|since| now.since(since));
        let mut reach_ms = NEAR_MS;
        for (depth, (back_ms, every)) in self.depths.iter().zip(DEPTHS) {
            if waits.is_some_and(|waits| waits >= every) {
                return reach_ms;
            }
            match depth.short_ms {
                Some(short_ms) => return short_ms.max(reach_ms),
                None => reach_ms = back_ms,
            }
        }
        reach_ms
    }
}
