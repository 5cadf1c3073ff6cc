//! What pages of stored events bring, what to do about a page that does not come, and what the sweeps vouch for.

use std::time::Duration;

use super::{EngineCommand, TailEngine};
use crate::aws::{AwsError, FilterPage};
use crate::clock::Now;
use crate::logs::{Marker, MarkerKind, TailStatus};
use crate::tail::credentials::is_about_credentials;
use crate::tail::delivery::recovered;
use crate::tail::gaps::Cause;
use crate::tail::ids::{PageFor, PollerId, SessionGroupId};
use crate::tail::late::{PLANNED_MS, SearchStart};
use crate::tail::page_times::PageTimes;
use crate::tail::poller::{Circumstances, GroupPoller, PollPace, settled_ms};
use crate::tail::scan::{PageSource, ScanFailure, Scanned, by_queries, wants_queries};
use crate::tail::session_group::{SessionGroup, reason};
use crate::tail::sweeps::DOUBT;
use crate::task::Backoff;

/// Pauses between attempts at a page. They stay short: a throttled tail goes on within two seconds.
const PAGES: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(2), u32::MAX);
/// The same, where the answer was that it must not or cannot be.
pub(super) const REFUSALS: Backoff =
    Backoff::new(Duration::from_secs(4), Duration::from_secs(30), u32::MAX);
/// The same, where each costs money.
const QUERIES: Backoff = Backoff::new(Duration::from_mins(1), Duration::from_mins(5), u32::MAX);
/// How long the check for lost events may fail before they count as doubtful, where a session brings events.
const DOUBT_LIVE: Duration = Duration::from_secs(20);

impl TailEngine {
    /// Asks for the pages that are due, as many as the quota grants.
    pub(super) fn ask_for_pages(&mut self, now: Now) {
        // What is read now would only push out what the reader has not taken yet.
        if self.credentials.holds_up() || self.delivery.is_busy() {
            return;
        }
        let groups = self.sessions.ids();
        let all: Vec<Circumstances> = groups.map(|it| self.circumstances(it, now)).collect();
        let is_due = |poller: &GroupPoller| {
            let circumstances = all.get(poller.session_group().0);
            circumstances.is_some_and(|&it| poller.is_due(it))
        };
        for region in self.sweeps.regions() {
            while let Some(id) = self.sweeps.take_turn(region, is_due) {
                self.ask(id, now);
            }
        }
    }

    fn ask(&mut self, id: PollerId, now: Now) {
        let Some(group) = self.sweeps.get(id).map(GroupPoller::session_group) else {
            return;
        };
        let circumstances = self.circumstances(group, now);
        let Some(poller) = self.sweeps.get_mut(id) else {
            return;
        };
        let skipped = poller.skipped(circumstances);
        let request = poller.request(circumstances, &self.wanted);
        let command = match poller.source() {
            PageSource::Query => match self.sweeps.budget.query(request, circumstances.server_ms) {
                Ok(query) => EngineCommand::Scan(id, query),
                Err(from_ms) => return self.stop_reading(id, from_ms, now),
            },
            PageSource::Filter | PageSource::Closed => {
                EngineCommand::Page(PageFor::Sweep(id), request)
            }
        };
        self.commands.push(command);
        if let Some(skipped) = skipped {
            self.mark(skipped, now);
        }
    }

    fn circumstances(&self, group: SessionGroupId, now: Now) -> Circumstances {
        let is_live = self.sessions.get(group).is_some_and(SessionGroup::is_live);
        let pace = match (is_live, self.gaps.earliest_ms(group)) {
            (false, _) => PollPace::Poll,
            (true, Some(_)) => PollPace::Hot,
            (true, None) => PollPace::Steady,
        };
        Circumstances {
            now,
            server_ms: self.server.now_ms(now),
            floor_ms: self.delivery.floor_ms(),
            pace,
        }
    }

    /// Tells what a page brought.
    pub(super) fn take_page(&mut self, id: PollerId, page: FilterPage, now: Now) {
        self.credentials.release();
        self.join_in(id, now);
        for event in &page.events {
            self.server.learn(event.ingested_ms, now);
        }
        let Some(poller) = self.sweeps.get(id) else {
            return;
        };
        let group_id = poller.session_group();
        let beginning = poller.beginning(self.begun_ms());
        let circumstances = self.circumstances(group_id, now);
        let poller = self.sweeps.get_mut(id);
        let taken = poller.and_then(|poller| poller.take(page, circumstances));
        let (Some(taken), Some(group)) = (taken, self.sessions.get(group_id)) else {
            return;
        };
        let times = PageTimes::new(&taken, group, &self.server, beginning, now);
        let mut events = taken.events;
        self.delivery
            .sift_page(&mut events, &times, circumstances.server_ms);
        self.gaps.add_recovered(group_id, recovered(&events));
        self.tell(events, now);
    }

    /// Tells what a query brought.
    ///
    /// # Errors
    /// As [`Self::fail`].
    pub(super) fn take_scan(
        &mut self,
        id: PollerId,
        scanned: Scanned,
        now: Now,
    ) -> Result<(), AwsError> {
        self.sweeps.budget.end(scanned.cost, scanned.page.is_ok());
        match scanned.page {
            Ok(page) => self.take_page(id, page, now),
            Err(ScanFailure::Limit(from_ms)) => self.stop_reading(id, from_ms, now),
            Err(ScanFailure::Aws(error)) => return self.fail(id, error, now),
        }
        if let Some(missing) = self.sweeps.budget.untold(scanned.missing) {
            self.delivery.mark(missing);
        }
        Ok(())
    }

    /// Queries have read as much of a group as they may, up to a time: from there on it is incomplete for good. When nothing
    /// else is read, the tail is over.
    fn stop_reading(&mut self, id: PollerId, from_ms: i64, now: Now) {
        let group = self.sweeps.get(id).map(GroupPoller::session_group);
        if let (Some(marker), Some(group)) = (self.sweeps.close(id, from_ms), group) {
            let from = self.server.moment(from_ms, now);
            self.gaps.open_for_good(group, from, now);
            // How it stands names it in the end as well.
            self.delivery.mark(Marker {
                kind: MarkerKind::Gap,
                ..marker
            });
        }
        if self.sweeps.are_closed() {
            self.commands.push(EngineCommand::End);
        }
    }

    /// Asks for pages of the searches for late events, where nothing else is to be asked.
    pub(super) fn ask_for_late_pages(&mut self, now: Now) {
        if self.credentials.holds_up() || self.delivery.is_busy() {
            return;
        }
        let sweeps = &self.sweeps;
        let is_searched = |id| sweeps.get(id).is_some_and(GroupPoller::is_searched);
        let turns = self.late.take_turns(now, is_searched);
        for id in turns {
            let Some(poller) = self.sweeps.get(id) else {
                continue;
            };
            let start = SearchStart {
                now,
                server_ms: self.server.now_ms(now),
                begun_ms: poller.beginning(self.begun_ms()).at_ms(),
                floor_ms: self.delivery.floor_ms(),
                density: poller.density(),
            };
            let request = self.late.request(id, poller.name(), start, &self.wanted);
            let command = request.map(|request| EngineCommand::Page(PageFor::Late(id), request));
            self.commands.extend(command);
        }
    }

    /// Tells what a page of a search brought that was not there before.
    pub(super) fn take_late_page(&mut self, id: PollerId, page: FilterPage, now: Now) {
        let (Some(taken), Some(poller)) = (self.late.take(id, page), self.sweeps.get(id)) else {
            return;
        };
        let Some(group) = self.sessions.get(poller.session_group()) else {
            return;
        };
        let beginning = poller.beginning(self.begun_ms());
        let times = PageTimes::new(&taken, group, &self.server, beginning, now);
        let mut events = taken.events;
        events.retain(|event| !poller.leaves_out(event));
        self.delivery.leave_out_forgotten(&mut events);
        self.delivery
            .sift_page(&mut events, &times, self.server.now_ms(now));
        self.tell(events, now);
    }

    /// Tells when late events are not looked for as far back as before.
    pub(super) fn tell_late_reach(&mut self, now: Now) {
        let sweeps = &self.sweeps;
        let is_searched = |id| sweeps.get(id).is_some_and(GroupPoller::is_searched);
        let (reach_ms, before_ms) = (self.late.reach_ms(now, is_searched), self.late.told_ms());
        // A little more or less from one search to the next is no news.
        let is_alike = reach_ms * 2 > before_ms && reach_ms < before_ms * 2;
        if is_alike && (reach_ms < PLANNED_MS) == (before_ms < PLANNED_MS) {
            return;
        }
        self.late.tell(reach_ms);
        let back = TailStatus::lateness(reach_ms);
        self.tell_course(
            if reach_ms < PLANNED_MS {
                format!("events more than {back} late are not looked for: the rate of calls does not carry it")
            } else {
                format!("events up to {back} late are looked for again")
            },
            now,
        );
    }

    /// A page did not come.
    ///
    /// # Errors
    /// What makes it pointless to go on at all: nothing was ever read, and nothing can be.
    pub(super) fn fail(&mut self, id: PollerId, error: AwsError, now: Now) -> Result<(), AwsError> {
        let Some(poller) = self.sweeps.get_mut(id) else {
            return Ok(());
        };
        let is_queried = poller.source() == PageSource::Query;
        if wants_queries(&self.wanted, &error) && poller.read_by_queries() {
            let text = by_queries(poller.name());
            self.tell_course(text, now);
            return Ok(());
        }
        if !is_queried && matches!(error, AwsError::Refused(_)) && poller.drop_token(now) {
            return Ok(());
        }
        let is_hopeless =
            poller.is_first() && !error.is_transient() && !is_about_credentials(&error);
        if is_hopeless && !self.do_without(id, &error, now) && self.sweeps.know_nothing() {
            return Err(error);
        }
        if let Some(poller) = self.sweeps.get_mut(id) {
            tracing::info!(error = ?error, group = poller.name(), "a page of events did not come");
            let (rng, pauses) = (&mut self.rng, pauses(&error, is_queried));
            poller.fail(&reason(&error), now, |failures| pauses.delay(failures, rng));
        }
        self.credentials.heed(&error, now, &mut self.rng);
        Ok(())
    }

    /// A group that was never read is not there, or must not be read: the others go on. False when there are no others.
    fn do_without(&mut self, id: PollerId, error: &AwsError, now: Now) -> bool {
        if !error.is_about_one_group() || !self.sweeps.have_others(id) {
            return false;
        }
        let (begun_ms, server_ms) = (self.begun_ms(), self.server.now_ms(now));
        let since_ms = self.wanted.since_ms().unwrap_or(begun_ms);
        let made_ms = settled_ms(server_ms).max(begun_ms);
        let Some(poller) = self.sweeps.get_mut(id) else {
            return true;
        };
        if matches!(error, AwsError::NotFound(_)) {
            poller.begin_as_new(since_ms, made_ms, server_ms);
            self.late.hurry(id);
        }
        if poller.leave_out() {
            let (name, why) = (poller.name(), reason(error));
            let text = format!("'{name}' is left out until it can be read: {why}");
            self.tell_course(text, now);
        }
        true
    }

    /// A group was read, perhaps one that was left out.
    fn join_in(&mut self, id: PollerId, now: Now) {
        if let Some(poller) = self.sweeps.get_mut(id)
            && poller.join_in()
        {
            let text = format!("'{}' can be read now", poller.name());
            self.tell_course(text, now);
        }
    }

    /// Where reading fails, nothing vouches for what the sessions bring, and without one there is nothing.
    pub(super) fn doubt(&mut self, group: SessionGroupId, now: Now) {
        let is_live = self.sessions.get(group).is_some_and(SessionGroup::is_live);
        let limit = if is_live { DOUBT_LIVE } else { DOUBT };
        match self.sweeps.trouble(group, limit) {
            Some(trouble) if now.at >= trouble.doubted_at => {
                let (why, reach_ms) = (trouble.why.to_owned(), trouble.reach_ms);
                self.open_gap(group, Cause::Unchecked, reach_ms, &why, now);
            }
            Some(_) => {}
            None => self.end_gap(group, Cause::Unchecked, now),
        }
    }

    /// Closes the gaps that sweeps have filled.
    pub(super) fn settle(&mut self, group: SessionGroupId, now: Now) {
        if !self.delivery.owes() {
            self.end_gap(group, Cause::Reader, now);
        }
        let Some(reach_ms) = self.sweeps.reach_ms(group) else {
            return;
        };
        let sweeps = &self.sweeps;
        let reach_from_ms = |from_ms| sweeps.reach_from_ms(group, from_ms).unwrap_or(reach_ms);
        let skew_ms = self.server.skew_ms(now);
        let filled = self.gaps.settle(group, reach_from_ms, skew_ms, now);
        if self.gaps.wants_depth(group, reach_ms) {
            self.sweeps.deepen(group);
        }
        for marker in filled {
            self.mark(marker, now);
        }
    }
}

/// A group that was deleted must not use up the calls of the others.
const fn pauses(error: &AwsError, is_queried: bool) -> Backoff {
    match error {
        _ if is_queried => QUERIES,
        AwsError::NotFound(_) | AwsError::AccessDenied { .. } | AwsError::Refused(_) => REFUSALS,
        _ => PAGES,
    }
}
