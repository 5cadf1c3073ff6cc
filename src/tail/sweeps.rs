//! The sweeps of a tail: the pollers of its groups, and whose turn it is to ask for a page.

use std::time::Duration;

use super::ids::{PollerId, RegionId, SessionGroupId};
use super::poller::{GroupPoller, QUERIED_MS};
use super::scan::{PageSource, ScanBudget};
use super::sessions::LiveSessions;
use super::turns::RegionTurns;
use crate::aws::{Quota, Quotas};
use crate::clock::Now;
use crate::logs::{LogEvent, Marker, TailTarget};

/// Events of the first picture, shared by the groups.
const PAINT: usize = 200;
/// The fewest events of the first picture a group gets.
const PAINT_LEAST: usize = 20;
/// How long reading may fail before the events meanwhile count as doubtful.
pub(super) const DOUBT: Duration = Duration::from_millis(2_500);

/// The pollers, one for each group. One that is there stays there, under its id.
#[derive(Debug)]
pub(super) struct Sweeps {
    pollers: Vec<GroupPoller>,
    turns: RegionTurns,
    /// What queries may read.
    pub(super) budget: ScanBudget,
}

/// Reading fails, or stands still.
#[derive(Debug)]
pub(super) struct ReadingTrouble<'a> {
    /// From when on the events meanwhile count as doubtful.
    pub(super) doubted_at: Duration,
    pub(super) why: &'a str,
    /// Up to which of the service's times everything was read before.
    pub(super) reach_ms: i64,
}

impl Sweeps {
    /// Nothing was read yet; the tail begins at this of the service's times.
    pub(super) fn new(
        wanted: &TailTarget,
        sessions: &LiveSessions,
        quotas: &Quotas,
        server_ms: i64,
    ) -> Self {
        let since_ms = wanted.since_ms();
        let paint = (PAINT / wanted.groups.len().max(1)).max(PAINT_LEAST);
        let poller = |name: &String| {
            let session_group = sessions.of(name);
            GroupPoller::new(name.clone(), session_group, since_ms, paint, server_ms)
        };
        Self {
            pollers: wanted.groups.iter().map(poller).collect(),
            turns: RegionTurns::new(&wanted.groups, quotas),
            budget: ScanBudget::new(wanted.max_scan.unwrap_or_default()),
        }
    }

    /// Adds the poller of a group that is new.
    pub(super) fn add(&mut self, poller: GroupPoller) -> PollerId {
        let id = PollerId(self.pollers.len());
        self.turns.add(poller.name(), id);
        self.pollers.push(poller);
        id
    }

    pub(super) fn get(&self, id: PollerId) -> Option<&GroupPoller> {
        self.pollers.get(id.0)
    }

    pub(super) fn get_mut(&mut self, id: PollerId) -> Option<&mut GroupPoller> {
        self.pollers.get_mut(id.0)
    }

    /// The pollers of a session group.
    pub(super) fn of_mut(&mut self, id: SessionGroupId) -> impl Iterator<Item = &mut GroupPoller> {
        let pollers = self.pollers.iter_mut();
        pollers.filter(move |poller| poller.session_group() == id)
    }

    /// Those the others do not go on without.
    fn present(&self) -> impl Iterator<Item = &GroupPoller> {
        self.pollers.iter().filter(|poller| !poller.is_absent())
    }

    fn present_of(&self, id: SessionGroupId) -> impl Iterator<Item = &GroupPoller> {
        let present = self.present();
        present.filter(move |poller| poller.session_group() == id)
    }

    /// Puts the poller of a group into another session group.
    pub(super) fn move_to(&mut self, session_group: SessionGroupId, group: &str) {
        let pollers = self.pollers.iter_mut();
        for poller in pollers.filter(|poller| poller.name() == group) {
            poller.move_to(session_group);
        }
    }

    /// Has the groups of a session group swept soon.
    pub(super) fn poll_soon(&mut self, id: SessionGroupId) {
        self.of_mut(id).for_each(GroupPoller::poll_soon);
    }

    /// Has the groups of a session group swept soon, and far back.
    pub(super) fn poll_deep_soon(&mut self, id: SessionGroupId) {
        self.of_mut(id).for_each(GroupPoller::poll_deep_soon);
    }

    /// Has the groups of a session group swept far back, unless they are.
    pub(super) fn deepen(&mut self, id: SessionGroupId) {
        let present = self.of_mut(id).filter(|poller| !poller.is_absent());
        present.for_each(GroupPoller::deepen);
    }

    /// Goes back, so that what was lost after it was read is read again.
    pub(super) fn rewind(&mut self, to_ms: i64) {
        for poller in &mut self.pollers {
            poller.rewind(to_ms);
        }
    }

    /// Whether an event that arrives was there before the tail, and is older than what is told of that.
    pub(super) fn leaves_out(&self, event: &LogEvent) -> bool {
        let mut pollers = self.pollers.iter();
        let poller = pollers.find(|poller| poller.name() == &*event.group);
        poller.is_some_and(|poller| poller.leaves_out(event))
    }

    /// Whether no page of any group ever came.
    pub(super) fn know_nothing(&self) -> bool {
        self.pollers.iter().all(GroupPoller::is_first)
    }

    /// Whether there are others than this poller that can go on without it.
    pub(super) fn have_others(&self, id: PollerId) -> bool {
        let mut pollers = self.pollers.iter().enumerate();
        pollers.any(|(place, poller)| place != id.0 && !poller.is_absent())
    }

    /// Whether what was there before the tail is still waited for. A group that cannot be read is not.
    pub(super) fn are_opening(&self, now: Now) -> bool {
        let fails = |since: Duration| now.since(since) >= DOUBT;
        let mut opening = self.present().filter(|poller| poller.is_opening());
        opening.any(|poller| !poller.failing_since().is_some_and(fails))
    }

    /// The earliest time a sweep that is under way or to come looks at.
    pub(super) fn earliest_ms(&self) -> Option<i64> {
        self.present().map(GroupPoller::earliest_ms).min()
    }

    /// Up to which of the service's times everything was read of a session group.
    pub(super) fn reach_ms(&self, id: SessionGroupId) -> Option<i64> {
        self.present_of(id).map(GroupPoller::reach_ms).min()
    }

    /// The same, for what happened from a time on.
    pub(super) fn reach_from_ms(&self, id: SessionGroupId, from_ms: i64) -> Option<i64> {
        let reaches = self.present_of(id);
        reaches.map(|poller| poller.reach_from_ms(from_ms)).min()
    }

    /// What keeps the events of a session group from being read and makes them doubtful first, where that may usually last so
    /// long; `None` when they are read.
    pub(super) fn trouble(
        &self,
        id: SessionGroupId,
        limit: Duration,
    ) -> Option<ReadingTrouble<'_>> {
        let troubles = self.present_of(id).filter_map(|poller| {
            let (since, why) = poller.doubtful()?;
            let reach_ms = poller.reach_ms();
            Some(ReadingTrouble {
                doubted_at: since + limit.max(poller.patience()),
                why,
                reach_ms,
            })
        });
        troubles.min_by_key(|trouble| trouble.doubted_at)
    }

    /// Whether a session group is read by queries alone, or was.
    pub(super) fn are_queried(&self, id: SessionGroupId) -> bool {
        let is_closed = |poller: &GroupPoller| poller.source() == PageSource::Closed;
        let own = self.pollers.iter().filter(|it| it.session_group() == id);
        let mut own = own.filter(|it| is_closed(it) || !it.is_absent()).peekable();
        own.peek().is_some() && own.all(|poller| poller.source() != PageSource::Filter)
    }

    /// How late an event may be and is found where a group is read by queries, in milliseconds; `None` where none is.
    pub(super) fn queried_ms(&self) -> Option<i64> {
        let mut present = self.present();
        let is_any = present.any(|poller| poller.source() == PageSource::Query);
        is_any.then_some(QUERIED_MS)
    }

    /// Whether no group is read any more, because queries have read as much as they may.
    pub(super) fn are_closed(&self) -> bool {
        let mut pollers = self.pollers.iter();
        pollers.all(|poller| poller.source() == PageSource::Closed)
    }

    /// Has a group read no more, because queries have read as much as they may up to a time; gives the marker that says so.
    pub(super) fn close(&mut self, id: PollerId, from_ms: i64) -> Option<Marker> {
        let poller = self.pollers.get_mut(id.0)?;
        poller.close();
        Some(self.budget.give_up(poller.name(), from_ms))
    }

    /// The regions of the groups.
    pub(super) fn regions(&self) -> impl Iterator<Item = RegionId> + use<> {
        self.turns.regions()
    }

    /// Takes the right to a call in a region for the poller whose turn it is among those that are due; `None` when none is,
    /// or there is no call to be had now.
    pub(super) fn take_turn(
        &mut self,
        region: RegionId,
        is_due: impl Fn(&GroupPoller) -> bool,
    ) -> Option<PollerId> {
        let (pollers, is_busy) = (&self.pollers, self.budget.is_busy());
        // One query at a time: only then is it known what the others may read.
        let waits = |poller: &GroupPoller| is_busy && poller.source() == PageSource::Query;
        let is_due = |id: PollerId| {
            let poller = pollers.get(id.0);
            poller.is_some_and(|poller| is_due(poller) && !waits(poller))
        };
        let id = self.turns.take(region, is_due, Quota::take)?;
        self.turns.pass_on(id);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_troubles_the_one_counts_that_makes_events_doubtful_first() {
        let wanted = TailTarget {
            groups: vec!["/queried".to_owned(), "/swept".to_owned()],
            ..TailTarget::default()
        };
        let sessions = LiveSessions::new(&wanted);
        let mut sweeps = Sweeps::new(&wanted, &sessions, &Quotas::boundless(), 0);
        let mut fail = |id, why, seconds| {
            let at = Duration::from_secs(seconds);
            let poller = sweeps.get_mut(PollerId(id)).unwrap();
            let is_queried = id == 0 && poller.read_by_queries();
            poller.fail(why, Now { at, wall_ms: 0 }, |_| Duration::ZERO);
            is_queried
        };
        assert!(fail(0, "no answer yet", 0) && !fail(1, "refused", 10));
        let trouble = sweeps.trouble(SessionGroupId(0), DOUBT).unwrap();
        let doubted_at = Duration::from_secs(10) + DOUBT;
        assert_eq!((trouble.why, trouble.doubted_at), ("refused", doubted_at));
    }
}
