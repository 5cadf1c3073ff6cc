//! What is due because time has passed: sessions, pages, gaps, the standing.

use std::time::Duration;

use super::{EngineCommand, SESSIONS, TailEngine};
use crate::clock::Now;
use crate::logs::TailMode;
use crate::tail::gaps::Cause;
use crate::tail::poller::{Circumstances, PollPace};
use crate::tail::session_group::SessionStep;

/// How often the standing is told at most.
const STANDING: Duration = Duration::from_secs(1);
/// How long a session must not have sampled until that counts as over.
const CALM: Duration = Duration::from_secs(5);
/// How long reading may fail before the events meanwhile count as doubtful.
const DOUBT: Duration = Duration::from_millis(2_500);
/// The same, where a session brings the events and only the check for lost ones fails.
const DOUBT_LIVE: Duration = Duration::from_secs(20);
/// How long the first pictures of all groups may take until nobody is to wait for the rest of them.
const OPENING: Duration = Duration::from_secs(10);

impl TailEngine {
    /// Does what is due.
    pub(in crate::tail) fn advance(&mut self, now: Now) {
        self.look_for_credentials(now);
        for session_group in 0..self.session_groups.len() {
            self.drive(session_group, now);
            self.calm_down(session_group, now);
            self.doubt(session_group, now);
            self.settle(session_group, now);
        }
        self.ask_for_pages(now);
        self.open_up(now);
        let present = self.pollers.iter().filter(|poller| !poller.is_absent());
        let needed_ms = present.map(super::GroupPoller::earliest_ms).min();
        let server_ms = self.server.now_ms(now);
        (self.identity).prune(server_ms, needed_ms.unwrap_or(server_ms));
        self.say_how_it_stands(now);
    }

    fn look_for_credentials(&mut self, now: Now) {
        let Some(hold) = &mut self.hold else { return };
        if hold.look_at.is_some_and(|at| now.at >= at) {
            hold.look_at = None;
            self.commands.push(EngineCommand::Renew);
        }
    }

    /// Whether calls are pointless until there are other credentials.
    fn is_held(&self) -> bool {
        self.hold.as_ref().is_some_and(|hold| !hold.is_trying)
    }

    fn drive(&mut self, index: usize, now: Now) {
        let held = self.is_held();
        let Some(session_group) = self.session_groups.get_mut(index) else {
            return;
        };
        // A session that is open goes on without credentials; a new one is not to be had.
        if held && !session_group.is_open() {
            return;
        }
        let serial = self.serial + 1;
        match session_group.due(now, serial) {
            Some(SessionStep::Open(serial)) => self.open(index, serial),
            Some(SessionStep::Missed) => self.poll_soon(index),
            Some(SessionStep::Stalled(heard_ms)) => {
                let why = "no update from the live session for 2.5 s";
                let marker = self.gaps.open(index, Cause::Session, heard_ms, why, now);
                self.rule(marker, now);
                self.poll_soon(index);
            }
            Some(SessionStep::Close(serial)) => {
                self.commands.push(EngineCommand::Close(serial));
                self.sessions.remove(&serial);
                let why = "no update from the live session for 5 s";
                self.interrupted(index, serial, why, now);
            }
            None => {}
        }
    }

    /// Has the groups of a session group swept soon.
    pub(super) fn poll_soon(&mut self, session_group: usize) {
        for poller in self
            .pollers
            .iter_mut()
            .filter(|poller| poller.session_group == session_group)
        {
            poller.poll_soon();
        }
    }

    /// Has the groups of a session group swept soon, and far back.
    pub(super) fn poll_deep_soon(&mut self, session_group: usize) {
        for poller in self
            .pollers
            .iter_mut()
            .filter(|poller| poller.session_group == session_group)
        {
            poller.poll_deep_soon();
        }
    }

    /// A session of the session group is gone: until another one comes, what it would have brought is doubtful.
    pub(super) fn interrupted(&mut self, session_group: usize, serial: u32, why: &str, now: Now) {
        let Some(known) = self.session_groups.get_mut(session_group) else {
            return;
        };
        let pause = SESSIONS.delay(known.failures(), &mut self.rng);
        let Some(heard_ms) = known.ended(serial, why.to_owned(), pause, now) else {
            return;
        };
        let marker = self
            .gaps
            .open(session_group, Cause::Session, heard_ms, why, now);
        self.rule(marker, now);
        self.poll_soon(session_group);
    }

    fn calm_down(&mut self, session_group: usize, now: Now) {
        let server_ms = self.server.now_ms(now);
        for (since, cause) in [
            (&mut self.sampled, Cause::Sampled),
            (&mut self.flooded, Cause::Flood),
        ] {
            if since
                .get(&session_group)
                .is_some_and(|&at| now.since(at) >= CALM)
            {
                since.remove(&session_group);
                self.gaps.end(session_group, cause, server_ms);
            }
        }
    }

    /// Where reading fails, nothing vouches for what the sessions bring, and without one there is nothing.
    fn doubt(&mut self, index: usize, now: Now) {
        let Some(session_group) = self.session_groups.get(index) else {
            return;
        };
        let limit = if session_group.is_live() {
            DOUBT_LIVE
        } else {
            DOUBT
        };
        match self.failing(index) {
            Some((since, why, reach_ms)) if now.since(since) >= limit => {
                let marker = (self.gaps).open(index, Cause::Unchecked, reach_ms, &why, now);
                self.rule(marker, now);
            }
            Some(_) => {}
            None => self
                .gaps
                .end(index, Cause::Unchecked, self.server.now_ms(now)),
        }
    }

    /// Why reading the events of a session group has failed for longest; `None` when it works.
    pub(super) fn trouble(&self, session_group: usize) -> Option<String> {
        self.failing(session_group).map(|(_, why, _)| why)
    }

    /// Where reading has failed or stood still for longest in a session group: since when, why, and up to when was swept before.
    fn failing(&self, session_group: usize) -> Option<(Duration, String, i64)> {
        let pollers =
            (self.pollers.iter()).filter(|it| it.session_group == session_group && !it.is_absent());
        let failing = pollers.filter_map(|poller| Some((poller.doubtful()?, poller.reach_ms())));
        let worst = failing.min_by_key(|((since, _), _)| *since);
        worst.map(|((since, why), reach_ms)| (since, why.to_owned(), reach_ms))
    }

    /// Closes the gaps that sweeps have filled.
    fn settle(&mut self, session_group: usize, now: Now) {
        if !self.identity.owes() {
            self.gaps
                .end(session_group, Cause::Reader, self.server.now_ms(now));
        }
        let present = || {
            (self.pollers.iter()).filter(|it| it.session_group == session_group && !it.is_absent())
        };
        let Some(reach_ms) = present().map(super::GroupPoller::reach_ms).min() else {
            return;
        };
        let reach_from_ms = |from_ms| {
            let reaches = present().map(|poller| poller.reach_from_ms(from_ms));
            reaches.min().unwrap_or(reach_ms)
        };
        let markers = self.gaps.settle(session_group, reach_from_ms, now);
        if self.gaps.wants_depth(session_group, reach_ms) {
            let present = self.pollers.iter_mut().filter(|it| !it.is_absent());
            present
                .filter(|it| it.session_group == session_group)
                .for_each(super::GroupPoller::deepen);
        }
        for marker in markers {
            self.rule(Some(marker), now);
        }
    }

    /// Tells once that what was there before the tail has been told. A group that cannot be read is not waited for, nor
    /// is a first picture for long; a history that was asked for is.
    fn open_up(&mut self, now: Now) {
        let is_late = self.wanted.since.is_none() && now.at >= OPENING;
        let fails = |since: Duration| now.since(since) >= DOUBT;
        let keeps_waiting = |poller: &super::GroupPoller| {
            let is_waited_for = poller.is_opening() && !poller.is_absent();
            is_waited_for && !poller.failing().is_some_and(|&(since, _)| fails(since))
        };
        if !self.has_opened && (is_late || !self.pollers.iter().any(keeps_waiting)) {
            self.has_opened = true;
            self.outbox.push_opened();
        }
    }

    fn ask_for_pages(&mut self, now: Now) {
        // What is read now would only push out what the reader has not taken yet.
        if self.is_held() || self.outbox.is_busy() {
            return;
        }
        let (count, first) = (self.pollers.len(), self.turn);
        for step in 0..count {
            let index = (first + step) % count;
            if !self.is_due(index, now) {
                continue;
            }
            if !self.quota.take() {
                self.turn = index;
                return;
            }
            self.ask(index, now);
            self.turn = index + 1;
        }
    }

    fn is_due(&self, index: usize, now: Now) -> bool {
        let poller = self.pollers.get(index);
        poller.is_some_and(|poller| poller.is_due(self.circumstances(poller.session_group, now)))
    }

    fn ask(&mut self, index: usize, now: Now) {
        let session_group = self.pollers.get(index).map(|poller| poller.session_group);
        let circumstances = self.circumstances(session_group.unwrap_or_default(), now);
        if let Some(poller) = self.pollers.get_mut(index) {
            let skipped = poller.skipped(circumstances);
            self.rule(skipped, now);
        }
        if let Some(poller) = self.pollers.get_mut(index) {
            let (streams, pattern) = (&self.wanted.streams, &self.wanted.pattern);
            let request = poller.request(circumstances, streams, pattern);
            self.commands.push(EngineCommand::Page(index, request));
        }
    }

    pub(super) fn circumstances(&self, session_group: usize, now: Now) -> Circumstances {
        let is_live = self
            .session_groups
            .get(session_group)
            .is_some_and(super::SessionGroup::is_live);
        let pace = match (is_live, self.gaps.earliest_ms(session_group)) {
            (false, _) => PollPace::Poll,
            (true, Some(_)) => PollPace::Hot,
            (true, None) => PollPace::Steady,
        };
        Circumstances {
            now,
            server_ms: self.server.now_ms(now),
            floor_ms: self.identity.floor_ms(),
            pace,
        }
    }

    fn say_how_it_stands(&mut self, now: Now) {
        let due = self.told.as_ref().is_none_or(|(at, told)| {
            now.since(*at) >= STANDING || changes(&self.mode(), &told.mode)
        });
        if !due {
            return;
        }
        let status = self.status(now);
        if (self.told.as_ref()).is_none_or(|(_, told)| *told != status) {
            self.outbox.set_status(status.clone());
        }
        self.told = Some((now.at, status));
    }
}

/// Whether the reader should hear of it at once.
fn changes(mode: &TailMode, told: &TailMode) -> bool {
    std::mem::discriminant(mode) != std::mem::discriminant(told)
}
